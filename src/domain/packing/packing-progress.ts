import { cell } from '#domain/packing/cell.ts';
import { checkPacking, type PackingTotals } from '#domain/packing/check-packing.ts';
import type { PackingInstance, PackingPlan } from '#domain/packing/packing-instance.ts';

/** The best plan so far, what is proven, and the time that is left. */
export interface PackingProgress {
  readonly instance: PackingInstance;
  readonly plan: PackingPlan;
  readonly totals: PackingTotals;
  readonly lowerBound: number;
  /** Costs are multiples of this. */
  readonly step: number;
  /** Takes a plan that holds everything, maybe some of it twice. */
  offer(plan: PackingPlan): void;
  /** Takes what is proven: nothing costs less. */
  raise(bound: number): void;
  /** The cheapest cost that such a bound allows. */
  rounded(bound: number): number;
  secondsLeft(): number;
  mayGoOn(): boolean;
}

export interface PackingLimits {
  readonly seconds: number;
  /** Milliseconds of any clock that only goes forward. */
  readonly now: () => number;
}

/** Below what a linear program is exact to. */
const NOISE = 1e-6;

export function startProgress(
  instance: PackingInstance,
  { seconds, now }: PackingLimits,
  onBetter: (progress: PackingProgress) => void,
): PackingProgress {
  const end = now() + seconds * 1000;
  const step = costStep(instance);
  let plan: PackingPlan = [];
  let totals: PackingTotals = { bins: Number.POSITIVE_INFINITY, cost: Number.POSITIVE_INFINITY };
  let lowerBound = 0;
  const progress: PackingProgress = {
    instance,
    step,
    get plan() {
      return plan;
    },
    get totals() {
      return totals;
    },
    get lowerBound() {
      return lowerBound;
    },
    offer(offered) {
      const trimmed = trim(instance, offered);
      const counted = checkPacking(instance, trimmed);
      if (counted.cost >= totals.cost) return;
      plan = trimmed;
      totals = counted;
      onBetter(progress);
    },
    raise(bound) {
      lowerBound = Math.max(lowerBound, Math.min(progress.rounded(bound), totals.cost));
    },
    rounded: (bound) => Math.ceil(bound / step - NOISE) * step,
    secondsLeft: () => Math.max(0, (end - now()) / 1000),
    mayGoOn: () => lowerBound < totals.cost && now() < end,
  };
  return progress;
}

function costStep({ binCost, setups }: PackingInstance): number {
  const divisor = setups.reduce((sum, { cost }) => greatestDivisor(sum, cost), binCost);
  return Math.max(divisor, 1);
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b);
}

/** Leaves out what earlier bins hold already. */
function trim({ items }: PackingInstance, plan: PackingPlan): PackingPlan {
  const open = items.map(({ demand }) => demand);
  const bins = plan.flatMap(({ times, counts }) => Array.from({ length: times }, () => counts));
  return bins
    .map((counts) => {
      const kept = counts.map(
        ([type, count]) => [type, Math.min(count, cell(open, type))] as const,
      );
      for (const [type, count] of kept) open[type] = cell(open, type) - count;
      return { times: 1, counts: kept.filter(([, count]) => count > 0) };
    })
    .filter(({ counts }) => counts.length > 0);
}
