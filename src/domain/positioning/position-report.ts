import type { LicensingSettings } from '#domain/estate/licensing-settings.ts';
import type { PositionReport } from '#domain/licenses/position-report.ts';
import { type EstateFold, foldEstate } from '#domain/positioning/estate-fold.ts';
import { neverCollected } from '#domain/positioning/missing-sources.ts';
import { ownedLines } from '#domain/positioning/owned-lines.ts';
import type { Knowledge, PositionInput } from '#domain/positioning/position-input.ts';
import { positionSlices, together } from '#domain/positioning/slices.ts';
import type { TermsCell } from '#domain/positioning/terms-cells.ts';
import { termsSlices } from '#domain/positioning/terms-slices.ts';
import { declaredDeployments, deploymentsOf } from '#domain/software/deployments.ts';
import { softwareCatalog } from '#domain/software/software-catalog.ts';
import { vendorTerms } from '#domain/vendors/vendor-terms.ts';

/**
 * Where the company stands: what is tracked and what the vendors' terms ask for, in every slice, why
 * they differ, and what is not in it. Never legal advice. The order of the shards does not matter.
 */
export function positionReport(input: PositionInput): PositionReport {
  return positionBy(knowledgeOf(input.settings), input);
}

/** Everything that is known here of software and its vendors' terms. */
export function knowledgeOf(settings: LicensingSettings): Knowledge {
  return {
    deploymentsOf: (shard) => deploymentsOf(shard, settings),
    declaredDeployments,
    terms: vendorTerms(settings),
    catalog: softwareCatalog(settings),
  };
}

/** The same by other knowledge of software and terms. */
export function positionBy(knowledge: Knowledge, input: PositionInput): PositionReport {
  const fold = foldEstate(knowledge, input);
  const { pools, cells, tracked, owners, gaps } = fold;
  const health = [...fold.health.values(), ...missingScopes(fold, input)];
  const terms = termsSlices({
    pools: pools.all,
    owned: ownedLines(pools.all, input.now),
    cells: inOrder(cells),
    vendors: knowledge.terms,
  });
  const { accountNames } = input;
  return {
    ...together(health),
    missing: sortedBy(
      health.flatMap(({ missing }) => missing),
      ({ account, region, source }) => `${account} ${region} ${source}`,
    ),
    slices: positionSlices({ pools, tracked, owners, terms, health, accountNames }),
    gaps: sortedBy(gaps, ({ resources: _, ...gap }) => JSON.stringify(gap)),
  };
}

/** What is looked after, and where configurations that others share belong. */
function missingScopes({ configurations, health }: EstateFold, input: PositionInput) {
  return neverCollected([...input.expectedScopes, ...configurations.values()], health);
}

/** Always the same order, so that findings list resources in it whatever the order of the shards. */
function inOrder(cells: readonly TermsCell[]): readonly TermsCell[] {
  return sortedBy(cells, ({ account, region }) => `${account} ${region}`);
}

function sortedBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): readonly Item[] {
  return items
    .map((item) => ({ item, key: keyOf(item) }))
    .toSorted((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)))
    .map(({ item }) => item);
}
