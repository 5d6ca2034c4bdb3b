import type {
  Consolidation,
  ConsolidationPlan,
  Infeasible,
} from '#domain/consolidation/consolidation-plan.ts';
import { decodeDraft } from '#domain/consolidation/decode-draft.ts';
import type { DraftPlan } from '#domain/consolidation/draft-plan.ts';
import type { CountedProblem } from '#domain/consolidation/fleet.ts';
import { pricePlan } from '#domain/consolidation/price-plan.ts';

/** The best that is known at any time. */
export class Incumbent {
  readonly #counted: CountedProblem;
  readonly #clock: () => number;
  readonly #started: number;
  #plan: ConsolidationPlan | null = null;
  #bound = 0;
  #unitMicros: ReadonlyMap<string, number> = new Map();
  #refused: Infeasible = { code: 'out-of-time' };

  /** @param clock milliseconds since any time */
  constructor(counted: CountedProblem, clock: () => number) {
    this.#counted = counted;
    this.#clock = clock;
    this.#started = clock();
  }

  get seconds(): number {
    return (this.#clock() - this.#started) / 1000;
  }

  /** @returns whether it is the best plan so far; one that cannot be carried out never is */
  offer(draft: DraftPlan): boolean {
    const placements = decodeDraft(this.#counted, draft);
    if ('code' in placements) {
      if (placements.code === 'apart-short') this.#refused = placements;
      return false;
    }
    const { plan, shortages } = pricePlan(this.#counted.problem, placements);
    return shortages.length === 0 && this.consider(plan);
  }

  /** @returns whether it is the best plan so far */
  consider(plan: ConsolidationPlan): boolean {
    if (this.#plan !== null && plan.micros >= this.#plan.micros) return false;
    this.#plan = plan;
    return true;
  }

  /** Nothing costs less. */
  prove(bound: number): void {
    if (Number.isFinite(bound)) this.#bound = Math.max(this.#bound, bound);
  }

  /** @param micros by scarce right, what one unit is worth */
  value(micros: ReadonlyMap<string, number>): void {
    this.#unitMicros = micros;
  }

  /** How far the plan may be above the best there is. */
  get gap(): number {
    const cost = this.#plan?.micros ?? Number.POSITIVE_INFINITY;
    return cost <= this.#bound ? 0 : cost / this.#bound - 1;
  }

  /** @param infeasible why there is no plan, where it is known; else what the last one was refused for */
  result(infeasible: Infeasible | null): Consolidation {
    const proven = this.gap <= PRECISION;
    const cost = this.#plan?.micros ?? 0;
    return {
      plan: this.#plan,
      lowerBoundMicros: proven ? cost : this.#bound,
      gap: proven ? 0 : this.gap,
      proven,
      unitValues: this.#unitValues(),
      infeasible: this.#plan === null ? (infeasible ?? this.#refused) : null,
      seconds: this.seconds,
    };
  }

  #unitValues(): ReadonlyMap<string, number> {
    const bought = new Set(
      this.#plan?.drawn.filter(({ bought }) => bought > 0).map(({ rightId }) => rightId),
    );
    return new Map(
      this.#counted.problem.rights.map(({ id, ownedUnitMicros, boughtUnitMicros }) => {
        const unit = this.#unitMicros.get(id) ?? (bought.has(id) ? boughtUnitMicros : 0);
        return [id, Math.max(0, Math.round(unit - ownedUnitMicros))];
      }),
    );
  }
}

/** Solvers calculate so exactly: a plan that is closer to the bound cannot be told from the best. */
const PRECISION = 1e-7;
