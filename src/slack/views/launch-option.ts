import type { PlainTextOption } from '@slack/types';
import type { DedicatedHost } from '#domain/estate/dedicated-host.ts';
import type { InstanceType } from '#domain/estate/instance-type.ts';
import type { PoolLedger } from '#domain/licenses/license-pool.ts';
import { freeLicenses } from '#domain/licenses/position.ts';
import { figure, plural } from '#slack/views/figures.ts';
import { LIMITS } from '#slack/views/limits.ts';
import { plainText } from '#slack/views/message.ts';
import { clip, nameText } from '#slack/views/text.ts';

/** An option that names its value. */
export type SelectOption = PlainTextOption & { readonly value: string };

/** `erp-production (222233334444)`. */
export function accountOption({
  id,
  name,
}: {
  readonly id: string;
  readonly name: string;
}): SelectOption {
  return option(`${nameText(name, 55)} (${id})`, id);
}

/** `SQL Server Standard · 42 of 120 free`. */
export function poolOption(pool: PoolLedger): SelectOption {
  const free = freeLicenses(pool);
  const left =
    free === null || pool.limit === null
      ? 'no limit'
      : `${figure(Math.max(0, free))} of ${figure(pool.limit)} free`;
  const room = LIMITS.optionText - left.length - ' · '.length;
  return option(`${nameText(pool.name, room)} · ${left}`, pool.poolId);
}

/** `r6i.2xlarge · 8 vCPUs, 64 GiB`. */
export function typeOption({ name, defaultVcpus, memoryMib }: InstanceType): SelectOption {
  return option(`${name} · ${plural(defaultVcpus, 'vCPU')}, ${figure(memoryMib / 1024)} GiB`, name);
}

/** `crm-db-1 (i-0123456789abcdef0) · stopped`. */
export function instanceOption({
  instanceId,
  name,
  state,
}: {
  readonly instanceId: string;
  readonly name: string | null;
  readonly state: string;
}): SelectOption {
  return option(`${nameText(name, 36)} (${instanceId}) · ${state}`, instanceId);
}

/** `h-0123456789abcdef0 · r6i in us-east-1a`. */
export function hostOption({
  hostId,
  instanceFamily,
  availabilityZone,
}: Pick<DedicatedHost, 'hostId' | 'instanceFamily' | 'availabilityZone'>): SelectOption {
  return option(`${hostId} · ${nameText(instanceFamily)} in ${availabilityZone}`, hostId);
}

/** `month-end-sql · 2 × r6i.xlarge now`. */
export function groupOption({
  name,
  desired,
  instanceType,
}: {
  readonly name: string;
  readonly desired: number;
  readonly instanceType: string | null;
}): SelectOption {
  const type = instanceType === null ? '' : ` × ${instanceType}`;
  return option(`${nameText(name, 40)} · ${figure(desired)}${type} now`, name);
}

/** An option; its label is taken literally. */
export function option(label: string, value: string): SelectOption {
  return { text: plainText(clip(label, LIMITS.optionText), LIMITS.optionText), value };
}
