import type { InstanceType } from '#domain/estate/instance-type.ts';
import type { GroupForm, InstanceForm, LaunchForm } from '#slack/modals/launch-form.ts';
import type { OfferedGroup } from '#slack/options/group-offer.ts';
import type { OfferedInstance } from '#slack/options/instance-offer.ts';
import type { LaunchOffer } from '#slack/options/launch-offer.ts';
import { choice } from '#slack/views/machine-reason.ts';

/** Messages under fields, by field; none when the form can be taken on. */
export type FieldErrors = Readonly<Record<string, string>>;

/**
 * What is wrong with a form that is well formed: something that was offered and is gone since, or
 * CPU options that the type does not take. `offer` is what is offered beside the form's selects.
 */
export function launchFormErrors(form: LaunchForm, offer: LaunchOffer | null): FieldErrors {
  const wrongPlace = placeErrors(form, offer);
  if (offer === null || wrongPlace !== null) return wrongPlace ?? {};
  const { pools, launchTemplates, instanceTypes } = offer;
  if (!isInPlace(form, form.pool)) {
    return { pool: 'This pool is not in the chosen account and Region. Choose another.' };
  }
  if (!pools.some(({ poolId }) => poolId === form.pool)) return gone('pool', 'license pool');
  const stray = form.other_pools.some((id) => !pools.some(({ poolId }) => poolId === id));
  if (stray) {
    return { other_pools: 'Choose pools of the same account and Region that are still there.' };
  }
  if (!launchTemplates.some(({ launchTemplateId }) => launchTemplateId === form.launch_template)) {
    return gone('launch_template', 'launch template');
  }
  const type = instanceTypes.find(({ name }) => name === form.instance_type);
  return type === undefined ? gone('instance_type', 'instance type') : cpuErrors(form, type);
}

/** The same of a form that starts or resizes an instance. */
export function instanceFormErrors(
  form: InstanceForm,
  operation: 'start' | 'resize',
  offer: LaunchOffer | null,
): FieldErrors {
  const wrongPlace = placeErrors(form, offer);
  if (offer === null || wrongPlace !== null) return wrongPlace ?? {};
  if (instanceOf(form, offer) === undefined) return { instance: NO_INSTANCE[operation] };
  if (operation === 'start') return {};
  const type = offer.instanceTypes.find(({ name }) => name === form.instance_type);
  return type === undefined ? gone('instance_type', 'instance type') : cpuErrors(form, type);
}

/** The same of a form that lets an Auto Scaling group grow. */
export function groupFormErrors(form: GroupForm, offer: LaunchOffer | null): FieldErrors {
  const wrongPlace = placeErrors(form, offer);
  if (offer === null || wrongPlace !== null) return wrongPlace ?? {};
  return groupOf(form, offer) === undefined ? gone('group', 'Auto Scaling group') : {};
}

/** The group that a form names, among those that are offered. */
export function groupOf({ group }: GroupForm, { groups }: LaunchOffer): OfferedGroup | undefined {
  return groups.find(({ name }) => name === group);
}

/** The instance that a form names, among those that are offered. */
export function instanceOf(
  { instance }: InstanceForm,
  { instances }: LaunchOffer,
): OfferedInstance | undefined {
  return instances.find(({ instanceId }) => instanceId === instance);
}

const NO_INSTANCE = {
  start: 'No stopped instance with licenses of a pool has this id any more. Choose another.',
  resize: 'No instance with licenses of a pool has this id any more. Choose another.',
} as const;

type Place = Pick<LaunchForm, 'account' | 'region'>;

/** `null`: the account and Region are offered. */
function placeErrors(form: Place, offer: LaunchOffer | null): FieldErrors | null {
  if (offer === null) return { account: 'No policy is published yet, so nobody may launch.' };
  if (!offer.accounts.some(({ id }) => id === form.account)) return gone('account', 'account');
  return offer.regions.includes(form.region) ? null : gone('region', 'Region');
}

function isInPlace({ account, region }: Place, poolId: string): boolean {
  return poolId.startsWith(`${account}/${region}/`);
}

function gone(field: string, what: string): FieldErrors {
  return { [field]: `This ${what} is no longer there. Choose another.` };
}

function cpuErrors(
  { cores, threads }: Pick<LaunchForm, 'cores' | 'threads'>,
  type: InstanceType,
): FieldErrors {
  return {
    ...cpuError('cores', cores, type.name, type.validCores, 'core'),
    ...cpuError('threads', threads, type.name, type.validThreadsPerCore, 'thread'),
  };
}

function cpuError(
  field: string,
  wanted: number | null,
  type: string,
  valid: readonly number[],
  one: string,
): FieldErrors {
  if (wanted === null || valid.includes(wanted)) return {};
  if (valid.length === 0) return { [field]: `${type} takes no CPU options. Leave this empty.` };
  return { [field]: `${type} takes ${choice(valid, one)}.` };
}
