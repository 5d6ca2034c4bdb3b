import type { DraftPlan } from '#domain/consolidation/draft-plan.ts';
import { worthOf } from '#domain/consolidation/flat-prices.ts';
import type { CountedProblem, Fleet } from '#domain/consolidation/fleet.ts';
import { bestContent, drafted, type HostContent } from '#domain/consolidation/host-pricing.ts';
import { HostSupply } from '#domain/consolidation/host-supply.ts';
import { cheapestWay, type MachineKind, type Way } from '#domain/consolidation/machine-kind.ts';
import { amount } from '#domain/consolidation/numbers.ts';

/** What things are taken to be worth while a plan is made. */
export interface Worth {
  /** That one machine of a kind runs. */
  kind(kind: MachineKind): number;
  /** One unit of each scarce right. */
  readonly units: ReadonlyMap<string, number>;
}

/** A machine is worth what it costs by itself; one that cannot run so, more than any host. */
export function worthAlone(
  { kinds, fleets }: CountedProblem,
  units: ReadonlyMap<string, number>,
): Worth {
  const ways = new Map(kinds.map((kind) => [kind, cheapestWay(kind.alone, units)]));
  const most = [...fleets, ...kinds.flatMap(({ alone, hosted }) => [...alone, ...hosted])].reduce(
    (sum, charge) => Math.max(sum, worthOf(charge, units)),
    1,
  );
  return {
    units,
    kind(kind) {
      const way = ways.get(kind) ?? null;
      return way === null ? 3 * most : worthOf(way, units);
    },
  };
}

/**
 * The host that saves the most for each of its cores, as often as there are machines for it; then the
 * next one. What no host saves anything on runs by itself.
 *
 * @returns `null` when machines are left that cannot
 */
export function greedyStart(counted: CountedProblem, worth: Worth): DraftPlan | null {
  const left = new Map(counted.kinds.map((kind) => [kind, kind.count]));
  const supply = new HostSupply(counted);
  const contents: { readonly content: HostContent; readonly count: number }[] = [];
  let offers = counted.fleets.map((fleet) => offerOf(fleet, worth, left, supply));
  for (;;) {
    const best = bestOffer(offers);
    if (best === undefined) break;
    // Others were made before machines had left: they are worth that much at most.
    const offer = offerOf(best.fleet, worth, left, supply);
    offers = offers.map((other) => (other === best ? offer : other));
    if (offer.content === null || offer.saving < best.saving) continue;
    contents.push({ content: offer.content, count: buy(offer.content, left, supply) });
  }
  return draftOf(contents, counted, worth, left);
}

interface Offer {
  readonly fleet: Fleet;
  readonly content: HostContent | null;
  /** For each core. */
  readonly saving: number;
}

function offerOf(
  fleet: Fleet,
  worth: Worth,
  left: ReadonlyMap<MachineKind, number>,
  supply: HostSupply,
): Offer {
  const content = bestContent(
    fleet,
    ({ kind, way }) => worth.kind(kind) - worthOf(way, worth.units),
    (kind) => amount(left, kind),
  );
  const price = worthOf({ micros: supply.micros(fleet), uses: fleet.uses }, worth.units);
  const { count, cores } = fleet.type.compartments;
  return { fleet, content, saving: ((content?.worth ?? 0) - price) / (count * cores) };
}

function bestOffer(offers: readonly Offer[]): Offer | undefined {
  let best: Offer | undefined;
  for (const offer of offers) {
    if (offer.saving > (best?.saving ?? 0)) best = offer;
  }
  return best;
}

/** As many hosts as there are machines to fill them alike, at the price of the first. */
function buy(
  { fleet, seats }: HostContent,
  left: Map<MachineKind, number>,
  supply: HostSupply,
): number {
  const price = supply.micros(fleet);
  const needs = new Map<MachineKind, number>();
  for (const [{ kind }, count] of seats) needs.set(kind, amount(needs, kind) + count);
  let bought = 0;
  do {
    supply.take(fleet);
    bought += 1;
    for (const [kind, count] of needs) left.set(kind, amount(left, kind) - count);
  } while (
    supply.micros(fleet) === price &&
    [...needs].every(([kind, count]) => amount(left, kind) >= count)
  );
  return bought;
}

function draftOf(
  contents: readonly { readonly content: HostContent; readonly count: number }[],
  { kinds }: CountedProblem,
  { units }: Worth,
  left: ReadonlyMap<MachineKind, number>,
): DraftPlan | null {
  const alone: { kind: MachineKind; way: Way; count: number }[] = [];
  for (const kind of kinds) {
    const count = amount(left, kind);
    if (count <= 0) continue;
    const way = cheapestWay(kind.alone, units);
    if (way === null) return null;
    alone.push({ kind, way, count });
  }
  return { ...drafted(contents), alone, sources: [], spares: [] };
}
