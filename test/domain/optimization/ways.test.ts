import { describe, expect, it } from 'vitest';
import type { Change, MachineKind } from '#domain/optimization/kind.ts';
import type { RecommendationKind, Setup } from '#domain/optimization/recommendation.ts';
import { waysOf } from '#domain/optimization/ways.ts';
import { aContext, aMachine } from './kinds/machine-builders.ts';

const machine = aMachine();
const context = aContext();

function aKind(kind: RecommendationKind, next: (setup: Setup) => readonly Setup[]): MachineKind {
  return {
    kind,
    changes: (_machine, setup) =>
      next(setup).map(
        (to): Change => ({
          kind,
          to,
          evidence: [],
          gate: [],
          risk: 'low',
          effort: 'restart',
          ownerMustValidate: false,
        }),
      ),
  };
}

const sized = (...types: readonly string[]) =>
  aKind('rightsize', (setup) => types.map((instanceType) => ({ ...setup, instanceType })));
const oneThread = aKind('optimize-cpus', (setup) => [
  { ...setup, cpuOptions: { coreCount: 2, threadsPerCore: 1 } },
]);

function kindsOf(kinds: readonly MachineKind[], isAllowed = (_change: Change) => true) {
  return waysOf(machine, kinds, context, isAllowed).map(({ changes }) =>
    changes.map(({ kind, to }) => `${kind} ${to.instanceType}`),
  );
}

describe('waysOf', () => {
  it('begins with how the machine runs now', () => {
    expect(kindsOf([])).toEqual([[]]);
  });

  it('builds later kinds on earlier ones, never the other way round', () => {
    expect(kindsOf([sized('r6i.2xlarge'), oneThread])).toEqual([
      [],
      ['rightsize r6i.2xlarge'],
      ['optimize-cpus r6i.4xlarge'],
      ['rightsize r6i.2xlarge', 'optimize-cpus r6i.2xlarge'],
    ]);
  });

  it('reaches a setup by the fewest changes', () => {
    const again = aKind('change-family', (setup) => [{ ...setup, instanceType: 'r6i.2xlarge' }]);
    expect(kindsOf([sized('r6i.2xlarge'), again])).toEqual([[], ['rightsize r6i.2xlarge']]);
  });

  it('builds on nothing that the scenario forbids', () => {
    const kinds = [sized('r6i.2xlarge'), oneThread];
    expect(kindsOf(kinds, ({ kind }) => kind !== 'rightsize')).toEqual([
      [],
      ['optimize-cpus r6i.4xlarge'],
    ]);
  });

  it('changes at most three things at once, and tries at most 64 ways', () => {
    const size = (instanceType: string) =>
      aKind('rightsize', (setup) => [{ ...setup, instanceType }]);
    const four = ['a', 'b', 'c', 'd'].map(size);
    expect(Math.max(...kindsOf(four).map((changes) => changes.length))).toBeLessThanOrEqual(3);
    const many = sized(...Array.from({ length: 200 }, (_, index) => `r6i.${index}`));
    expect(kindsOf([many])).toHaveLength(64);
  });
});
