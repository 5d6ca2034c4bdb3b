import type { DedicatedHost } from '#domain/estate/dedicated-host.ts';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import type { EstateKind, Finding } from '#domain/optimization/kind.ts';
import { advice, moneySaved } from '#domain/optimization/kinds/estate-advice.ts';
import { gateCheck, stated } from '#domain/optimization/kinds/evidence-items.ts';
import {
  type Clearing,
  type ClearingQuestion,
  clearings,
  monthlyHostPrice,
} from '#domain/optimization/kinds/host-clearing.ts';
import { isOn, isOpen, moveSteps } from '#domain/optimization/kinds/host-room.ts';
import { needsIn } from '#domain/optimization/kinds/placed-needs.ts';
import { REASSIGNMENT } from '#domain/vendors/microsoft-rules.ts';

/** A host that nothing is on, or all of which fits on hosts that are there and licensed. Never one that is paid for anyway. */
export const releaseHost: EstateKind = {
  kind: 'release-host',
  find(estate) {
    const needsOf = needsIn(estate);
    return estate.shards.flatMap((shard) => releasesIn({ estate, shard, needsOf }));
  },
};

function releasesIn(question: ClearingQuestion): readonly Finding[] {
  const { shard, estate } = question;
  const reserved = new Set(
    shard.hostReservations
      .filter(({ endsAt }) => endsAt > estate.now)
      .flatMap(({ hostIds }) => hostIds),
  );
  const groups = Map.groupBy(
    shard.hosts.filter(isOpen),
    ({ instanceFamily, availabilityZone }) => `${instanceFamily} ${availabilityZone}`,
  );
  return [...groups.values()].flatMap((hosts) => releasesAmong(hosts, reserved, question));
}

/** Of hosts of one family and zone. Those that are kept free for when another fails stay. */
function releasesAmong(
  hosts: readonly DedicatedHost[],
  reserved: ReadonlySet<string>,
  question: ClearingQuestion,
): readonly Finding[] {
  const { shard, estate } = question;
  const isPaidFor = ({ hostId }: DedicatedHost) => reserved.has(hostId);
  const empty = hosts.filter((host) => isEmpty(host, shard));
  const loaded = hosts.filter((host) => !empty.includes(host));
  const cleared = clearings(loaded, isPaidFor, question);
  const spares = loaded.length > 0 ? estate.settings.spareHosts : 0;
  const kept = empty.toSorted(
    (a, b) =>
      Number(isPaidFor(b)) - Number(isPaidFor(a)) ||
      b.licenseConfigurationArns.length - a.licenseConfigurationArns.length,
  );
  return [
    ...kept
      .slice(spares)
      .filter((host) => !isPaidFor(host))
      .map((host) => finding(question, host, { moves: [], licenses: [], reassigns: false })),
    ...[...cleared].map(([host, clearing]) => finding(question, host, clearing)),
  ];
}

function isEmpty(host: DedicatedHost, { instances }: InventoryShard): boolean {
  return host.instanceIds.length === 0 && !instances.some((instance) => isOn(instance, host));
}

function finding(
  { shard }: ClearingQuestion,
  host: DedicatedHost,
  { moves, licenses, reassigns }: Clearing,
): Finding {
  const { account, region, sources } = shard;
  const { hostId, name, instanceFamily, availabilityZone } = host;
  const at = { account, region };
  const asOf = sources.hosts?.asOf ?? null;
  const isBusy = moves.length > 0;
  return advice(at, {
    kind: 'release-host',
    subjects: [
      { kind: 'host', id: hostId, name },
      ...moves.map(({ instance }) => ({
        kind: 'instance' as const,
        id: instance.instanceId,
        name: instance.name,
      })),
    ],
    savings: { ...moneySaved(monthlyHostPrice(shard, host), 'list'), licenses },
    evidence: [
      { ...stated('hosts', 'instances-on-host', moves.length, 'instance'), asOf },
      { ...stated('hosts', 'free-vcpus', host.availableVcpus, 'vcpu'), asOf },
    ],
    gate: reassigns ? [gateCheck('reassigned-90-days-ago', null, REASSIGNMENT)] : [],
    risk: isBusy ? 'medium' : 'low',
    effort: isBusy ? 'migration' : 'decision',
    downtime: moves.some(({ instance }) => instance.state !== 'stopped'),
    steps: [
      ...moves.flatMap(({ instance, to }) =>
        moveSteps(at, instance, { tenancy: 'host', hostId: to.hostId }),
      ),
      { do: 'release-host', ...at, hostId },
    ],
    rollback: [
      { do: 'allocate-host', ...at, ref: hostId, instanceFamily, availabilityZone },
      ...moves.flatMap(({ instance }) => moveSteps(at, instance, { tenancy: 'host', hostId })),
    ],
  });
}
