import type { InventoryShard } from '#domain/estate/inventory.ts';
import type { LicenseConfiguration } from '#domain/licenses/license-configuration.ts';
import { countConsumption } from '#domain/licenses/license-counting.ts';
import { type Hold, type PoolLedger, poolIdOf } from '#domain/licenses/license-pool.ts';

/** What the collector found out about a pool at one moment. */
export interface PoolFigures {
  readonly configuration: LicenseConfiguration;
  readonly counted: number;
  /**
   * What a hold must be now, by consumer: so much of it as License Manager does not list yet, and all of
   * a host that is licensed no more. Holds not named stay as they are.
   */
  readonly unlisted: ReadonlyMap<string, number>;
  readonly asOf: Date;
}

/** The ledger of a pool that has none yet. Version 0: nothing is written. */
export function newLedger(
  configuration: LicenseConfiguration,
  counted: number,
  asOf: Date,
): PoolLedger {
  return {
    ...facts(configuration),
    counted,
    held: 0,
    holds: [],
    waiting: [],
    asOf,
    version: 0,
  };
}

function facts(configuration: LicenseConfiguration) {
  const { account, region, arn, name, countingType } = configuration;
  const { limit, hardLimit, consumed, status, expiresAt } = configuration;
  return {
    poolId: poolIdOf(configuration),
    account,
    region,
    configurationArn: arn,
    name,
    countingType,
    limit,
    hardLimit,
    consumed,
    status,
    expiresAt,
  };
}

/** A pool's ledger, or that of a line of terms. */
export interface Holder {
  readonly held: number;
  readonly holds: readonly Hold[];
  readonly waiting: readonly string[];
}

/**
 * The only way to change holds: `held` is always their sum. Consumers without licenses drop out; a host
 * stays while requests need it, because what it is licensed by now may end before they are launched.
 */
function withHolds<Ledger extends Holder>(ledger: Ledger, holds: readonly Hold[]): Ledger {
  const kept = holds.filter(
    ({ consumer, licenses, requestIds }) =>
      requestIds.length > 0 && (licenses > 0 || isHost(consumer)),
  );
  return { ...ledger, holds: kept, held: kept.reduce((sum, { licenses }) => sum + licenses, 0) };
}

/** Whether a hold is for a Dedicated Host, which requests share. */
export function isHost(consumer: string): boolean {
  return consumer.startsWith('host/');
}

/** One request's part in a hold. */
export interface HoldFor {
  readonly consumer: string;
  readonly licenses: number;
  readonly requestId: string;
  readonly firm: boolean;
  readonly at: Date;
}

/** Set licenses aside. A consumer's second request shares the hold; the larger figure counts. */
export function placeHold<Ledger extends Holder>(ledger: Ledger, wanted: HoldFor): Ledger {
  const { consumer, licenses, requestId, firm, at } = wanted;
  if (licenses === 0 && !isHost(consumer)) return ledger;
  const before = ledger.holds.find((hold) => hold.consumer === consumer);
  const hold: Hold = {
    consumer,
    licenses: Math.max(licenses, before?.licenses ?? 0),
    requestIds: [...new Set([...(before?.requestIds ?? []), requestId])],
    firm: firm || (before?.firm ?? false),
    placedAt: before?.placedAt ?? at,
  };
  return withHolds(ledger, [...ledger.holds.filter((other) => other !== before), hold]);
}

/** Licenses that a draw would add to what is held already for its consumer. */
export function additionalLicenses(
  ledger: Pick<Holder, 'holds'>,
  { consumer, licenses }: Pick<HoldFor, 'consumer' | 'licenses'>,
): number {
  const before = ledger.holds.find((hold) => hold.consumer === consumer);
  return Math.max(0, licenses - (before?.licenses ?? 0));
}

/** Mark an approved request's holds: they no longer count as unapproved. */
export function firmHold<Ledger extends Holder>(ledger: Ledger, requestId: string): Ledger {
  if (!ledger.holds.some((hold) => !hold.firm && hold.requestIds.includes(requestId)))
    return ledger;
  return withHolds(
    ledger,
    ledger.holds.map((hold) =>
      hold.requestIds.includes(requestId) ? { ...hold, firm: true } : hold,
    ),
  );
}

/** Take a request out of its holds; those that no other request needs end. */
export function releaseHold<Ledger extends Holder>(ledger: Ledger, requestId: string): Ledger {
  if (!ledger.holds.some((hold) => hold.requestIds.includes(requestId))) return ledger;
  return withHolds(
    ledger,
    ledger.holds.map((hold) => ({
      ...hold,
      requestIds: hold.requestIds.filter((id) => id !== requestId),
    })),
  );
}

/**
 * Turn a request's own hold into counted consumption, for what runs: until figures come that count
 * it, nothing comes free. A host's hold stays while other requests need it.
 */
export function countHold(ledger: PoolLedger, requestId: string): PoolLedger {
  const released = releaseHold(ledger, requestId);
  if (released === ledger) return ledger;
  return { ...released, counted: ledger.counted + ledger.held - released.held };
}

/** Put a request at the end of the line; its place is kept when it is in line already. */
export function joinWaiting<Ledger extends Holder>(ledger: Ledger, requestId: string): Ledger {
  if (ledger.waiting.includes(requestId)) return ledger;
  return { ...ledger, waiting: [...ledger.waiting, requestId] };
}

/** Take a request out of the line. */
export function leaveWaiting<Ledger extends Holder>(ledger: Ledger, requestId: string): Ledger {
  if (!ledger.waiting.includes(requestId)) return ledger;
  return { ...ledger, waiting: ledger.waiting.filter((id) => id !== requestId) };
}

/**
 * Consumption up and holds down in one step, from figures newer than the ledger's; older ones change
 * nothing.
 */
export function applyConsumption(ledger: PoolLedger, figures: PoolFigures): PoolLedger {
  if (figures.asOf <= ledger.asOf) return ledger;
  const { configuration, counted, asOf, unlisted } = figures;
  const next = { ...ledger, ...facts(configuration), counted, asOf };
  return withHolds(
    next,
    ledger.holds.map((hold) => ({
      ...hold,
      licenses: holdNow(hold, unlisted.get(hold.consumer)),
    })),
  );
}

/** Only a host's hold grows. */
function holdNow({ consumer, licenses }: Hold, unlisted = licenses): number {
  return isHost(consumer) ? unlisted : Math.min(licenses, unlisted);
}

/** Leave of each hold only so much, by consumer; those that are not named stay whole. */
export function shrinkHolds<Ledger extends Holder>(
  ledger: Ledger,
  left: ReadonlyMap<string, number>,
): Ledger {
  return withHolds(
    ledger,
    ledger.holds.map((hold) => ({
      ...hold,
      licenses: Math.min(hold.licenses, left.get(hold.consumer) ?? hold.licenses),
    })),
  );
}

/** The ledgers of the region's pools, with new ones for those that none was written of yet. */
export function allLedgers(
  shard: InventoryShard,
  ledgers: readonly PoolLedger[],
): readonly PoolLedger[] {
  const known = new Set(ledgers.map(({ poolId }) => poolId));
  const fresh = shard.configurations.filter((configuration) => !known.has(poolIdOf(configuration)));
  return [...ledgers, ...fresh.map((configuration) => ledgerOf(configuration, shard, ledgers))];
}

/** A pool's ledger, or a new one by the shard's figures when none was written yet. */
export function ledgerOf(
  configuration: LicenseConfiguration,
  shard: InventoryShard,
  ledgers: readonly PoolLedger[],
): PoolLedger {
  const poolId = poolIdOf(configuration);
  const written = ledgers.find((ledger) => ledger.poolId === poolId);
  if (written !== undefined) return written;
  const asOf = shard.sources['license-configurations']?.asOf ?? new Date(0);
  return newLedger(configuration, countConsumption(shard, configuration), asOf);
}
