import { describe, expect, it } from 'vitest';
import { type Placements, pricePlan } from '#domain/consolidation/price-plan.ts';
import { aHostType, aProblem, aRight, aWorkload, byItself, onHost } from './builders.ts';

const PROBLEM = aProblem({
  hostTypes: [
    aHostType({
      uses: [{ rightId: 'sql', units: 48 }],
      existing: [{ hostId: 'h-1', zone: 'a', micros: 300 }],
    }),
  ],
  workloads: [
    aWorkload({
      count: 3,
      alone: [byItself(70, [{ rightId: 'sql', units: 4 }])],
      hosted: [onHost({ micros: 5 })],
    }),
  ],
  rights: [aRight({ owned: 50, ownedUnitMicros: 2, buyable: 40 })],
});
const MACHINE = { workloadId: 'web', optionId: 'hosted', compartment: 0, apart: null };

function planned(hostId: string | null, machines = [MACHINE]): Placements['hosts'][number] {
  return { hostTypeId: 'm5', zone: 'a', hostId, spare: false, machines };
}

describe('the price of a plan', () => {
  it('is that of hosts, machines and units, the owned ones first', () => {
    const alone = [{ workloadId: 'web', optionId: 'alone', count: 2 }];

    const { plan, shortages } = pricePlan(PROBLEM, { hosts: [planned('h-1')], alone });

    expect(plan.drawn).toEqual([{ rightId: 'sql', units: 56, bought: 6 }]);
    expect(plan.micros).toBe(300 + 5 + 2 * 70 + 50 * 2 + 6 * 10);
    expect(shortages).toEqual([]);
  });

  it('says what is short', () => {
    const { plan, shortages } = pricePlan(PROBLEM, {
      hosts: [planned(null), planned('h-1')],
      alone: [],
    });

    expect(plan.micros).toBe(1000 + 300 + 2 * 5 + 50 * 2 + 46 * 10);
    expect(shortages).toEqual([{ rightId: 'sql', missing: 6 }]);
  });

  it.each<[string, Placements]>([
    ['m9', { hosts: [{ ...planned(null), hostTypeId: 'm9' }], alone: [] }],
    ['h-9', { hosts: [planned('h-9')], alone: [] }],
    ['spot', { hosts: [planned(null, [{ ...MACHINE, optionId: 'spot' }])], alone: [] }],
    ['alone', { hosts: [], alone: [{ workloadId: 'db', optionId: 'alone', count: 1 }] }],
  ])('does not know %s', (id, placements) => {
    expect(() => pricePlan(PROBLEM, placements)).toThrow(`The problem holds no ${id}`);
  });
});
