import { isReadSeldom, readEvery } from '#domain/estate/collection-round.ts';
import { type InventoryShard, PositionSource, type SourceNote } from '#domain/estate/inventory.ts';
import type { MissingSource } from '#domain/licenses/position-report.ts';
import { type Scope, scopeKey } from '#domain/scope.ts';

/** How whole and how old what is known of one account and Region is. */
export interface ScopeHealth {
  readonly scope: Scope;
  /** The oldest of its figures; `null` when nothing was read. */
  readonly asOf: Date | null;
  /** False when a source that totals need is missing, refused or failed. */
  readonly complete: boolean;
  readonly missing: readonly MissingSource[];
}

/** Without these a total lacks resources or sizes. The others add products or explanations. */
const TOTALS_NEED: ReadonlySet<PositionSource> = new Set([
  'license-configurations',
  'license-usage',
  'instances',
  'instance-types',
  'hosts',
  'managed-servers',
  'databases',
]);

/** What of a shard's figures is missing or old. Evidence is none of them. */
export function shardHealth(shard: InventoryShard, now: Date, oldAfterMs: number): ScopeHealth {
  const { account, region, sources } = shard;
  const missing = PositionSource.options.flatMap((source): MissingSource[] => {
    const note = sources[source];
    const state = stateOf(source, note, now, oldAfterMs);
    const { error = null, asOf = null } = note ?? {};
    return state === null ? [] : [{ account, region, source, state, error, asOf }];
  });
  // What is read once a day is no figure: the others say how old these are.
  const times = PositionSource.options.flatMap((source) =>
    isReadSeldom(source) ? [] : (sources[source]?.asOf?.getTime() ?? []),
  );
  return {
    scope: { account, region },
    asOf: times.length === 0 ? null : new Date(Math.min(...times)),
    complete: !missing.some(breaksTotals),
    missing: closedDoor(missing) ?? missing,
  };
}

/** An account that lets nobody in refuses every source alike: said once. */
function closedDoor(missing: readonly MissingSource[]): readonly MissingSource[] | null {
  const [first] = missing;
  const isClosed =
    first !== undefined &&
    missing.length === PositionSource.options.length &&
    missing.every(({ state, error }) => state === 'refused' && error === first.error);
  return isClosed ? [{ ...first, source: null }] : null;
}

function stateOf(
  source: PositionSource,
  note: SourceNote | undefined,
  now: Date,
  oldAfterMs: number,
): MissingSource['state'] | null {
  if (note === undefined) return TOTALS_NEED.has(source) ? 'never' : null;
  if (note.state !== 'read') return note.state;
  if (note.error !== null) return 'failed';
  if (note.asOf === null) return 'never';
  const age = now.getTime() - note.asOf.getTime();
  return age > readEvery(source) + oldAfterMs ? 'old' : null;
}

function breaksTotals({ source, state }: MissingSource): boolean {
  return source !== null && TOTALS_NEED.has(source) && state !== 'off' && state !== 'old';
}

/** Accounts and Regions of which nothing was ever collected. */
export function neverCollected(
  expected: readonly Scope[],
  collected: ReadonlyMap<string, ScopeHealth>,
): readonly ScopeHealth[] {
  const scopes = new Map(expected.map((scope) => [scopeKey(scope), scope]));
  return [...scopes]
    .filter(([key]) => !collected.has(key))
    .map(([, { account, region }]) => ({
      scope: { account, region },
      asOf: null,
      complete: false,
      missing: [{ account, region, source: null, state: 'never', error: null, asOf: null }],
    }));
}
