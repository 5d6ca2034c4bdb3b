import fc from 'fast-check';
import type {
  ConsolidationProblem,
  HostType,
  Right,
  Use,
  Workload,
} from '#domain/consolidation/consolidation-problem.ts';

const RIGHTS = ['core', 'server'];

const use: fc.Arbitrary<Use> = fc.record({
  rightId: fc.constantFrom(...RIGHTS),
  units: fc.integer({ min: 0, max: 3 }),
});
const uses = fc.uniqueArray(use, { maxLength: 2, selector: ({ rightId }) => rightId });

const right = (id: string): fc.Arbitrary<Right> =>
  fc.record({
    id: fc.constant(id),
    owned: fc.integer({ min: 0, max: 6 }),
    ownedUnitMicros: fc.integer({ min: 0, max: 4 }),
    buyable: fc.constantFrom(0, 2, Number.POSITIVE_INFINITY),
    boughtUnitMicros: fc.integer({ min: 0, max: 6 }),
  });

const hostType = (id: string): fc.Arbitrary<HostType> =>
  fc
    .record({ count: fc.integer({ min: 1, max: 2 }), cores: fc.integer({ min: 2, max: 6 }) })
    .chain((compartments) =>
      fc.record({
        id: fc.constant(id),
        family: fc.constantFrom('f', 'g'),
        micros: fc.integer({ min: 0, max: 60 }),
        uses,
        compartments: fc.constant(compartments),
        sizes: fc
          .uniqueArray(fc.integer({ min: 1, max: compartments.count * compartments.cores }), {
            minLength: 1,
            maxLength: 4,
          })
          .map((sizes) => sizes.toSorted((one, other) => one - other)),
        existing: fc.constantFrom(
          [],
          [{ hostId: 'h-1', zone: 'a', micros: 5 }],
          [
            { hostId: 'h-1', zone: 'a', micros: 5 },
            { hostId: `h-2-${id}`, zone: 'a', micros: 90 },
          ],
        ),
        mostNew: fc.integer({ min: 0, max: 3 }),
      }),
    );

const workload = (id: string, hostTypes: readonly HostType[]): fc.Arbitrary<Workload> =>
  fc.integer({ min: 1, max: 2 }).chain((count) =>
    fc.record({
      id: fc.constant(id),
      zone: fc.constantFrom('a', 'a', 'b'),
      count: fc.constant(count),
      alone: fc
        .array(fc.record({ micros: fc.integer({ min: 0, max: 50 }), uses }), { maxLength: 2 })
        .map((options) => options.map((option, index) => ({ id: `alone-${index}`, ...option }))),
      hosted: fc
        .tuple(
          ...hostTypes.map((type) =>
            fc.array(
              fc.record({
                hostTypeId: fc.constant(type.id),
                cores: fc.constantFrom(...type.sizes),
                micros: fc.integer({ min: 0, max: 10 }),
                uses,
              }),
              { maxLength: 2 },
            ),
          ),
        )
        .map((options) =>
          options.flat().map((option, index) => ({ id: `hosted-${index}`, ...option })),
        ),
      apart: fc.array(fc.constantFrom('pair', 'ring'), { maxLength: count }),
    }),
  );

/** A few machines, host types and rights; some of it cannot be done. */
export const tinyProblem: fc.Arbitrary<ConsolidationProblem> = fc
  .tuple(hostType('x'), hostType('y'))
  .chain((hostTypes) =>
    fc.record({
      hostTypes: fc.constant(hostTypes),
      workloads: fc
        .tuple(...['one', 'two', 'three'].map((id) => workload(id, hostTypes)))
        .chain((workloads) => fc.subarray(workloads)),
      rights: fc.tuple(...RIGHTS.map(right)),
      headroom: fc.record({
        spareHosts: fc.integer({ min: 0, max: 1 }),
        fillPercent: fc.constantFrom(100, 100, 70),
      }),
    }),
  );
