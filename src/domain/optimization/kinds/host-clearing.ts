import { groupOf } from '#domain/estate/auto-scaling-group.ts';
import type { DedicatedHost } from '#domain/estate/dedicated-host.ts';
import type { Instance } from '#domain/estate/instance.ts';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import { countsHosts, isHostLicensed } from '#domain/licenses/license-counting.ts';
import type { Money } from '#domain/money.ts';
import type { OptimizableEstate } from '#domain/optimization/kind.ts';
import { hostRoom, isOn } from '#domain/optimization/kinds/host-room.ts';
import { licensesFreed, type NeedsOf } from '#domain/optimization/kinds/placed-needs.ts';
import type { LicenseSaving } from '#domain/optimization/recommendation.ts';
import { HOURS_PER_MONTH } from '#domain/optimization/setup-price.ts';

const MICROSOFT: ReadonlySet<string> = new Set(['windows-server', 'sql-server']);

/** Where hosts are cleared. */
export interface ClearingQuestion {
  readonly estate: OptimizableEstate;
  readonly shard: InventoryShard;
  readonly needsOf: NeedsOf;
}

/** Everything of a host on other hosts. */
export interface Clearing {
  readonly moves: readonly { readonly instance: Instance; readonly to: DedicatedHost }[];
  readonly licenses: readonly LicenseSaving[];
  /** Licenses of Microsoft's go with it, where the other hosts have none yet. */
  readonly reassigns: boolean;
}

/** The emptiest first. No host is cleared that another one was cleared to. */
export function clearings(
  loaded: readonly DedicatedHost[],
  isPaidFor: (host: DedicatedHost) => boolean,
  question: ClearingQuestion,
): ReadonlyMap<DedicatedHost, Clearing> {
  const cleared = new Map<DedicatedHost, Clearing>();
  const targets = new Set<DedicatedHost>();
  const emptiest = loaded.toSorted((a, b) => a.instanceIds.length - b.instanceIds.length);
  for (const host of emptiest) {
    if (isPaidFor(host) || targets.has(host)) continue;
    const others = loaded.filter(
      (other) => other !== host && !cleared.has(other) && !targets.has(other),
    );
    const clearing = clearingOf(host, others, question);
    if (clearing === null) continue;
    cleared.set(host, clearing);
    for (const { to } of clearing.moves) targets.add(to);
  }
  return cleared;
}

function clearingOf(
  host: DedicatedHost,
  others: readonly DedicatedHost[],
  { estate, shard, needsOf }: ClearingQuestion,
): Clearing | null {
  const instances = shard.instances.filter((instance) => isOn(instance, host));
  const isWhole = host.instanceIds.every((id) =>
    instances.some(({ instanceId }) => instanceId === id),
  );
  if (!isWhole || !instances.every(mayMove)) return null;
  const room = hostRoom(others.filter((other) => isTracked(shard, host, instances, other)));
  const moves = instances.flatMap((instance) => {
    const to = room.take(instance.instanceType);
    return to === null ? [] : [{ instance, to }];
  });
  if (moves.length < instances.length || !isWorth(shard, host, moves.length, estate)) return null;
  const licenses = freedBy(moves, host, estate, needsOf);
  if (licenses === null) return null;
  return {
    moves,
    licenses,
    reassigns: moves.some(({ instance }) => isMicrosoft(instance, estate)),
  };
}

function isMicrosoft({ instanceId }: Instance, { machines }: OptimizableEstate): boolean {
  return machines.some(
    ({ instance, deployments }) =>
      instance.instanceId === instanceId &&
      deployments.some(({ product, licensing }) => MICROSOFT.has(product) && licensing === 'byol'),
  );
}

/** An Auto Scaling group would start it anew. */
function mayMove({ tenancy, tags }: Instance): boolean {
  return tenancy === 'host' && groupOf({ tags }) === null;
}

/** Nothing new is taken of what License Manager counts by the host. */
function isTracked(
  shard: InventoryShard,
  from: DedicatedHost,
  instances: readonly Instance[],
  to: DedicatedHost,
): boolean {
  const arns = new Set(
    [from, ...instances].flatMap(({ licenseConfigurationArns }) => licenseConfigurationArns),
  );
  return shard.configurations
    .filter((configuration) => arns.has(configuration.arn) && countsHosts(configuration))
    .every((configuration) => isHostLicensed(shard, configuration, to.hostId));
}

function isWorth(
  shard: InventoryShard,
  host: DedicatedHost,
  moves: number,
  { settings }: OptimizableEstate,
): boolean {
  const price = monthlyHostPrice(shard, host);
  return price === null || price.micros >= moves * settings.leastMonthlyUsd * 1_000_000;
}

/** By the vendors' terms; `null` where the other hosts would need more than all need now. */
function freedBy(
  moves: Clearing['moves'],
  host: DedicatedHost,
  { machines }: OptimizableEstate,
  needsOf: NeedsOf,
): readonly LicenseSaving[] | null {
  const targets = new Map(moves.map(({ instance, to }) => [instance.instanceId, to]));
  const hostIds = new Set([host, ...targets.values()].map(({ hostId }) => hostId));
  const concerned = machines.filter(({ instance }) => hostIds.has(instance.hostId ?? ''));
  const before = needsOf(concerned.map((machine) => ({ machine, host: null })));
  const after = needsOf(
    concerned.map((machine) => {
      const to = targets.get(machine.instance.instanceId);
      const { hostId: id, sockets, cores } = to ?? host;
      return { machine, host: to === undefined ? null : { id, sockets, cores } };
    }),
  );
  return before === null || after === null ? null : licensesFreed(before, after);
}

/** Of a host of the family; `null`: not known. */
export function monthlyHostPrice(
  { hostPrices }: InventoryShard,
  { instanceFamily }: DedicatedHost,
): Money | null {
  const price = hostPrices.find((one) => one.instanceFamily === instanceFamily);
  return price === undefined
    ? null
    : { ...price.hourly, micros: price.hourly.micros * HOURS_PER_MONTH };
}
