import { describe, expect, it } from 'vitest';
import { countProblem } from '#domain/consolidation/fleet.ts';
import { aProblem, aRight, aWorkload, byItself, onHost } from './builders.ts';

const sql = (units: number) => [{ rightId: 'sql', units }];

/** Of a problem whose one right is scarce. */
function kindsOf(...workloads: readonly Parameters<typeof aWorkload>[0][]) {
  const rights = [aRight({ owned: 1, buyable: 2 })];
  return countProblem(aProblem({ workloads: workloads.map(aWorkload), rights })).kinds;
}

describe('kinds of machines', () => {
  it('are of any workloads that can run in the same ways', () => {
    const alike = { count: 2, apart: ['g'] };

    const kinds = kindsOf(
      { id: 'one', ...alike },
      { id: 'two', ...alike },
      { id: 'far', zone: 'b' },
    );

    expect(
      kinds.map(({ workloads, ...kind }) => [workloads.map(({ id }) => id), kind]),
    ).toMatchObject([
      [['one', 'two'], { count: 4, grouped: 2, groups: 1 }],
      [['far'], { count: 1, grouped: 0 }],
    ]);
  });

  it('run in no way that another one beats whatever a unit is worth', () => {
    const [kind] = kindsOf({
      alone: [
        { ...byItself(10, sql(2)), id: 'dear' },
        { ...byItself(10, sql(1)), id: 'first' },
        { ...byItself(10, sql(1)), id: 'same' },
        { ...byItself(30), id: 'free' },
      ],
      hosted: [
        onHost({ id: 'beaten', micros: 10, uses: sql(1) }),
        onHost({ id: 'hosted', micros: 3, uses: sql(3) }),
        onHost({ id: 'dearer', micros: 4, uses: sql(3) }),
        onHost({ id: 'larger', cores: 16, micros: 4, uses: sql(3) }),
      ],
    });

    expect(kind?.alone.map(({ position }) => position)).toEqual([1, 3]);
    expect(kind?.hosted.map(({ position }) => position)).toEqual([1, 3]);
  });

  it('pay for rights that nobody competes for', () => {
    const rights = [aRight({ owned: 9, ownedUnitMicros: 5 })];
    const workloads = [aWorkload({ alone: [byItself(10, sql(4))] })];

    const [kind] = countProblem(aProblem({ workloads, rights })).kinds;

    expect(kind?.alone).toEqual([{ position: 0, micros: 30, uses: [] }]);
  });
});
