import { describe, expect, it } from 'vitest';
import { changeFamily } from '#domain/optimization/kinds/change-family.ts';
import { anImage } from '../../../builders.ts';
import {
  aContext,
  advised,
  aMachine,
  LI_WINDOWS,
  measured,
  TYPES,
  typeNamed,
} from './machine-builders.ts';

const PLAIN = [{ product: 'windows-server', licensing: 'license-included' }] as const;

function typesFor(machine = aMachine(), context = aContext()): readonly string[] {
  return changeFamily
    .changes(machine, machine.setup, context)
    .map(({ to }) => to.instanceType)
    .toSorted();
}

describe('changeFamily', () => {
  it('proposes memory instead of vCPUs: the same memory on a family that has more of it', () => {
    const machine = aMachine({
      instance: { instanceType: 'm6i.4xlarge' },
      evidence: { utilization: measured(20, null) },
    });

    const changes = changeFamily.changes(machine, machine.setup, aContext());

    expect(changes.map(({ to }) => to.instanceType)).toContain('r6i.2xlarge');
    expect(changes.find(({ to }) => to.instanceType === 'r6i.2xlarge')).toMatchObject({
      kind: 'change-family',
      to: { ...machine.setup, instanceType: 'r6i.2xlarge' },
      gate: [],
      risk: 'medium',
      effort: 'migration',
      ownerMustValidate: false,
    });
  });

  it.each`
    m6i     | types                                           | why
    ${300}  | ${['m6i.2xlarge', 'r7a.xlarge']}                | ${'another is dearer with as many vCPUs'}
    ${400}  | ${['m6i.2xlarge', 'r5n.2xlarge', 'r7a.xlarge']} | ${'neither is better'}
    ${null} | ${['m6i.2xlarge', 'r5n.2xlarge', 'r7a.xlarge']} | ${'a price is not known'}
  `('proposes $types where $why', ({ m6i, types }) => {
    const prices = new Map([
      ['m6i.2xlarge', m6i],
      ['r5n.2xlarge', 400],
      ['r7a.xlarge', 500],
    ]);
    const context = aContext({
      settings: { families: ['m*', 'r*'] },
      hourlyPrice: (_machine, { instanceType }) => {
        const micros = prices.get(instanceType) ?? null;
        return micros && { micros, currency: 'USD' };
      },
    });

    expect(typesFor(aMachine({ evidence: { utilization: measured(20, 20) } }), context)).toEqual(
      types,
    );
  });

  it.each(['r6g', 'r4', 'r5d', 't3', 'm7i-flex'])('never proposes %s to a database', (family) => {
    const machine = aMachine({ evidence: { utilization: measured(5, 5) } });

    const types = typesFor(machine, aContext({ priced: false }));

    expect(types.length).toBeGreaterThan(0);
    expect(types.filter((type) => type.startsWith(`${family}.`))).toEqual([]);
  });

  it('proposes a flex family to what needs no more than its baseline, and is no database', () => {
    const machine = aMachine({
      instance: { instanceType: 'm6i.4xlarge', usageOperation: LI_WINDOWS },
      products: PLAIN,
      evidence: { utilization: measured(5, 20) },
    });

    expect(typesFor(machine, aContext({ priced: false }))).toContain('m7i-flex.xlarge');
  });

  it('proposes only families that policy names', () => {
    const context = aContext({ settings: { families: ['c*', 'R7*'] } });

    expect(typesFor(aMachine({ evidence: { utilization: measured(20, 10) } }), context)).toEqual([
      'c6i.2xlarge',
      'r7a.xlarge',
    ]);
  });

  it('keeps the processor that the image is made for', () => {
    const image = anImage({ architecture: 'arm64' });
    const context = aContext({ priced: false });

    expect(typesFor(aMachine({ image }), context).every((type) => type.startsWith('r6g'))).toBe(
      true,
    );
  });

  it('goes off burstable types with a database', () => {
    const machine = aMachine({
      instance: { instanceType: 't3.2xlarge' },
      evidence: { utilization: measured(20, 80) },
    });

    expect(typesFor(machine)).toContain('r6i.xlarge');
  });

  it('has no more vCPUs than the setup', () => {
    const machine = aMachine({ evidence: { utilization: measured(69, 20) } });

    for (const type of typesFor(machine, aContext({ priced: false }))) {
      expect(typeNamed(type).defaultVcpus).toBeLessThanOrEqual(16);
    }
  });

  it('starts from the setup, and never loses what the machine itself has', () => {
    const machine = aMachine({ instance: { instanceType: 'r5n.4xlarge' } });
    const elsewhere = { ...machine.setup, instanceType: 'm6i.4xlarge' };

    expect(changeFamily.changes(machine, elsewhere, aContext())).toEqual([]);
  });

  it('goes by Compute Optimizer where nothing was measured', () => {
    const compute = advised('m6i.2xlarge', { reasons: ['MemoryOverprovisioned'], risk: 2 });
    const machine = aMachine({ evidence: { utilization: null, compute } });

    expect(typesFor(machine)).toEqual(['m6i.2xlarge']);
  });

  it.each`
    instance                           | changes                                | why
    ${{ state: 'stopped' }}            | ${{}}                                  | ${'it is stopped'}
    ${{}}                              | ${{ evidence: { utilization: null } }} | ${'nobody measured it'}
    ${{ instanceType: 'r5d.4xlarge' }} | ${{}}                                  | ${'it would lose its disks'}
    ${{ instanceType: 'r4.4xlarge' }}  | ${{}}                                  | ${'it runs on another hypervisor'}
  `('proposes nothing where $why', ({ instance, changes }) => {
    expect(typesFor(aMachine({ instance, ...changes }))).toEqual([]);
  });

  it('proposes nothing for a type that nobody described', () => {
    const types = new Map(TYPES);
    types.delete('r6i.4xlarge');

    expect(typesFor(aMachine(), aContext({ types }))).toEqual([]);
  });
});
