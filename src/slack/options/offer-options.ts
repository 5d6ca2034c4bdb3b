import type { PlainTextOption } from '@slack/types';
import type { InstanceType } from '#domain/instance-type.ts';
import type { PoolLedger } from '#domain/license-pool.ts';
import { freeLicenses } from '#domain/position.ts';
import type { LaunchOffer } from '#slack/options/launch-offer.ts';
import { figure, plural } from '#slack/views/figures.ts';
import { LIMITS } from '#slack/views/limits.ts';
import { plainText } from '#slack/views/message.ts';
import { clip, nameText } from '#slack/views/text.ts';

/** The form's selects. */
export const SELECTS = ['account', 'region', 'pool', 'launch_template', 'instance_type'] as const;
export type SelectField = (typeof SELECTS)[number];

/** An option that names its value. */
export type SelectOption = PlainTextOption & { readonly value: string };

/** What one select offers, narrowed to the labels that contain what was typed, whatever its case. */
export function optionsFor(field: SelectField, offer: LaunchOffer, typed: string): SelectOption[] {
  const wanted = typed.trim().toLowerCase();
  return ALL[field](offer)
    .filter(({ text, value }) => value.length <= LIMITS.optionValue && matches(text.text, wanted))
    .slice(0, LIMITS.options);
}

const ALL: Record<SelectField, (offer: LaunchOffer) => SelectOption[]> = {
  account: ({ accounts }) => accounts.map(accountOption),
  region: ({ regions }) => regions.map((region) => option(region, region)),
  pool: ({ pools }) => pools.map(poolOption),
  launch_template: ({ launchTemplates }) =>
    launchTemplates.map(({ name, version, launchTemplateId }) =>
      option(`${nameText(name, 55)} · version ${version}`, launchTemplateId),
    ),
  instance_type: ({ instanceTypes }) => instanceTypes.map(typeOption),
};

/** `erp-production (222233334444)`. */
export function accountOption({ id, name }: LaunchOffer['accounts'][number]): SelectOption {
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

/** An option; its label is taken literally. */
export function option(label: string, value: string): SelectOption {
  return { text: plainText(clip(label, LIMITS.optionText), LIMITS.optionText), value };
}

function matches(label: string, wanted: string): boolean {
  return label.toLowerCase().includes(wanted);
}
