import { attachedConfigurations } from '#domain/estate/attached-configurations.ts';
import type { DedicatedHost } from '#domain/estate/dedicated-host.ts';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import { instanceIdOf, type MachinePlan, templateOf } from '#domain/launch/launch-plan.ts';
import { countsHosts, isHostLicensed } from '#domain/licenses/license-counting.ts';

/** How many more instances of a type fit on a host now, by AWS's word. */
export function roomFor({ availableCapacity }: DedicatedHost, instanceType: string): number {
  return availableCapacity[instanceType] ?? 0;
}

/** The Availability Zone that the plan's instance is in, or that its template is bound to, where it says so. */
export function zoneOf(plan: MachinePlan, shard: InventoryShard): string | null {
  const instanceId = instanceIdOf(plan);
  const instance = shard.instances.find((one) => one.instanceId === instanceId);
  if (instance !== undefined) return instance.availabilityZone;
  const template = shard.launchTemplates.find(
    ({ launchTemplateId }) => launchTemplateId === templateOf(plan)?.id,
  );
  return template?.availabilityZone ?? null;
}

/**
 * Hosts that take the whole launch, best first: the fewest new licenses, then the tightest fit, so
 * that large gaps stay whole, then the id, so that the order is always the same.
 */
export function hostsWithRoom(plan: MachinePlan, shard: InventoryShard): readonly DedicatedHost[] {
  const zone = zoneOf(plan, shard);
  return shard.hosts
    .filter(
      (host) =>
        host.state === 'available' &&
        roomFor(host, plan.instanceType) >= plan.count &&
        (zone === null || host.availabilityZone === zone),
    )
    .map((host) => ({
      host,
      licenses: newHostLicenses(plan, host, shard),
      room: roomFor(host, plan.instanceType),
    }))
    .toSorted(
      (a, b) =>
        a.licenses - b.licenses || a.room - b.room || (a.host.hostId < b.host.hostId ? -1 : 1),
    )
    .map(({ host }) => host);
}

/** The best host with room, or `null`. */
export function chooseHost(plan: MachinePlan, shard: InventoryShard): DedicatedHost | null {
  return hostsWithRoom(plan, shard)[0] ?? null;
}

/** Core and socket licenses that a launch there would newly take: none on a licensed host. */
function newHostLicenses(plan: MachinePlan, host: DedicatedHost, shard: InventoryShard): number {
  return attachedConfigurations({ ...plan, hostId: host.hostId }, shard)
    .filter(
      (configuration) =>
        countsHosts(configuration) && !isHostLicensed(shard, configuration, host.hostId),
    )
    .reduce(
      (sum, { countingType }) => sum + (countingType === 'Core' ? host.cores : host.sockets),
      0,
    );
}
