import { dayAfter } from '#domain/calendar-date.ts';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import { seenDeployments } from '#domain/estate/seen-deployments.ts';
import { append } from '#domain/estate/shard-index.ts';
import { spendingOf } from '#domain/launch/launch-budget.ts';
import { type Entitlement, isInForce } from '#domain/licenses/entitlement.ts';
import type { Hold } from '#domain/licenses/license-pool.ts';
import { type EstateFold, foldEstate } from '#domain/positioning/estate-fold.ts';
import type { LicensePool } from '#domain/positioning/license-pools.ts';
import { ownedLines } from '#domain/positioning/owned-lines.ts';
import type { PositionInput } from '#domain/positioning/position-input.ts';
import { linesOf } from '#domain/positioning/terms-cells.ts';
import { termsSlices } from '#domain/positioning/terms-slices.ts';
import type { Scope } from '#domain/scope.ts';
import { declaredDeployments, deploymentsOf } from '#domain/software/deployments.ts';
import { softwareCatalog } from '#domain/software/software-catalog.ts';
import { type TermsFigures, termsLedgerId } from '#domain/terms/terms-ledger.ts';
import type { TermsView } from '#domain/terms/terms-view.ts';
import { vendorTerms } from '#domain/vendors/vendor-terms.ts';

/** Figures of a line before the holds on it are looked at. */
export type CountedLine = Omit<TermsFigures, 'uncounted'>;

/** What is owned and required by the vendors' terms, and what launches in each place draw on. */
export interface TermsOutlook {
  /** Of every line that is owned. */
  readonly lines: readonly CountedLine[];
  readonly views: readonly { readonly scope: Scope; readonly view: TermsView }[];
  /** What of holds for a product is not among its requirements yet, by consumer; others stay whole. */
  uncounted(product: string, holds: readonly Hold[]): ReadonlyMap<string, number>;
}

const NOTHING_OWNED = { configurations: [], pools: [] };

/** Count an estate as its position does, without what open requests will need. @param asOf when reading it began */
export function termsOutlook(
  input: PositionInput & { readonly shards: readonly InventoryShard[] },
  asOf: Date,
): TermsOutlook {
  const { shards, openRequests, register, settings, now } = input;
  const vendors = vendorTerms(settings);
  const seen = seenDeployments(openRequests);
  const fold = foldEstate(
    {
      deploymentsOf: (shard) => seen.note(shard, deploymentsOf(shard, settings)),
      declaredDeployments,
      terms: vendors,
      catalog: softwareCatalog(settings),
    },
    { ...input, openRequests: [] },
  );
  const pools = fold.pools.all;
  const entitlements = entitlementsByLedger(pools);
  const owned = ownedLines(pools, now);
  const slices = termsSlices({ pools, owned, cells: fold.cells, vendors });
  const spending = spendingOf(shards, openRequests);
  const nothing = register.entitlements.length === 0;
  return {
    lines: [...slices.pool].flatMap(([poolId, lines]) =>
      lines.flatMap((line): CountedLine[] => {
        const { product, edition, metric, entitled, required, requiredAtLeast } = line;
        const key = { product, edition, metric };
        const id = termsLedgerId(poolId, key);
        const own = entitlements.get(id);
        if (own === undefined) return [];
        const end = firstEnd(own, now);
        return [{ id, ...key, entitled, ...end, required, requiredAtLeast, asOf }];
      }),
    ),
    views: shards.map((shard) => ({
      scope: { account: shard.account, region: shard.region },
      view: { ...(nothing ? NOTHING_OWNED : viewOf(shard, fold)), spending },
    })),
    uncounted: seen.uncounted,
  };
}

/** What is owned of every line, by the id of its ledger. */
function entitlementsByLedger(
  pools: readonly LicensePool[],
): ReadonlyMap<string, readonly Entitlement[]> {
  const entitlements = new Map<string, Entitlement[]>();
  for (const pool of pools) {
    const lineOf = linesOf(pool);
    for (const each of pool.entitlements) {
      append(entitlements, termsLedgerId(pool.id, lineOf(each)), each);
    }
  }
  return entitlements;
}

/** When the first of what is in force ends, and what is left then; of what has ended, when the last did. */
function firstEnd(
  entitlements: readonly Entitlement[],
  now: Date,
): Pick<TermsFigures, 'expiresAt' | 'entitledThen'> {
  const inForce = entitlements.filter((entitlement) => isInForce(entitlement, now));
  const [first] = endsOf(inForce);
  const last = endsOf(entitlements).findLast((end) => end <= now);
  const expiresAt = first ?? (inForce.length === 0 ? (last ?? null) : null);
  const staying = inForce.filter(
    ({ expiresOn }) => expiresOn === null || expiresAt === null || dayAfter(expiresOn) > expiresAt,
  );
  return { expiresAt, entitledThen: staying.reduce((sum, { quantity }) => sum + quantity, 0) };
}

function endsOf(entitlements: readonly Entitlement[]): readonly Date[] {
  return entitlements
    .flatMap(({ expiresOn }) => (expiresOn === null ? [] : dayAfter(expiresOn)))
    .toSorted((a, b) => a.getTime() - b.getTime());
}

/** What a launch there can lead to: its configurations' products, and every pool that may serve them. */
function viewOf(
  shard: InventoryShard,
  { tracked, pools }: EstateFold,
): Omit<TermsView, 'spending'> {
  const here = new Set(shard.configurations.map(({ arn }) => arn));
  const configurations = tracked
    .filter(({ configuration }) => here.has(configuration.arn))
    .map(({ configuration, products }) => ({ arn: configuration.arn, products }));
  const wanted = new Set(configurations.flatMap((one) => one.products.map((each) => each.product)));
  return {
    configurations,
    pools: pools.all.flatMap((pool) => {
      const arns = pool.configurations.map(({ arn }) => arn);
      const entitlements = pool.entitlements.filter(({ product }) => wanted.has(product));
      const serves =
        arns.some((arn) => here.has(arn)) ||
        entitlements.some((entitlement) => covers(entitlement, shard.account));
      return serves && entitlements.length > 0
        ? [{ id: pool.id, configurations: arns, entitlements }]
        : [];
    }),
  };
}

function covers({ accounts }: Entitlement, account: string): boolean {
  return accounts.length === 0 || accounts.includes(account);
}
