import type { InventoryShard } from '#domain/estate/inventory.ts';
import { endsStopped } from '#domain/launch/launch-plan.ts';
import type { LicenseConfiguration } from '#domain/licenses/license-configuration.ts';
import { countResources, licensesOf, listedUsage } from '#domain/licenses/license-counting.ts';
import type { Hold, PoolLedger } from '#domain/licenses/license-pool.ts';
import { freeLicenses } from '#domain/licenses/position.ts';
import { NO_STEP, type Step } from '#domain/requests/change.ts';
import type { LaunchRequest } from '#domain/requests/launch-request.ts';
import { applyConsumption, newLedger, type PoolFigures } from '#domain/requests/ledger.ts';

/**
 * A pool's figures from a fresh shard. What a hold covers is not counted beside it: a hold ends, in
 * whole or in part, only for resources that License Manager lists and we count.
 *
 * @param open the requests that may hold licenses of the pool, with the instances they started
 */
export function figuresOf(
  shard: InventoryShard,
  configuration: LicenseConfiguration,
  holds: readonly Hold[],
  open: readonly LaunchRequest[],
  asOf: Date,
): PoolFigures {
  const own = countResources(shard, configuration);
  const counted = new Set(own.map(({ resourceId }) => resourceId));
  const listed = listedResources(shard, configuration.arn);
  const covers = holds.map((hold) => {
    const resources = resourcesOf(hold, open);
    const missing = resources.filter((id) => !(listed.has(id) && counted.has(id)));
    const unlisted = resources.filter((id) => !listed.has(id));
    const whole = unlisted.length === 0 ? hold.licenses : wholeOf(hold, shard, configuration);
    return { hold, whole, resources, missing };
  });
  const covered = new Set(
    covers.filter(({ hold }) => !isBeside(hold, open)).flatMap(({ missing }) => missing),
  );
  return {
    configuration,
    counted: own
      .filter(({ resourceId }) => !covered.has(resourceId))
      .reduce((sum, { licenses }) => sum + licenses, 0),
    unlisted: new Map(
      covers
        .filter(({ resources }) => resources.length > 0)
        .map(({ hold, whole, resources, missing }) => [
          hold.consumer,
          Math.ceil((whole * missing.length) / resources.length),
        ]),
    ),
    asOf,
  };
}

/** A resize holds what it takes more: what the instance took before is counted beside that. */
function isBeside({ consumer }: Hold, open: readonly LaunchRequest[]): boolean {
  const request = open.find(({ id }) => consumer === `request/${id}`);
  return request?.plan.action.operation === 'resize';
}

/** A host takes what it is, whatever was held while something on it was licensed already. */
function wholeOf(
  { consumer, licenses }: Hold,
  { hosts }: InventoryShard,
  configuration: LicenseConfiguration,
): number {
  const host = hosts.find(({ hostId }) => consumer === `host/${hostId}`);
  if (host === undefined) return licenses;
  const shape = { defaultVcpus: 0, activeVcpus: 0, host };
  return Math.max(licenses, licensesOf(configuration, shape) ?? 0);
}

/** What a hold is for, as far as it is known: a host, or the instances of a request. */
function resourcesOf({ consumer }: Hold, open: readonly LaunchRequest[]): readonly string[] {
  const [kind, id = ''] = consumer.split('/');
  if (kind === 'host') return [id];
  return open.find((request) => request.id === id)?.instanceIds ?? [];
}

function listedResources(shard: InventoryShard, configurationArn: string): ReadonlySet<string> {
  const listed = [...listedUsage(shard, configurationArn).values()];
  return new Set(listed.filter(({ consumed }) => consumed > 0).map(({ resourceId }) => resourceId));
}

/** The step that brings a pool's ledger up to date, or `null` when its figures are newer already. */
export function collectPool(
  ledger: PoolLedger | null,
  figures: PoolFigures,
  now: Date,
): Step | null {
  const { configuration, counted, asOf } = figures;
  const next = ledger ? applyConsumption(ledger, figures) : newLedger(configuration, counted, asOf);
  if (next === ledger) return null;
  const { poolId, limit, consumed, held } = next;
  const version = next.version + 1;
  const event = {
    stream: `pool/${poolId}`,
    at: now,
    event: 'figures.changed',
    by: 'clock',
    details: { limit, consumed, counted, held, waiting: next.waiting.length },
  };
  const key = `promote/${poolId}/${version}`;
  const message = { kind: 'promote', key, at: now, poolId } as const;
  return {
    ...NO_STEP,
    ledgers: [{ ...next, version }],
    audit: sameFigures(ledger, next) ? [] : [event],
    messages:
      next.waiting.length > 0 && !sameFigures(ledger, next)
        ? [{ queue: 'decisions', group: poolId, message }]
        : [],
  };
}

function sameFigures(before: PoolLedger | null, after: PoolLedger): boolean {
  return (
    before !== null &&
    before.limit === after.limit &&
    before.consumed === after.consumed &&
    before.counted === after.counted &&
    before.held === after.held &&
    freeLicenses(before) === freeLicenses(after)
  );
}

/**
 * True when License Manager lists everything that a launched request draws licenses for. What ends
 * stopped draws none, and there is nothing to wait for.
 */
export function isListed(
  { instanceIds, evaluation, plan }: LaunchRequest,
  shard: InventoryShard,
): boolean {
  if (endsStopped(plan)) return true;
  return evaluation.draws.every(({ configurationArn, consumer }) => {
    const listed = listedResources(shard, configurationArn);
    const [kind, id = ''] = consumer.split('/');
    return kind === 'host'
      ? listed.has(id)
      : instanceIds.length > 0 && instanceIds.every((instanceId) => listed.has(instanceId));
  });
}
