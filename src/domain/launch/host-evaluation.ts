import { instanceFamily } from '#domain/estate/instance-type.ts';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import type { HostAction } from '#domain/launch/change-plan.ts';
import { budgetReasons } from '#domain/launch/launch-budget.ts';
import type { Evaluation, LaunchQuestion } from '#domain/launch/launch-evaluation.ts';
import type { HostPlan } from '#domain/launch/launch-plan.ts';
import type { Reason } from '#domain/launch/launch-reason.ts';
import { verdictOn } from '#domain/launch/launch-verdict.ts';
import { priceReasons, roleReasons } from '#domain/launch/moment-checks.ts';
import { allowanceOf } from '#domain/policy/allowance.ts';
import { approvalSubjectOf } from '#domain/policy/approval-subject.ts';

/** The question about a host that is allocated or released. */
export interface HostQuestion extends LaunchQuestion {
  readonly plan: HostPlan;
}

/** Judge the coming or going of a host. It takes no license: what is moved onto it does. */
export function evaluateHost(question: HostQuestion): Evaluation {
  const { plan, policy, shard, now } = question;
  const { spending = [] } = question.terms.view ?? {};
  const subject = approvalSubjectOf(policy, plan, [], []);
  const { reasons, notAutomatic } = allowanceOf(question, subject);
  const found = [
    ...reasons,
    ...roleReasons(question),
    ...hostReasons(plan.action, shard, now),
    ...priceReasons(question),
    // Giving one back is within any budget.
    ...(plan.action.operation === 'allocate-host'
      ? budgetReasons(policy, question.requestId, plan, spending)
      : []),
  ];
  return {
    ...verdictOn(found, question, subject, notAutomatic),
    warnings: [],
    draws: [],
    terms: [],
    fits: true,
  };
}

function hostReasons(action: HostAction, shard: InventoryShard, now: Date): readonly Reason[] {
  return action.operation === 'allocate-host'
    ? allocateReasons(action, shard)
    : releaseReasons(action.hostId, shard, now);
}

function allocateReasons(
  { instanceFamily: family, availabilityZone }: Extract<HostAction, { operation: 'allocate-host' }>,
  { instanceTypes, region }: InventoryShard,
): readonly Reason[] {
  const isKnown = instanceTypes.some(
    ({ name, dedicatedHostsSupported }) =>
      dedicatedHostsSupported && instanceFamily(name) === family,
  );
  const isHere =
    availabilityZone.startsWith(region) && /^[a-z]$/.test(availabilityZone.slice(region.length));
  return [
    ...(isKnown ? [] : [{ code: 'host-family-unknown' as const, instanceFamily: family }]),
    ...(isHere ? [] : [{ code: 'zone-not-here' as const, availabilityZone }]),
  ];
}

/** Stopped instances that are bound to a host are on it, too: released, they would not start again. */
function releaseReasons(hostId: string, shard: InventoryShard, now: Date): readonly Reason[] {
  const host = shard.hosts.find((one) => one.hostId === hostId);
  if (host === undefined) return [{ code: 'host-unknown', hostId }];
  const { state } = host;
  if (state !== 'available') return [{ code: 'host-unavailable', hostId, state }];
  const bound = shard.instances.filter(
    (instance) =>
      instance.hostId === hostId &&
      instance.state !== 'terminated' &&
      instance.state !== 'shutting-down',
  );
  const instances = new Set([...host.instanceIds, ...bound.map(({ instanceId }) => instanceId)])
    .size;
  const paid = shard.hostReservations.find(
    (reservation) => reservation.hostIds.includes(hostId) && reservation.endsAt > now,
  );
  return [
    ...(instances === 0 ? [] : [{ code: 'host-not-empty' as const, hostId, instances }]),
    ...(paid === undefined ? [] : [{ code: 'host-reserved' as const, hostId, until: paid.endsAt }]),
  ];
}
