import { dualBound } from '#domain/consolidation/dual-bound.ts';
import { worthOf } from '#domain/consolidation/flat-prices.ts';
import type { CountedProblem } from '#domain/consolidation/fleet.ts';
import { drawing, type Frame, frameOf } from '#domain/consolidation/frame.ts';
import type { Worth } from '#domain/consolidation/greedy-start.ts';
import { bestContent, type HostContent } from '#domain/consolidation/host-pricing.ts';
import { amount, at } from '#domain/consolidation/numbers.ts';
import type { Column, LinearSolver } from '#domain/solving/linear-program.ts';

/** What a relaxation says: machines and hosts are divisible in it, and spares and groups of no concern. */
export interface RelaxedOptimum {
  /** Nothing costs less there; so nothing does. */
  readonly bound: number;
  /** What one unit of each scarce right would save there. */
  readonly unitMicros: ReadonlyMap<string, number>;
}

/**
 * Contents of whole hosts, found one by one where the relaxation asks for them (Gilmore and Gomory, 1961).
 * The bound holds at any time, also before all of them are found (Lasdon, 1970).
 *
 * @param secondsLeft when to stop
 */
export function relaxedOptimum(
  counted: CountedProblem,
  solver: LinearSolver,
  secondsLeft: () => number,
): RelaxedOptimum {
  const frame = frameOf(counted, true);
  const { rows, columns } = frame.draft;
  const relaxation = solver.relaxation({
    rows,
    columns: [...columns, ...missingColumns(counted, frame)],
  });
  let bound = 0;
  let unitMicros: ReadonlyMap<string, number> = new Map();
  while (secondsLeft() > 0) {
    const { status, rowDuals, objective } = relaxation.solve(secondsLeft());
    if (status !== 'optimal') break;
    const worth = worthIn(frame, rowDuals);
    const { wanted, shortfall } = priceFleets(counted, frame, worth, rowDuals);
    const proven = dualBound(frame.draft, rowDuals) + shortfall;
    if (proven >= bound) ({ units: unitMicros } = worth);
    bound = Math.max(bound, proven);
    if (wanted.length === 0 || bound >= objective * (1 - CLOSE)) break;
    relaxation.add(wanted.map((content) => contentColumn(frame, content)));
  }
  relaxation.dispose();
  return { bound, unitMicros };
}

/** Closer than this, more contents are not worth their time. */
const CLOSE = 1e-6;

/** Machines that run nowhere: there is a relaxation from the start, at a price that nobody wants to pay. */
function missingColumns(counted: CountedProblem, { cover }: Frame): readonly Column[] {
  const dearest = Math.max(
    1,
    ...counted.fleets.map(({ micros }) => micros),
    ...counted.kinds.flatMap(({ alone, hosted }) =>
      [...alone, ...hosted].map(({ micros }) => micros),
    ),
    ...counted.problem.rights.map(({ boughtUnitMicros }) => 100 * boughtUnitMicros),
  );
  return [...cover].map(([kind, row]) => ({
    cost: 10 * dearest,
    lower: 0,
    upper: kind.count,
    integer: true,
    entries: [[row, 1]],
  }));
}

/** Machines are worth something, hosts and units cost something: what solvers find beyond that is rounding. */
function worthIn({ cover, rights }: Frame, duals: ArrayLike<number>): Worth {
  const kinds = new Map([...cover].map(([kind, row]) => [kind, Math.max(0, at(duals, row))]));
  return {
    kind: (kind) => amount(kinds, kind),
    units: new Map([...rights].map(([id, row]) => [id, Math.max(0, -at(duals, row))])),
  };
}

/** The best content of each fleet, where it is worth more than a host; and how much more all hosts could be worth. */
function priceFleets(
  { fleets }: CountedProblem,
  { hosts }: Frame,
  worth: Worth,
  duals: ArrayLike<number>,
): { readonly wanted: readonly HostContent[]; readonly shortfall: number } {
  const wanted: HostContent[] = [];
  let shortfall = 0;
  for (const fleet of fleets) {
    const content = bestContent(
      fleet,
      ({ kind, way }) => worth.kind(kind) - worthOf(way, worth.units),
      ({ count }) => count,
    );
    const price = Math.max(0, -at(duals, amount(hosts, fleet)));
    if (content === null || content.worth <= price) continue;
    shortfall += fleet.mostHosts * (price - content.worth);
    if (content.worth - price > CLOSE * price) wanted.push(content);
  }
  return { wanted, shortfall };
}

function contentColumn(frame: Frame, { fleet, seats }: HostContent): Column {
  const entries = new Map([[amount(frame.hosts, fleet), 1]]);
  const add = (row: number, value: number) => entries.set(row, amount(entries, row) + value);
  let cost = 0;
  for (const [{ kind, way }, count] of seats) {
    cost += way.micros * count;
    add(amount(frame.cover, kind), count);
    for (const [row, units] of drawing(way, frame.rights)) add(row, units * count);
  }
  return {
    cost,
    lower: 0,
    upper: Number.POSITIVE_INFINITY,
    integer: true,
    entries: [...entries],
  };
}
