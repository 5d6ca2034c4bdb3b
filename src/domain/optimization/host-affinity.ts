import type { DedicatedHost } from '#domain/estate/dedicated-host.ts';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import { DAY_MS, later } from '#domain/instant.ts';
import { countsHosts, listedUsage } from '#domain/licenses/license-counting.ts';

/**
 * Whether licenses of a host may not leave it yet, by `#licenseAffinityToHost` of a configuration that
 * counts it. Where nothing says since when they are there, they stay.
 */
export function isBoundToHost(host: DedicatedHost, shard: InventoryShard, now: Date): boolean {
  const attached = new Set(host.licenseConfigurationArns);
  return shard.configurations
    .filter((configuration) => attached.has(configuration.arn) && countsHosts(configuration))
    .some(({ arn, rules: { licenseAffinityToHostDays: days } }) => {
      if (days === null) return false;
      const listed = listedUsage(shard, arn).get(host.hostId)?.associatedAt ?? null;
      const since = listed ?? host.allocatedAt;
      return since === null || later(since, days * DAY_MS) > now;
    });
}
