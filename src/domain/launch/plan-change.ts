import { groupOf } from '#domain/estate/auto-scaling-group.ts';
import type { Instance } from '#domain/estate/instance.ts';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import type { Associations, ChangeOf, Place } from '#domain/launch/change-plan.ts';
import type { ChangeChoice, HostPlan, MachinePlan } from '#domain/launch/launch-plan.ts';
import type { Reason } from '#domain/launch/launch-reason.ts';
import { findInstance } from '#domain/launch/plan-instance.ts';
import { inOrder, type Planning } from '#domain/launch/plan-question.ts';
import { chosenOptions } from '#domain/launch/plan-start.ts';

/** What the plan of a change is made of. */
export interface ChangeQuestion {
  readonly choice: ChangeChoice;
  readonly shard: InventoryShard;
  readonly policyHash: string;
}

/** Plan a change of what is there: the machine as it will be, or the host. */
export function planChange(question: ChangeQuestion): Planning {
  const { target } = question.choice;
  switch (target.operation) {
    case 'move':
      return planMove(question, target);
    case 'associate':
      return planAssociate(question, target);
    case 'convert':
      return planConvert(question, target);
    case 'stop':
      return planStop(question, target);
    case 'allocate-host':
      return { ok: true, plan: hostPlan(question, target) };
    case 'release-host': {
      const { hostId } = target;
      const isThere = question.shard.hosts.some((host) => host.hostId === hostId);
      if (!isThere) return refused({ code: 'host-unknown', hostId });
      return { ok: true, plan: hostPlan(question, target) };
    }
  }
}

function planMove(question: ChangeQuestion, target: ChangeOf<'move'>): Planning {
  const { operation, instanceId, hostId, affinity, licenses } = target;
  const { instance, why } = restartable(question.shard, instanceId);
  if (instance === null) return refused(why);
  const otherwise = whyNotAssociate(licenses, instance);
  if (otherwise !== null) return refused(otherwise);
  const from = placeOf(instance);
  const tenancy = hostId === null ? 'default' : 'host';
  const stays = isSamePlace(from, { tenancy, hostId, affinity }) && isNothing(licenses);
  if (stays) return refused({ code: 'nothing-to-change', instanceId });
  const running = instance.state === 'running';
  const plan: MachinePlan = {
    ...asItIs(question, instance),
    action: { operation, instanceId, affinity, licenses, from, running },
    tenancy,
    hostId,
    licenseConfigurationArns: associated(instance, licenses),
  };
  return { ok: true, plan };
}

function planAssociate(question: ChangeQuestion, target: ChangeOf<'associate'>): Planning {
  const { instanceId, licenses } = target;
  const instance = findInstance(question.shard, instanceId);
  if (instance === null) return refused({ code: 'instance-unknown', instanceId });
  const why = whyNotAssociate(licenses, instance);
  if (why !== null) return refused(why);
  if (isNothing(licenses)) return refused({ code: 'nothing-to-change', instanceId });
  const licenseConfigurationArns = associated(instance, licenses);
  const plan = { ...asItIs(question, instance), licenseConfigurationArns };
  return { ok: true, plan: { ...plan, action: target } };
}

function planConvert(question: ChangeQuestion, target: ChangeOf<'convert'>): Planning {
  const { instanceId, from, to } = target;
  const { instance, why } = restartable(question.shard, instanceId);
  if (instance === null) return refused(why);
  if (instance.usageOperation !== from) {
    const { usageOperation } = instance;
    return refused({ code: 'usage-operation-changed', instanceId, usageOperation });
  }
  if (from === to) return refused({ code: 'nothing-to-change', instanceId });
  const action = { ...target, running: instance.state === 'running' };
  return { ok: true, plan: { ...asItIs(question, instance), action } };
}

function planStop(question: ChangeQuestion, target: ChangeOf<'stop'>): Planning {
  const { instanceId } = target;
  const { instance, why } = restartable(question.shard, instanceId);
  if (instance === null) return refused(why);
  const { state } = instance;
  if (state !== 'running') return refused({ code: 'instance-not-running', instanceId, state });
  return { ok: true, plan: { ...asItIs(question, instance), action: target } };
}

function hostPlan(
  { choice: { account, region }, policyHash }: ChangeQuestion,
  action: HostPlan['action'],
): HostPlan {
  return { account, region, action, hourlyPrice: null, policyHash };
}

function refused(reason: Reason): Planning {
  return { ok: false, reasons: [reason] };
}

type Found =
  | { readonly instance: Instance; readonly why: null }
  | { readonly instance: null; readonly why: Reason };

/** An instance that can be stopped and started. */
function restartable(shard: InventoryShard, instanceId: string): Found {
  const instance = findInstance(shard, instanceId);
  if (instance === null) return { instance, why: { code: 'instance-unknown', instanceId } };
  const why = whyNotRestart(instance);
  return why === null ? { instance, why } : { instance: null, why };
}

/** Why an instance cannot be stopped and started: it would not be the same, or not come back. */
function whyNotRestart(instance: Instance): Reason | null {
  const { instanceId, state, spot } = instance;
  if (state !== 'stopped' && state !== 'running') {
    return { code: 'instance-not-stopped', instanceId, state };
  }
  if (spot) return { code: 'instance-is-spot', instanceId };
  const autoScalingGroupName = groupOf(instance);
  return autoScalingGroupName === null
    ? null
    : { code: 'instance-in-group', instanceId, autoScalingGroupName };
}

/** What is added must not be there, what is removed must: anything else was decided about another state. */
function whyNotAssociate(
  { add, remove }: Associations,
  { licenseConfigurationArns: own }: Instance,
): Reason | null {
  const attached = add.find((arn) => own.includes(arn) || remove.includes(arn));
  if (attached !== undefined) return { code: 'license-attached', configurationArn: attached };
  const missing = remove.find((arn) => !own.includes(arn));
  return missing === undefined ? null : { code: 'license-not-attached', configurationArn: missing };
}

function isNothing({ add, remove }: Associations): boolean {
  return add.length + remove.length === 0;
}

function associated(
  { licenseConfigurationArns: own }: Instance,
  { add, remove }: Associations,
): readonly string[] {
  return inOrder(own, add).filter((arn) => !remove.includes(arn));
}

/** Where an instance is. */
export function placeOf({ tenancy, hostId, affinity }: Instance): Place {
  return { tenancy, hostId, affinity: affinity === 'host' ? 'host' : 'default' };
}

/** Whether an instance in the first place is in the second. */
export function isSamePlace(place: Place, wanted: Place): boolean {
  return (
    place.tenancy === wanted.tenancy &&
    place.hostId === wanted.hostId &&
    place.affinity === wanted.affinity
  );
}

function asItIs(
  { choice: { account, region }, shard, policyHash }: ChangeQuestion,
  instance: Instance,
): Omit<MachinePlan, 'action'> {
  const { imageId, instanceType, cpuOptions, tenancy, hostId, spot } = instance;
  return {
    account,
    region,
    imageId,
    instanceType,
    count: 1,
    cpuOptions: chosenOptions(cpuOptions, instanceType, shard),
    tenancy,
    hostId,
    spot,
    licenseConfigurationArns: inOrder(instance.licenseConfigurationArns),
    tags: [],
    until: null,
    hourlyPrice: null,
    policyHash,
  };
}
