import type { DeployedOn } from '#domain/deployment.ts';
import type { LicensePool } from '#domain/positioning/license-pools.ts';
import {
  addRequirement,
  type LineKey,
  lineText,
  newTally,
  type TermsTally,
} from '#domain/positioning/terms-tally.ts';
import type { Requirement } from '#domain/requirement.ts';
import { append } from '#domain/shard-index.ts';

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

/** Cells by what tells them apart; they grow in place while a position is folded. */
export type TermsCells = Map<string, TermsCell>;

/** Where a requirement counts. */
export interface Place {
  readonly pool: LicensePool | null;
  /** Configurations that count a resource for the product, by its id. */
  readonly configurationArns: ReadonlyMap<string, readonly string[]>;
}

/** Add a requirement. A host's is shared out evenly among what is on it, so that slices add up. */
export function addToCells(cells: TermsCells, requirement: Requirement, place: Place): void {
  for (const { cell, on } of sharesOf(cells, requirement, place)) {
    const resources = on.map(({ id }) => id);
    addRequirement(cell.tally, requirement, on.length / requirement.on.length, resources);
  }
}

/** Add what open requests will need. */
export function holdInCells(
  cells: TermsCells,
  requirement: Requirement,
  heldUnits: number,
  place: Place,
): void {
  for (const { cell, on } of sharesOf(cells, requirement, place)) {
    cell.tally.heldUnits += (heldUnits * on.length) / requirement.on.length;
  }
}

interface Share {
  readonly cell: TermsCell;
  readonly on: readonly DeployedOn[];
}

function sharesOf(cells: TermsCells, requirement: Requirement, place: Place): readonly Share[] {
  const line = lineFor(requirement, place.pool);
  const [only, another] = requirement.on;
  if (only !== undefined && another === undefined) {
    return [{ cell: cellOf(cells, only, line, place), on: requirement.on }];
  }
  const shares = new Map<TermsCell, DeployedOn[]>();
  for (const on of requirement.on) append(shares, cellOf(cells, on, line, place), on);
  return [...shares].map(([cell, on]) => ({ cell, on }));
}

/** The line of a pool that something counts in: where entitlements are for all editions, that one. */
export function lineFor({ product, edition, metric }: LineKey, pool: LicensePool | null): LineKey {
  const forAll = pool?.entitlements.some(
    (entitlement) =>
      entitlement.product === product &&
      entitlement.metric === metric &&
      entitlement.edition === null,
  );
  return { product, edition: forAll ? null : edition, metric };
}

const NONE: readonly string[] = [];

function cellOf(
  cells: TermsCells,
  { id, account, region, owner }: DeployedOn,
  line: LineKey,
  { pool, configurationArns }: Place,
): TermsCell {
  const arns = configurationArns.get(id) ?? NONE;
  const texts = [pool?.id ?? '', account, region, arns.join(' '), lineText(line), owner ?? ''];
  const key = texts.map((text) => `${text.length}:${text}`).join('');
  const known = cells.get(key);
  if (known !== undefined) return known;
  const cell: TermsCell = {
    pool,
    account,
    region,
    owner: owner ?? '',
    configurationArns: arns,
    tally: newTally(line),
  };
  cells.set(key, cell);
  return cell;
}
