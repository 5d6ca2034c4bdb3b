import type { InstanceType } from '#domain/estate/instance-type.ts';
import type { MachineChoice } from '#domain/launch/launch-plan.ts';
import type { GroupForm, InstanceForm, LaunchForm } from '#slack/modals/launch-form.ts';
import type { LaunchOffer } from '#slack/options/launch-offer.ts';
import type { OfferedPools } from '#slack/options/offering-profiles.ts';
import { choice as anyOf } from '#slack/views/machine-reason.ts';

/** Messages under fields, by field. */
export type FieldErrors = Readonly<Record<string, string>>;

/**
 * What a form that is well formed stands for, or what is wrong with it: something that was offered and is
 * gone since, or CPU options that the type does not take.
 */
export type Chosen =
  | { readonly ok: true; readonly choice: MachineChoice }
  | { readonly ok: false; readonly wrong: FieldErrors };

/** New instances. `offer` is what is offered beside the form's selects. */
export function chooseLaunch(form: LaunchForm, offer: LaunchOffer): Chosen {
  const wrong = poolErrors(form, offer) ?? sourceErrors(form, offer) ?? sizeErrors(form, offer);
  if (wrong !== null) return { ok: false, wrong };
  return {
    ok: true,
    choice: {
      account: form.account,
      region: form.region,
      poolId: form.pool,
      ...(form.license_included ? { licenseIncluded: true } : {}),
      otherPoolIds: [...new Set(form.other_pools)].filter((poolId) => poolId !== form.pool),
      target: { operation: 'launch', launchTemplateId: form.launch_template },
      instanceType: form.instance_type,
      count: form.count,
      cores: form.cores,
      threadsPerCore: form.threads,
      hostId: form.host,
      until: form.until,
    },
  };
}

/** An instance that is there, as it is or of another size. */
export function chooseInstance(
  operation: 'start' | 'resize',
  form: InstanceForm,
  offer: LaunchOffer,
): Chosen {
  const instance = offer.instances.find(({ instanceId }) => instanceId === form.instance);
  if (instance === undefined) return { ok: false, wrong: { instance: NO_INSTANCE[operation] } };
  const wrong = operation === 'resize' ? sizeErrors(form, offer) : null;
  if (wrong !== null) return { ok: false, wrong };
  const { cores, threads: threadsPerCore, until } = form;
  const { instanceId, instanceType } = instance;
  const choice: MachineChoice = {
    ...AS_IT_IS,
    ...thereIs(form, instance),
    target: { operation, instanceId },
    instanceType: form.instance_type ?? instanceType,
    cores,
    threadsPerCore,
    until,
  };
  return { ok: true, choice };
}

const NO_INSTANCE = {
  start:
    'No stopped instance with licenses that you may start has this id any more. Choose another.',
  resize: 'No instance with licenses that you may resize has this id any more. Choose another.',
} as const;

/** The growth of an Auto Scaling group. */
export function chooseGroup(form: GroupForm, offer: LaunchOffer): Chosen {
  const group = offer.groups.find(({ name }) => name === form.group);
  if (group === undefined) return { ok: false, wrong: gone('group', 'Auto Scaling group') };
  const choice: MachineChoice = {
    ...AS_IT_IS,
    ...thereIs(form, group),
    target: { operation: 'scale', autoScalingGroupName: group.name },
    instanceType: group.instanceType,
    count: form.count,
  };
  return { ok: true, choice };
}

const AS_IT_IS = { count: 1, cores: null, threadsPerCore: null, hostId: null, until: null };

function thereIs({ account, region }: Place, { poolId, otherPoolIds }: OfferedPools) {
  return { account, region, poolId, otherPoolIds };
}

type Place = Pick<LaunchForm, 'account' | 'region'>;

/** What is wrong with where a form is for; `null`: the account and Region are offered. */
export function placeErrors(form: Place, offer: LaunchOffer): FieldErrors | null {
  if (!offer.accounts.some(({ id }) => id === form.account)) return gone('account', 'account');
  return offer.regions.includes(form.region) ? null : gone('region', 'Region');
}

/** A pool that nothing is taken of need not be one that policy lets the person take from. */
function poolErrors(form: LaunchForm, { pools }: LaunchOffer): FieldErrors | null {
  const { account, region, pool, other_pools: others } = form;
  if (!pool.startsWith(`${account}/${region}/`)) {
    return { pool: 'This pool is not in the chosen account and Region. Choose another.' };
  }
  const isOffered = (id: string) => pools.some(({ poolId }) => poolId === id);
  if (!form.license_included && !isOffered(pool)) return gone('pool', 'license pool');
  if (others.every(isOffered)) return null;
  return { other_pools: 'Choose pools of the same account and Region that are still there.' };
}

function sourceErrors(form: LaunchForm, offer: LaunchOffer): FieldErrors | null {
  if (
    !offer.launchTemplates.some(({ launchTemplateId }) => launchTemplateId === form.launch_template)
  ) {
    return gone('launch_template', 'launch template');
  }
  const isHost = form.host === null || offer.hosts.some(({ hostId }) => hostId === form.host);
  return isHost ? null : gone('host', 'Dedicated Host');
}

type Sized = Pick<InstanceForm, 'instance_type' | 'cores' | 'threads'>;

function sizeErrors(
  { instance_type, cores, threads }: Sized,
  offer: LaunchOffer,
): FieldErrors | null {
  const type = offer.instanceTypes.find(({ name }) => name === instance_type);
  if (type === undefined) return gone('instance_type', 'instance type');
  return (
    cpuError(type, { field: 'cores', wanted: cores, valid: type.validCores, one: 'core' }) ??
    cpuError(type, {
      field: 'threads',
      wanted: threads,
      valid: type.validThreadsPerCore,
      one: 'thread',
    })
  );
}

interface CpuField {
  readonly field: string;
  readonly wanted: number | null;
  readonly valid: readonly number[];
  readonly one: string;
}

function cpuError(
  { name }: InstanceType,
  { field, wanted, valid, one }: CpuField,
): FieldErrors | null {
  if (wanted === null || valid.includes(wanted)) return null;
  if (valid.length === 0) return { [field]: `${name} takes no CPU options. Leave this empty.` };
  return { [field]: `${name} takes ${anyOf(valid, one)}.` };
}

function gone(field: string, what: string): FieldErrors {
  return { [field]: `This ${what} is no longer there. Choose another.` };
}
