import { append, entryFor } from '#domain/estate/shard-index.ts';
import type { PositionDimension, TermsLine } from '#domain/licenses/position-report.ts';
import type { Money } from '#domain/money.ts';
import { withSpareOfHigherEditions } from '#domain/positioning/higher-editions.ts';
import type { LicensePool } from '#domain/positioning/license-pools.ts';
import { productKey } from '#domain/positioning/licensed-product.ts';
import { type Owned, type OwnedLines, quantityOfAccount } from '#domain/positioning/owned-lines.ts';
import type { TermsCell } from '#domain/positioning/terms-cells.ts';
import {
  type Shortage,
  shortageOf,
  sumOfShortages,
  termsLine,
  wholeLicenses,
} from '#domain/positioning/terms-lines.ts';
import {
  addTally,
  type LineKey,
  lineText,
  newTally,
  type TermsTally,
} from '#domain/positioning/terms-tally.ts';
import type { VendorTerms } from '#domain/vendors/vendor-terms.ts';

/** What terms lines are made of. */
export interface TermsParts {
  readonly pools: readonly LicensePool[];
  readonly owned: Owned;
  readonly cells: readonly TermsCell[];
  readonly vendors: ReadonlyMap<string, VendorTerms>;
}

/** Lines by dimension and key. */
export type TermsSlices = Readonly<
  Record<PositionDimension, ReadonlyMap<string, readonly TermsLine[]>>
>;

/** Terms lines of every slice, each rounded once. */
export function termsSlices(parts: TermsParts): TermsSlices {
  const { cells } = parts;
  const pool = poolLines(parts);
  const organization = organizationLines(parts, pool);
  return {
    organization: new Map([['organization', organization]]),
    product: productLines(organization),
    pool,
    configuration: configurationLines(parts, pool),
    account: accountLines(parts),
    region: undivided(
      parts.vendors,
      tallied(cells, ({ region }) => [region]),
    ),
    owner: undivided(
      parts.vendors,
      tallied(cells, ({ owner }) => [owner]),
    ),
  };
}

/** Tallies of lines by their text. */
type Tallies = Map<string, TermsTally>;

function tallied(
  cells: readonly TermsCell[],
  keysOf: (cell: TermsCell) => readonly string[],
): ReadonlyMap<string, Tallies> {
  const slices = new Map<string, Tallies>();
  for (const cell of cells) {
    for (const key of keysOf(cell)) {
      const tallies = slices.get(key) ?? new Map<string, TermsTally>();
      slices.set(key, tallies);
      addTally(tallyOf(tallies, cell.tally.line), cell.tally);
    }
  }
  return slices;
}

function tallyOf(tallies: Tallies, line: LineKey): TermsTally {
  return entryFor(tallies, lineText(line), () => newTally(line));
}

/** The same tallies with empty ones for what is owned and not used. */
function withLines(tallies: Tallies | undefined, lines: readonly LineKey[]): Tallies {
  const all = new Map(tallies);
  for (const line of lines) tallyOf(all, line);
  return all;
}

function poolLines({ owned, cells, vendors }: TermsParts): TermsSlices['pool'] {
  const slices = tallied(cells, ({ pool }) => (pool === null ? [] : [pool.id]));
  return new Map(
    [...owned.byPool].map(([id, stocks]) => {
      const tallies = withLines(slices.get(id), linesOf(stocks));
      const lines = [...tallies].map(([text, tally]) => {
        const stock = stocks.get(text);
        return lineWith(tally, vendors, stock?.quantity ?? null, stock?.unitPrice ?? null);
      });
      return [id, sorted(lines)];
    }),
  );
}

/** A line that is short by itself. */
function lineWith(
  tally: TermsTally,
  vendors: TermsParts['vendors'],
  entitled: number | null,
  unitPrice: Money | null,
): TermsLine {
  const vendor = vendors.get(tally.line.product);
  const shortage =
    vendor === undefined || entitled === null
      ? null
      : shortageOf(entitled, wholeLicenses(tally, vendor), unitPrice);
  return termsLine(tally, vendor, entitled, shortage);
}

/** All pools together: as short as they are one by one, and by what no pool is entitled to. */
function organizationLines(parts: TermsParts, pools: TermsSlices['pool']): readonly TermsLine[] {
  const { owned, cells, vendors } = parts;
  const shortages = uncoveredShortages(parts);
  for (const line of [...pools.values()].flat()) {
    const { shortfall: licenses, shortfallCost: cost } = line;
    if (licenses !== null) append(shortages, lineText(line), { licenses, cost });
  }
  const [tallies] = tallied(cells, () => ['']).values();
  const lines = [...withLines(tallies, linesOf(owned.all))].map(([text, tally]) => {
    const short = shortages.get(text);
    return termsLine(
      tally,
      vendors.get(tally.line.product),
      owned.all.get(text)?.quantity ?? null,
      short === undefined ? null : sumOfShortages(short),
    );
  });
  return withSpareOfHigherEditions(sorted(lines));
}

/** What is required where no pool is entitled to it, of lines that are owned elsewhere. */
function uncoveredShortages({ owned, cells, vendors }: TermsParts): Map<string, Shortage[]> {
  const uncovered = cells.filter(
    ({ pool, tally }) => pool === null || !owned.byPool.get(pool.id)?.has(lineText(tally.line)),
  );
  const shortages = new Map<string, Shortage[]>();
  const [tallies = []] = tallied(uncovered, () => ['']).values();
  for (const [text, tally] of tallies) {
    const stock = owned.all.get(text);
    const vendor = vendors.get(tally.line.product);
    if (stock === undefined || vendor === undefined) continue;
    append(shortages, text, shortageOf(0, wholeLicenses(tally, vendor), stock.unitPrice));
  }
  return shortages;
}

/** The organization's lines, by product and by edition. */
function productLines(organization: readonly TermsLine[]): TermsSlices['product'] {
  const slices = new Map<string, TermsLine[]>();
  for (const line of organization) {
    append(slices, line.product, line);
    if (line.edition !== null) append(slices, productKey(line), line);
  }
  return slices;
}

/** A pool's lines where the configuration is all that draws on it; else they are not divided. */
function configurationLines(
  { pools, cells, vendors }: TermsParts,
  lines: TermsSlices['pool'],
): TermsSlices['configuration'] {
  const drawnElsewhere = new Set(
    cells.flatMap(({ pool, configurationArns }) =>
      pool?.configurations.every(({ arn }) => configurationArns.includes(arn)) ? [] : [pool?.id],
    ),
  );
  const slices = new Map(
    undivided(
      vendors,
      tallied(cells, ({ configurationArns }) => configurationArns),
    ),
  );
  const alone = new Map(
    pools
      .filter(({ id, configurations }) => configurations.length === 1 && !drawnElsewhere.has(id))
      .map(({ id, configurations }) => [id, configurations]),
  );
  for (const [id, terms] of lines) {
    for (const { arn } of alone.get(id) ?? []) slices.set(arn, terms);
  }
  return slices;
}

function accountLines({ owned, cells, vendors }: TermsParts): TermsSlices['account'] {
  const alone = new Map<string, LineKey[]>();
  for (const { line, byAccount } of owned.all.values()) {
    for (const account of byAccount.keys()) append(alone, account, line);
  }
  const slices = tallied(cells, ({ account }) => [account]);
  const accounts = new Set([...slices.keys(), ...alone.keys()]);
  return new Map(
    [...accounts].map((account) => {
      const tallies = withLines(slices.get(account), alone.get(account) ?? []);
      const lines = [...tallies].map(([text, tally]) => {
        const stock = owned.all.get(text);
        const entitled = stock === undefined ? null : quantityOfAccount(stock, account);
        return lineWith(tally, vendors, entitled, stock?.unitPrice ?? null);
      });
      return [account, sorted(lines)];
    }),
  );
}

/** Entitlements are not divided by Region or owner. */
function undivided(
  vendors: TermsParts['vendors'],
  slices: ReadonlyMap<string, Tallies>,
): ReadonlyMap<string, readonly TermsLine[]> {
  return new Map(
    [...slices].map(([key, tallies]) => [
      key,
      sorted([...tallies.values()].map((tally) => lineWith(tally, vendors, null, null))),
    ]),
  );
}

function linesOf(stocks: OwnedLines): readonly LineKey[] {
  return [...stocks.values()].map(({ line }) => line);
}

function sorted(lines: readonly TermsLine[]): readonly TermsLine[] {
  return lines.toSorted((a, b) => (lineText(a) < lineText(b) ? -1 : 1));
}
