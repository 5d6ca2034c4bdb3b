import type { DraftPlan } from '#domain/consolidation/draft-plan.ts';
import type { CountedProblem, Fleet, KeptHosts } from '#domain/consolidation/fleet.ts';
import { amount, listed } from '#domain/consolidation/numbers.ts';
import { entryFor } from '#domain/estate/shard-index.ts';

/** Hosts of a fleet that cost the same. */
interface Stock {
  /** `null`: new ones. */
  readonly kept: KeptHosts | null;
  readonly micros: number;
}

/** Hands out hosts, each existing one once: as a draft has planned it, else the cheapest, existing ones first. */
export class HostSupply {
  readonly #kept: ReadonlyMap<KeptHosts, string[]>;
  readonly #new: Map<Fleet, number>;
  readonly #stocks: ReadonlyMap<Fleet, readonly Stock[]>;
  readonly #planned = new Map<Fleet, Stock[]>();

  constructor(
    { fleets, kept }: Pick<CountedProblem, 'fleets' | 'kept'>,
    sources: DraftPlan['sources'] = [],
  ) {
    this.#kept = new Map(kept.map((alike) => [alike, [...alike.hostIds]]));
    this.#new = new Map(fleets.map((fleet) => [fleet, fleet.type.mostNew]));
    this.#stocks = stocksOf(fleets, kept);
    for (const { fleet, kept, count } of sources) {
      const planned = entryFor(this.#planned, fleet, () => []);
      const micros = kept?.roles.find((role) => role.fleet === fleet)?.micros ?? fleet.micros;
      for (let host = 0; host < count; host += 1) planned.push({ kept, micros });
    }
  }

  /** What the next one costs; `Infinity` when there are no more. */
  micros(fleet: Fleet): number {
    return this.#next(fleet)?.micros ?? Number.POSITIVE_INFINITY;
  }

  /** @returns its id, `null` for a new one, and `undefined` when there are no more */
  take(fleet: Fleet): string | null | undefined {
    const stock = this.#next(fleet);
    this.#planned.get(fleet)?.pop();
    if (stock === undefined) return undefined;
    if (stock.kept !== null) return this.#kept.get(stock.kept)?.pop();
    this.#new.set(fleet, this.#newLeft(fleet) - 1);
    return null;
  }

  #next(fleet: Fleet): Stock | undefined {
    const planned = this.#planned.get(fleet)?.at(-1);
    if (planned !== undefined && this.#has(fleet, planned)) return planned;
    return this.#stocks.get(fleet)?.find((stock) => this.#has(fleet, stock));
  }

  #has(fleet: Fleet, { kept }: Stock): boolean {
    return (kept === null ? this.#newLeft(fleet) : listed(this.#kept, kept).length) > 0;
  }

  #newLeft(fleet: Fleet): number {
    return amount(this.#new, fleet);
  }
}

/** The cheapest first. */
function stocksOf(
  fleets: readonly Fleet[],
  kept: readonly KeptHosts[],
): ReadonlyMap<Fleet, readonly Stock[]> {
  const stocks = new Map<Fleet, Stock[]>();
  for (const alike of kept) {
    for (const { fleet, micros } of alike.roles) {
      entryFor(stocks, fleet, () => []).push({ kept: alike, micros });
    }
  }
  for (const fleet of fleets) {
    entryFor(stocks, fleet, () => []).push({ kept: null, micros: fleet.micros });
  }
  for (const all of stocks.values()) all.sort((one, other) => one.micros - other.micros);
  return stocks;
}
