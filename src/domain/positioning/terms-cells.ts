import type { DeployedOn } from '#domain/estate/deployment.ts';
import { append, entryFor } from '#domain/estate/shard-index.ts';
import { isOption } from '#domain/licenses/product.ts';
import type { Requirement } from '#domain/licenses/requirement.ts';
import type { LicensePool } from '#domain/positioning/license-pools.ts';
import {
  addRequirement,
  type LineKey,
  newTally,
  type TermsTally,
} from '#domain/positioning/terms-tally.ts';

/** The smallest part of a position: every slice is a sum of cells. */
export interface TermsCell {
  /** `null`: no entitlement covers it, no configuration counts it. */
  readonly pool: LicensePool | null;
  readonly account: string;
  readonly region: string;
  /** Empty without an owner tag. */
  readonly owner: string;
  /** Configurations that count these resources for this product. */
  readonly configurationArns: readonly string[];
  readonly tally: TermsTally;
}

/** Where requirements count. */
export interface Place {
  readonly pool: LicensePool | null;
  /** Configurations that count a resource for the product, by its id. */
  readonly configurationArns: ReadonlyMap<string, readonly string[]>;
}

/** Adds to the cells of one place. */
export interface CellWriter {
  /** A host's requirement is shared out evenly among what is on it, so that slices add up. */
  add(requirement: Requirement): void;
  /** What open requests will need of a line, on these machines. */
  hold(line: LineKey, on: readonly DeployedOn[], units: number): void;
}

/** Cells of a place that is new; every requirement finds its own without writing keys. */
export function cellWriter(cells: TermsCell[], place: Place): CellWriter {
  const lines = linesOf(place.pool);
  const found = new Map<LineKey, Map<string, TermsCell[]>>();

  return {
    add(requirement) {
      const { on } = requirement;
      for (const [cell, shared] of sharesOf(lines(requirement), on)) {
        addRequirement(cell.tally, requirement, shared.length / on.length, shared);
      }
    },
    hold(line, on, units) {
      for (const [cell, shared] of sharesOf(lines(line), on)) {
        cell.tally.heldUnits += (units * shared.length) / on.length;
      }
    },
  };

  function sharesOf(
    line: LineKey,
    on: readonly DeployedOn[],
  ): Iterable<readonly [TermsCell, readonly DeployedOn[]]> {
    const [only, another] = on;
    if (only !== undefined && another === undefined) return [[cellOf(line, only), on]];
    const shares = new Map<TermsCell, DeployedOn[]>();
    for (const one of on) append(shares, cellOf(line, one), one);
    return shares;
  }

  function cellOf(line: LineKey, { id, account, region, owner }: DeployedOn): TermsCell {
    const configurationArns = place.configurationArns.get(id) ?? NONE;
    const owners = entryFor(found, line, newOwners);
    const siblings = entryFor(owners, owner ?? '', newSiblings);
    for (const cell of siblings) {
      if (
        cell.account === account &&
        cell.region === region &&
        isSame(cell.configurationArns, configurationArns)
      ) {
        return cell;
      }
    }
    const { pool } = place;
    const tally = newTally(line);
    const cell = { pool, account, region, owner: owner ?? '', configurationArns, tally };
    siblings.push(cell);
    cells.push(cell);
    return cell;
  }
}

function newOwners(): Map<string, TermsCell[]> {
  return new Map();
}

function newSiblings(): TermsCell[] {
  return [];
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((text, index) => text === others[index]);
}

const NONE: readonly string[] = [];

/** The line of a pool that something counts in: where entitlements are for all editions, that one; options apart. */
export function linesOf(
  pool: Pick<LicensePool, 'entitlements'> | null,
): (line: LineKey) => LineKey {
  const forAll = new Set(
    pool?.entitlements
      .filter(({ edition }) => edition === null)
      .map(({ product, metric }) => `${product} ${metric}`),
  );
  const known = new Map<string, Map<string, Map<string | null, LineKey>>>();
  return ({ product, edition, metric }) => {
    const metrics = entryFor(known, product, () => new Map<string, Map<string | null, LineKey>>());
    const editions = entryFor(metrics, metric, () => new Map<string | null, LineKey>());
    return entryFor(editions, edition, () =>
      forAll.has(`${product} ${metric}`) && !isOption(product, edition)
        ? entryFor(editions, null, () => ({ product, edition: null, metric }))
        : { product, edition, metric },
    );
  };
}
