import { dayOf } from '#domain/calendar-date.ts';
import type { Right } from '#domain/consolidation/consolidation-problem.ts';
import type { Compute, DeployedOn } from '#domain/estate/deployment.ts';
import { DAY_MS } from '#domain/instant.ts';
import { type Entitlement, isInForce } from '#domain/licenses/entitlement.ts';
import { UNKNOWN_TERMS } from '#domain/licenses/license-terms.ts';
import type { PositionReport } from '#domain/licenses/position-report.ts';
import type { Money } from '#domain/money.ts';
import type { RightDraw } from '#domain/optimization/estate-rights.ts';
import type { LicensePool } from '#domain/positioning/license-pools.ts';
import { linesOf } from '#domain/positioning/terms-cells.ts';
import { type LineKey, lineText } from '#domain/positioning/terms-tally.ts';
import { byolEligibility } from '#domain/vendors/byol-eligibility.ts';

/** What a program may draw on, and what it is called by. */
export interface ProgramRight {
  readonly right: Right;
  readonly pool: LicensePool | null;
  readonly line: LineKey;
  /** Units that the machines of the program draw now. */
  readonly drawnNow: number;
  /** False: nobody knows what one more would cost. */
  readonly priced: boolean;
}

/** What rights are made from. */
export interface RightsQuestion {
  readonly pools: readonly LicensePool[];
  readonly position: PositionReport;
  /** Of all options of all machines, each right once. */
  readonly draws: readonly Omit<RightDraw, 'units'>[];
  /** By right: what the program's machines draw now, all together. */
  readonly drawnNow: ReadonlyMap<string, number>;
  readonly purchaseMonths: number;
  readonly now: Date;
}

/**
 * Rights that options draw on. What others than the program's machines require is set aside; where
 * nobody knows what is owned, what is drawn now is taken for owned, and nothing more can be had.
 */
export function programRights(question: RightsQuestion): readonly ProgramRight[] {
  const lines = poolLines(question.position);
  return question.draws.map((draw) => {
    const { rightId, pool, line } = draw;
    const drawnNow = question.drawnNow.get(rightId) ?? 0;
    const stock = lines.get(`${pool?.id ?? ''} ${lineText(line)}`);
    const owned = ownedFor(stock, drawnNow);
    const prices = pricesOf(pool, line, question);
    return {
      pool,
      line,
      drawnNow,
      priced: prices.bought !== null,
      right: {
        id: rightId,
        owned,
        ownedUnitMicros: prices.owned,
        buyable:
          isForSale(line, question.now) && prices.bought !== null
            ? Number.POSITIVE_INFINITY
            : Math.max(0, drawnNow - owned),
        boughtUnitMicros: prices.bought ?? 0,
      },
    };
  });
}

/**
 * Whether what is bought today may be used on AWS: Windows Server may not, so that more of it than is
 * owned already helps nobody here.
 */
function isForSale({ product, edition }: LineKey, now: Date): boolean {
  const compute = { ...NOWHERE, placement: 'dedicated-host' as const };
  const on = { ...NOTHING_YET, compute };
  const terms = { ...UNKNOWN_TERMS, softwareAssurance: true, subscription: false };
  const bought = { ...terms, purchasedOn: dayOf(now) };
  return byolEligibility({ product, edition, version: null, on }, bought).allowed !== false;
}

const NOWHERE: Omit<Compute, 'placement'> = {
  instanceType: null,
  activeVcpus: null,
  maximumVcpus: null,
  activeThreadsPerCore: null,
  defaultThreadsPerCore: null,
  memoryMib: null,
  host: null,
};

const NOTHING_YET: Omit<DeployedOn, 'compute'> = {
  kind: 'instance',
  id: '',
  arn: null,
  account: '',
  region: '',
  name: null,
  owner: null,
  running: true,
};

interface Stock {
  readonly entitled: number | null;
  /** Required and held, by everything there is. */
  readonly needed: number;
}

function poolLines({ slices }: PositionReport): ReadonlyMap<string, Stock> {
  const pools = slices.filter(({ dimension }) => dimension === 'pool');
  return new Map(
    pools.flatMap(({ key, terms }) =>
      terms.map((line) => [
        `${key} ${lineText(line)}`,
        { entitled: line.entitled, needed: line.requiredAtLeast + line.held },
      ]),
    ),
  );
}

function ownedFor(stock: Stock | undefined, drawnNow: number): number {
  if (stock === undefined || stock.entitled === null) return drawnNow;
  return Math.max(0, Math.floor(stock.entitled - Math.max(0, stock.needed - drawnNow)));
}

interface UnitPrices {
  /** A month of one owned unit that is used. */
  readonly owned: number;
  /** A month of one more; `null`: not known. */
  readonly bought: number | null;
}

/** By the newest entitlement in force that states a price. Only US dollars can be added to AWS's prices. */
function pricesOf(
  pool: LicensePool | null,
  line: LineKey,
  { purchaseMonths, now }: Pick<RightsQuestion, 'purchaseMonths' | 'now'>,
): UnitPrices {
  const lineOf = linesOf(pool);
  const text = lineText(line);
  const newest = (pool?.entitlements ?? [])
    .filter((one) => isInForce(one, now) && lineText(lineOf(one)) === text)
    .toSorted((a, b) => b.purchasedOn.localeCompare(a.purchasedOn));
  const maintenance = newest.map(monthlyUpkeep).find((micros) => micros !== null) ?? 0;
  const prices = newest.map((one) => ({ once: dollarsOf(one.unitPrice), months: monthsOf(one) }));
  const priced = prices.find(({ once }) => once !== null);
  if (priced?.once == null) return { owned: maintenance, bought: null };
  const spread = Math.round(priced.once / (priced.months ?? purchaseMonths));
  const renewed = priced.months === null ? 0 : spread;
  return { owned: renewed + maintenance, bought: spread + maintenance };
}

/** What using one owned unit costs a month: its maintenance, which ends with the need for it. */
function monthlyUpkeep({ maintenancePrice }: Entitlement): number | null {
  const yearly = dollarsOf(maintenancePrice);
  return yearly === null ? null : Math.round(yearly / 12);
}

const DAYS_PER_MONTH = 365 / 12;

/** For how many months a subscription was paid, after which it is paid again; `null`: it is perpetual. */
function monthsOf({ kind, purchasedOn, expiresOn }: Entitlement): number | null {
  if (kind === 'perpetual' || expiresOn === null) return null;
  const days = (Date.parse(expiresOn) - Date.parse(purchasedOn)) / DAY_MS;
  return Math.max(1, Math.round(days / DAYS_PER_MONTH));
}

function dollarsOf(price: Money | null): number | null {
  return price?.currency === 'USD' ? price.micros : null;
}
