import type { InstanceType } from '#domain/instance-type.ts';
import type { LaunchForm } from '#slack/modals/launch-form.ts';
import type { LaunchOffer } from '#slack/options/launch-offer.ts';
import { choice } from '#slack/views/machine-reason.ts';

/** Messages under fields, by field; none when the form can be taken on. */
export type FieldErrors = Readonly<Record<string, string>>;

/**
 * What is wrong with a form that is well formed: something that was offered and is gone since, or
 * CPU options that the type does not take. `offer` is what is offered beside the form's selects.
 */
export function launchFormErrors(form: LaunchForm, offer: LaunchOffer | null): FieldErrors {
  if (offer === null) return { account: 'No policy is published yet, so nobody may launch.' };
  const { accounts, regions, pools, launchTemplates, instanceTypes } = offer;
  if (!accounts.some(({ id }) => id === form.account)) return gone('account', 'account');
  if (!regions.includes(form.region)) return gone('region', 'Region');
  if (!form.pool.startsWith(`${form.account}/${form.region}/`)) {
    return { pool: 'This pool is not in the chosen account and Region. Choose another.' };
  }
  if (!pools.some(({ poolId }) => poolId === form.pool)) return gone('pool', 'license pool');
  if (!launchTemplates.some(({ launchTemplateId }) => launchTemplateId === form.launch_template)) {
    return gone('launch_template', 'launch template');
  }
  const type = instanceTypes.find(({ name }) => name === form.instance_type);
  return type === undefined ? gone('instance_type', 'instance type') : cpuErrors(form, type);
}

function gone(field: string, what: string): FieldErrors {
  return { [field]: `This ${what} is no longer there. Choose another.` };
}

function cpuErrors({ cores, threads }: LaunchForm, type: InstanceType): FieldErrors {
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
