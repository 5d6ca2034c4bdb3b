import type { DedicatedHost } from '#domain/estate/dedicated-host.ts';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import type { LicenseConfiguration } from '#domain/licenses/license-configuration.ts';
import { countsHosts, isHostLicensed } from '#domain/licenses/license-counting.ts';
import type { PoolLedger } from '#domain/licenses/license-pool.ts';
import { freeLicenses } from '#domain/licenses/position.ts';
import type { EstateKind, Finding, OptimizableEstate } from '#domain/optimization/kind.ts';
import { advice } from '#domain/optimization/kinds/estate-advice.ts';
import { stated } from '#domain/optimization/kinds/evidence-items.ts';
import { isOpen } from '#domain/optimization/kinds/host-room.ts';

const SOURCE = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/dedicated-hosts-recovery.html';

/**
 * License Manager takes new licenses for the host that replaces a failed one. With a hard limit and too
 * few of them free, recovery fails.
 *
 * @see EC2 User Guide, Host recovery, supported configurations (2023)
 */
export const hostRecoveryBlocked: EstateKind = {
  kind: 'host-recovery-blocked',
  find({ shards, ledgers }: OptimizableEstate) {
    const byArn = new Map(ledgers.map((ledger) => [ledger.configurationArn, ledger]));
    return shards.flatMap((shard) => blockedIn(shard, byArn));
  },
};

function blockedIn(
  shard: InventoryShard,
  ledgers: ReadonlyMap<string, PoolLedger>,
): readonly Finding[] {
  const recovered = shard.hosts.filter((host) => host.hostRecovery && isOpen(host));
  return shard.configurations
    .filter((configuration) => configuration.hardLimit && countsHosts(configuration))
    .flatMap((configuration) => {
      const { arn, limit, consumed } = configuration;
      const uses = ledgers.get(arn) ?? { consumed, counted: consumed, held: 0 };
      const free = freeLicenses({ ...uses, limit });
      if (limit === null || free === null) return [];
      return recovered
        .filter((host) => isHostLicensed(shard, configuration, host.hostId))
        .filter((host) => replacementOf(configuration, host) > free)
        .map((host) => finding(shard, host, configuration, { limit, free }));
    });
}

/** What a host like it takes. */
function replacementOf(
  { countingType }: Pick<LicenseConfiguration, 'countingType'>,
  { cores, sockets }: DedicatedHost,
): number {
  return countingType === 'Core' ? cores : sockets;
}

function finding(
  { account, region }: InventoryShard,
  host: DedicatedHost,
  configuration: LicenseConfiguration,
  { limit, free }: { readonly limit: number; readonly free: number },
): Finding {
  const { arn, name, countingType } = configuration;
  const needed = replacementOf(configuration, host);
  const raised = limit + needed - free;
  const step = { do: 'by-hand', account, region, task: 'raise-limit', on: arn } as const;
  return advice(
    { account, region },
    {
      kind: 'host-recovery-blocked',
      subjects: [
        { kind: 'host', id: host.hostId, name: host.name },
        { kind: 'configuration', id: arn, name },
      ],
      evidence: [
        stated('license-configurations', 'hard-limit', limit, countingType.toLowerCase()),
        stated('license-usage', 'free-licenses', free, countingType.toLowerCase()),
        stated('hosts', 'replacement-needs', needed, countingType.toLowerCase()),
        stated(SOURCE, 'rule', 'license-manager/host-recovery'),
      ],
      steps: [{ ...step, to: `${raised}` }],
      rollback: [{ ...step, to: `${limit}` }],
    },
  );
}
