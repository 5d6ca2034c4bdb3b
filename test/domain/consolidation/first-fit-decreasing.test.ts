import { describe, expect, it } from 'vitest';
import { firstFitDecreasing } from '#domain/consolidation/first-fit-decreasing.ts';
import { aHostType, aProblem, aWorkload, byItself, onHost } from './builders.ts';

describe('first fit decreasing', () => {
  it('puts the largest machines first, each on the first host with room', () => {
    const sizes = [8, 32, 16, 24];
    const plan = firstFitDecreasing(
      aProblem({
        workloads: sizes.map((cores) => aWorkload({ id: `${cores}`, hosted: [onHost({ cores })] })),
      }),
    );

    expect(
      plan?.hosts.map(({ machines }) =>
        machines.map(({ workloadId, compartment }) => [workloadId, compartment]),
      ),
    ).toEqual([
      [
        ['32', null],
        ['8', 0],
      ],
      [
        ['24', 0],
        ['16', 1],
      ],
    ]);
  });

  it('puts nothing over compartments that are not all free', () => {
    const plan = firstFitDecreasing(
      aProblem({
        hostTypes: [aHostType({ compartments: { count: 3, cores: 6 }, sizes: [6, 9] })],
        workloads: [
          aWorkload({ id: 'large', count: 2, hosted: [onHost({ cores: 9 })] }),
          aWorkload({ id: 'small', hosted: [onHost({ cores: 6 })] }),
        ],
      }),
    );

    expect(plan?.hosts.map(({ machines }) => machines.length)).toEqual([2, 1]);
  });

  it('licenses each host as suits it best', () => {
    const plan = firstFitDecreasing(
      aProblem({
        hostTypes: [aHostType(), aHostType({ id: 'm5+sql', micros: 1500 })],
        workloads: [
          aWorkload({ id: 'plain', hosted: [onHost({ cores: 48 })], alone: [byItself(2000)] }),
          aWorkload({
            id: 'db',
            hosted: [
              onHost({ cores: 48, micros: 900 }),
              onHost({ id: 'covered', hostTypeId: 'm5+sql', cores: 48 }),
            ],
          }),
        ],
      }),
    );

    expect(plan?.hosts.map(({ hostTypeId }) => hostTypeId)).toEqual(['m5', 'm5+sql']);
  });

  it('drops hosts that cost more than they save', () => {
    const web = aWorkload({ count: 7, alone: [byItself(200)] });

    expect(firstFitDecreasing(aProblem({ workloads: [web] }))).toMatchObject({
      micros: 1200,
      hosts: [{ hostTypeId: 'm5' }],
    });
  });

  it('says when no family leads to a plan', () => {
    expect(firstFitDecreasing(aProblem({ hostTypes: [aHostType({ mostNew: 0 })] }))).toBe(null);
  });
});
