import type { Instance } from '#domain/estate/instance.ts';
import type { InstanceType } from '#domain/estate/instance-type.ts';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import { DAY_MS, later } from '#domain/instant.ts';
import { launchReasons } from '#domain/launch/launch-checks.ts';
import { type ActionOf, isChangeAction, type MachinePlan } from '#domain/launch/launch-plan.ts';
import type { Reason } from '#domain/launch/launch-reason.ts';
import { runsWith, whyNotConvertible } from '#domain/launch/license-conversion.ts';
import { findInstance } from '#domain/launch/plan-instance.ts';
import type { LicenseConfiguration } from '#domain/licenses/license-configuration.ts';
import { countsHosts, isHostLicensed, listedUsage } from '#domain/licenses/license-counting.ts';
import { poolIdOf } from '#domain/licenses/license-pool.ts';

/** What EC2, License Manager and the licenses themselves would say to a plan: new machines, or a change of one. */
export function machineReasons(
  plan: MachinePlan,
  type: InstanceType,
  shard: InventoryShard,
  now: Date,
): readonly Reason[] {
  const { action } = plan;
  if (!isChangeAction(action)) return launchReasons(plan, type, shard);
  const { instanceId } = action;
  const instance = findInstance(shard, instanceId);
  if (instance === null) return [{ code: 'instance-unknown', instanceId }];
  if (action.operation === 'move') return moveReasons(plan, action, { instance, type, shard, now });
  return action.operation === 'convert' ? convertReasons(plan, action, instance, shard) : [];
}

interface Seen {
  readonly instance: Instance;
  readonly type: InstanceType;
  readonly shard: InventoryShard;
  readonly now: Date;
}

function moveReasons(plan: MachinePlan, action: ActionOf<'move'>, seen: Seen): readonly Reason[] {
  const { instance, shard, type } = seen;
  const { tenancy, hostId, instanceType } = plan;
  if (hostId === null && action.affinity === 'host') return [{ code: 'affinity-without-host' }];
  const onOrOff = action.from.tenancy !== tenancy;
  if (onOrOff && instanceType.startsWith('t3.')) return [{ code: 'tenancy-fixed', instanceType }];
  const { usageOperation } = instance;
  if (!runsWith(usageOperation, tenancy)) {
    return [{ code: 'license-not-there', usageOperation, tenancy }];
  }
  const moves = action.from.hostId !== hostId;
  return [
    ...(moves ? launchReasons(plan, type, shard) : []),
    ...(moves ? affinityReasons(plan, action, seen) : []),
  ];
}

function convertReasons(
  plan: MachinePlan,
  action: ActionOf<'convert'>,
  instance: Instance,
  shard: InventoryShard,
): readonly Reason[] {
  const { tenancy } = plan;
  const why = whyNotConvertible(action, instance, shard);
  if (why !== null) return [why];
  const usageOperation = action.to;
  return runsWith(usageOperation, tenancy)
    ? []
    : [{ code: 'license-not-there', usageOperation, tenancy }];
}

/**
 * Licenses of the host that is left, which must stay with it for so many days, and which the new host
 * would need: they were reassigned too soon. A host that is licensed already needs none of them.
 */
function affinityReasons(
  { hostId, licenseConfigurationArns }: MachinePlan,
  { from }: ActionOf<'move'>,
  { shard, now }: Seen,
): Reason[] {
  const left = from.hostId;
  if (left === null || hostId === null) return [];
  return shard.configurations
    .filter((configuration) => licenseConfigurationArns.includes(configuration.arn))
    .filter((configuration) => !isHostLicensed(shard, configuration, hostId))
    .flatMap((configuration) => {
      const days = configuration.rules.licenseAffinityToHostDays;
      if (days === null || !countsHosts(configuration)) return [];
      const since = assignedAt(configuration, left, shard);
      const until = since && later(since, days * DAY_MS);
      if (until !== null && until <= now) return [];
      return [
        {
          code: 'license-affinity' as const,
          poolId: poolIdOf(configuration),
          hostId: left,
          days,
          until,
        },
      ];
    });
}

/** Since when a host has licenses of a configuration: as License Manager lists it, else since it was allocated. */
function assignedAt(
  { arn }: LicenseConfiguration,
  hostId: string,
  shard: InventoryShard,
): Date | null {
  const listed = listedUsage(shard, arn).get(hostId)?.associatedAt ?? null;
  return listed ?? shard.hosts.find((host) => host.hostId === hostId)?.allocatedAt ?? null;
}
