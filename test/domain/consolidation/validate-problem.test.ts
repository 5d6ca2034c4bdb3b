import { describe, expect, it } from 'vitest';
import type { ConsolidationProblem } from '#domain/consolidation/consolidation-problem.ts';
import { validateProblem } from '#domain/consolidation/validate-problem.ts';
import { aHostType, aProblem, aRight, aWorkload, byItself, onHost } from './builders.ts';

const existing = { hostId: 'h-1', zone: 'a', micros: 1 };

describe('what a problem may hold', () => {
  it('is anything whole, free of charge or dear', () => {
    const problem = aProblem({
      hostTypes: [
        aHostType({ micros: 0, mostNew: Number.POSITIVE_INFINITY, existing: [existing] }),
        aHostType({ id: 'm5+sql', uses: [{ rightId: 'sql', units: 48 }], existing: [existing] }),
      ],
      workloads: [aWorkload({ count: 5, alone: [byItself(1e12)], apart: ['a', 'a'] })],
      rights: [aRight({ buyable: Number.POSITIVE_INFINITY, boughtUnitMicros: 1e12 })],
    });

    expect(validateProblem(problem)).toEqual([]);
  });

  it('may have host types that take nothing', () => {
    expect(
      validateProblem(aProblem({ hostTypes: [aHostType({ sizes: [] })], workloads: [] })),
    ).toEqual([]);
  });

  it.each<[Partial<ConsolidationProblem>, string]>([
    [{ hostTypes: [aHostType(), aHostType()] }, 'There are two of host type m5: give each once.'],
    [{ workloads: [aWorkload(), aWorkload()] }, 'There are two of workload web: give each once.'],
    [{ rights: [aRight(), aRight()] }, 'There are two of right sql: give each once.'],
    [
      { workloads: [aWorkload({ hosted: [onHost(), onHost()] })] },
      'There are two of Workload web: hosted option hosted: give each once.',
    ],
    [
      { workloads: [aWorkload({ alone: [byItself(1), byItself(2)] })] },
      'There are two of Workload web: option alone: give each once.',
    ],
    [
      { headroom: { spareHosts: 0, fillPercent: 101 } },
      'The headroom cannot have 101 for fillPercent: give a whole number.',
    ],
    [
      { headroom: { spareHosts: -1, fillPercent: 100 } },
      'The headroom cannot have -1 for spareHosts: give a whole number.',
    ],
    [
      { rights: [aRight({ boughtUnitMicros: Number.POSITIVE_INFINITY })] },
      'Right sql cannot have Infinity for boughtUnitMicros: give a whole number.',
    ],
    [
      { rights: [aRight({ buyable: Number.NaN })] },
      'Right sql cannot have NaN for buyable: give a whole number.',
    ],
    [
      { hostTypes: [aHostType({ compartments: { count: 2, cores: 5000 } })] },
      'Host type m5 cannot have 5000 for cores of a compartment: give a whole number.',
    ],
    [
      { hostTypes: [aHostType({ compartments: { count: 17, cores: 24 } })] },
      'Host type m5 cannot have 17 for compartments: give a whole number.',
    ],
    [
      { hostTypes: [aHostType({ sizes: [8, 49] })] },
      'Host type m5 cannot have 49 for a size within its cores: give a whole number.',
    ],
    [
      { hostTypes: [aHostType({ sizes: [4, 8, 8] })] },
      'Host type m5 has sizes out of order: give each once, smallest first.',
    ],
    [
      { hostTypes: [aHostType({ existing: [{ ...existing, micros: 0.5 }] })] },
      'Host type m5 cannot have 0.5 for micros of an existing host: give a whole number.',
    ],
    [
      { hostTypes: [aHostType({ existing: [existing, existing] })] },
      'Host h-1 is in two places: give it once.',
    ],
    [
      {
        hostTypes: [
          aHostType({ existing: [existing] }),
          aHostType({ id: 'm6', existing: [{ ...existing, zone: 'b' }] }),
        ],
      },
      'Host h-1 is in two places: give it once.',
    ],
    [
      { hostTypes: [aHostType({ uses: [{ rightId: 'db2', units: 1 }] })] },
      'Host type m5 draws on db2, which is not among the rights.',
    ],
    [
      { workloads: [aWorkload({ alone: [byItself(1, [{ rightId: 'sql', units: -1 }])] })] },
      'Workload web cannot have -1 for units of sql: give a whole number.',
    ],
    [
      { workloads: [aWorkload({ count: 0 })] },
      'Workload web cannot have 0 for count: give a whole number.',
    ],
    [
      { workloads: [aWorkload({ apart: ['g', 'g'] })] },
      'Workload web has more machines that stay apart than machines.',
    ],
    [
      { workloads: [aWorkload({ hosted: [onHost({ cores: 3 })] })] },
      'Workload web takes 3 cores of m5, which has no such size.',
    ],
    [
      { workloads: [aWorkload({ hosted: [onHost({ hostTypeId: 'm9' })] })] },
      'Workload web takes 8 cores of m9, which has no such size.',
    ],
    [
      { workloads: [aWorkload({ count: 100_000, alone: [byItself(1e12)] })] },
      'The prices are too large to add up exactly: no total may pass 9,007 million US dollars.',
    ],
    [
      {
        hostTypes: [
          aHostType({
            compartments: { count: 2, cores: 200 },
            sizes: [7, 8, 11, 13, 17, 19, 23, 29, 31, 37],
          }),
        ],
      },
      'Host type m5 can be filled in more than 2000 ways: give fewer sizes.',
    ],
  ])('is not this: %#', (changes, fault) => {
    expect(validateProblem(aProblem(changes))).toContain(fault);
  });
});
