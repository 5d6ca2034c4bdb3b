import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countProblem } from '#domain/consolidation/fleet.ts';
import { bestContent } from '#domain/consolidation/host-pricing.ts';
import { aHostType, aProblem, aWorkload, onHost } from './builders.ts';

const hosts = fc.record({
  count: fc.integer({ min: 1, max: 2 }),
  cores: fc.integer({ min: 2, max: 8 }),
});
const machines = fc.array(
  fc.record({
    size: fc.integer({ min: 1, max: 8 }),
    count: fc.integer({ min: 1, max: 2 }),
    worth: fc.integer({ min: -2, max: 20 }),
  }),
  { minLength: 1, maxLength: 4 },
);

describe('the best content of a host', () => {
  it('is worth as much as any that fits', () => {
    fc.assert(
      fc.property(hosts, machines, (compartments, wanted) => {
        const most = compartments.count * compartments.cores;
        const known = wanted.filter(({ size }) => size <= most);
        fc.pre(known.length > 0);
        const sizes = [...new Set(known.map(({ size }) => size))].toSorted((a, b) => a - b);
        const { fleets } = countProblem(
          aProblem({
            hostTypes: [aHostType({ compartments, sizes })],
            workloads: known.map(({ size, count, worth }, index) =>
              aWorkload({
                id: `${index}`,
                count,
                hosted: [onHost({ cores: size, micros: 100 - worth + index * 1e-3 })],
              }),
            ),
          }),
        );

        const contents = fleets.map((fleet) =>
          bestContent(
            fleet,
            ({ way }) => Math.round(100 - way.micros),
            ({ count }) => count,
          ),
        );
        const items = known.flatMap(({ count, ...item }) => Array(count).fill(item));
        expect(contents.map((content) => content?.worth ?? 0)).toEqual([
          worthiest(compartments, items),
        ]);
      }),
      { numRuns: 300 },
    );
  });

  it('is nothing where nothing is worth anything', () => {
    const [fleet] = countProblem(aProblem()).fleets;

    expect(
      fleet &&
        bestContent(
          fleet,
          () => 0,
          () => 1,
        ),
    ).toBe(null);
  });
});

function worthiest(
  { count, cores }: { count: number; cores: number },
  [first, ...rest]: readonly { size: number; worth: number }[],
  load: readonly number[] = Array(count).fill(0),
): number {
  if (load.some((each) => each > cores + 1e-9)) return Number.NEGATIVE_INFINITY;
  if (first === undefined) return 0;
  const ways =
    first.size > cores
      ? [load.map((each) => each + first.size / count)]
      : load.map((_, place) =>
          load.map((each, index) => each + (index === place ? first.size : 0)),
        );
  const put = ways.map((way) => first.worth + worthiest({ count, cores }, rest, way));
  return Math.max(worthiest({ count, cores }, rest, load), ...put);
}
