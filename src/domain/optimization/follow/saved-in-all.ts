import type { Money } from '#domain/money.ts';
import { licenseLine, licensesByLine } from '#domain/optimization/follow/license-sums.ts';
import type { FollowedRecommendation } from '#domain/optimization/followed-recommendation.ts';
import type {
  LicenseSaving,
  Recommendation,
  Savings,
} from '#domain/optimization/recommendation.ts';

/** Savings together, a month: money of each currency apart, licenses of each line apart. */
export interface Sum {
  readonly monthly: readonly Money[];
  readonly licenses: readonly LicenseSaving[];
}

/** What was promised, and what of it came true so far. */
export interface PromisedAndRealized {
  readonly promised: Sum;
  /** By the newest measurement of each. */
  readonly realized: Sum;
  /** Recommendations that were accepted, those of them that are done, and those that were measured. */
  readonly accepted: number;
  readonly done: number;
  readonly measured: number;
}

/** Money and licenses of one recommendation, or of some that add up. */
interface Part {
  readonly monthly: Money | null;
  readonly licenses: readonly LicenseSaving[];
}

/**
 * Adds up what was promised and what was realized, at least: of recommendations that are about the same
 * machine or host only the one that counts most does, for money and for each line of licenses. Those of
 * one plan do add up in what they promise, as each saves what is left after the others; what is measured
 * of one machine is measured whole, and counts once.
 */
export function promisedAndRealized(list: readonly FollowedRecommendation[]): PromisedAndRealized {
  const accepted = list.filter(isAccepted);
  const measured = accepted.filter(({ realized }) => realized.length > 0);
  return {
    promised: sumOf(
      overlapping(accepted).flatMap((group) =>
        most(plansOf(group).map((plan) => sumOf(plan.map(({ promised }) => promised)))),
      ),
    ),
    realized: sumOf(
      overlapping(measured).flatMap((group) => most(group.map((one) => sumOf(newestOf(one))))),
    ),
    accepted: accepted.length,
    done: accepted.filter(({ status }) => status === 'done').length,
    measured: measured.length,
  };
}

type Accepted = FollowedRecommendation & { readonly promised: Savings };

function isAccepted(followed: FollowedRecommendation): followed is Accepted {
  return followed.promised !== null;
}

function newestOf({ realized }: FollowedRecommendation): readonly Part[] {
  return realized.toSorted((a, b) => b.days - a.days).slice(0, 1);
}

/** Those that share a machine or a host, directly or by others, are in one group. */
function overlapping(list: readonly Accepted[]): readonly (readonly Accepted[])[] {
  let groups: {
    readonly on: ReadonlySet<string>;
    readonly of: readonly Accepted[];
  }[] = [];
  for (const one of list) {
    const on = new Set(one.recommendation.subjects.map(({ kind, id }) => `${kind} ${id}`));
    const touched = groups.filter((group) => [...on].some((subject) => group.on.has(subject)));
    const joined = {
      on: new Set([...on, ...touched.flatMap((group) => [...group.on])]),
      of: [...touched.flatMap((group) => group.of), one],
    };
    groups = [...groups.filter((group) => !touched.includes(group)), joined];
  }
  return groups.map((group) => group.of);
}

/** Recommendations of the same plan together; each that is of none by itself. */
function plansOf(group: readonly Accepted[]): readonly (readonly Accepted[])[] {
  return [...Map.groupBy(group, ({ recommendation }) => planKey(recommendation)).values()];
}

function planKey({ id, asOf, atMostBetter }: Recommendation): string {
  return atMostBetter === null ? id : asOf.toISOString();
}

/** The most money of each currency, and the most of each line. */
function most(sums: readonly Sum[]): readonly Part[] {
  const money = Map.groupBy(
    sums.flatMap(({ monthly }) => monthly),
    ({ currency }) => currency,
  );
  const lines = Map.groupBy(
    sums.flatMap(({ licenses }) => licenses),
    licenseLine,
  );
  return [
    ...[...money.values()].map((same) => ({
      monthly: greatest(same, ({ micros }) => micros),
      licenses: [],
    })),
    ...[...lines.values()].map((same) => ({
      monthly: null,
      licenses: [greatest(same, ({ units }) => units)],
    })),
  ];
}

function greatest<Value>(values: readonly Value[], of: (value: Value) => number): Value {
  return values.reduce((best, value) => (of(value) > of(best) ? value : best));
}

function sumOf(parts: readonly Part[]): Sum {
  const money = Map.groupBy(
    parts.flatMap(({ monthly }) => monthly ?? []),
    ({ currency }) => currency,
  );
  return {
    monthly: [...money].map(([currency, same]) => ({
      currency,
      micros: same.reduce((sum, { micros }) => sum + micros, 0),
    })),
    licenses: licensesByLine(parts.flatMap(({ licenses }) => licenses)),
  };
}
