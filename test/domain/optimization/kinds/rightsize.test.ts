import { describe, expect, it } from 'vitest';
import { DAY_MS, later } from '#domain/instant.ts';
import { rightsize } from '#domain/optimization/kinds/rightsize.ts';
import { anImage, NOW } from '../../../builders.ts';
import {
  aContext,
  advised,
  aMachine,
  installed,
  LINUX,
  measured,
  proposed,
  SQL_BROUGHT,
  TYPES,
  typeNamed,
} from './machine-builders.ts';

const PLAIN = { product: 'windows-server', licensing: 'license-included' } as const;
const FOUR = { coreCount: 4, threadsPerCore: 1 };

describe('rightsize', () => {
  it.each`
    cpu   | memory  | to               | why
    ${20} | ${30}   | ${'r6i.2xlarge'} | ${'4.6 of 16 vCPUs and 46 of 128 GiB'}
    ${10} | ${15}   | ${'r6i.xlarge'}  | ${'SQL Server in the price has 4 vCPUs at least'}
    ${2}  | ${2}    | ${'r6i.xlarge'}  | ${'SQL Server in the price has 4 vCPUs at least'}
    ${20} | ${60}   | ${null}          | ${'72 % of the memory'}
    ${40} | ${10}   | ${null}          | ${'9.1 vCPUs'}
    ${20} | ${null} | ${null}          | ${'memory that nobody measured does not shrink'}
  `('at $cpu % CPU and $memory % memory proposes $to: $why', ({ cpu, memory, to }) => {
    const machine = aMachine({ evidence: { utilization: measured(cpu, memory) } });

    expect(proposed(rightsize, machine)?.instanceType ?? null).toBe(to);
  });

  it('may leave 2 vCPUs to a database with licenses of its own', () => {
    const machine = aMachine({
      products: SQL_BROUGHT,
      instance: { usageOperation: 'RunInstances:0002' },
      evidence: { utilization: measured(2, 2) },
    });

    expect(proposed(rightsize, machine)?.instanceType).toBe('r6i.large');
  });

  it('keeps everything but the size, and says on what it rests', () => {
    const machine = aMachine();

    const [change] = rightsize.changes(machine, machine.setup, aContext());

    expect(change).toMatchObject({
      kind: 'rightsize',
      to: { ...machine.setup, instanceType: 'r6i.2xlarge' },
      gate: [],
      risk: 'low',
      effort: 'restart',
      ownerMustValidate: false,
    });
    expect(change?.evidence[0]).toMatchObject({ measure: 'cpu-p995', value: 20 });
  });

  it.each`
    options                                | to      | why
    ${FOUR}                                | ${FOUR} | ${'valid there, and enough'}
    ${{ coreCount: 8, threadsPerCore: 1 }} | ${null} | ${'the smaller type has no 8 cores'}
  `('takes CPU options along that are $why', ({ options, to }) => {
    const machine = aMachine();

    const [change] = rightsize.changes(
      machine,
      { ...machine.setup, cpuOptions: options },
      aContext(),
    );

    expect(change?.to).toMatchObject({ instanceType: 'r6i.2xlarge', cpuOptions: to });
  });

  it('drops CPU options that would not carry the load', () => {
    const machine = aMachine();
    const setup = { ...machine.setup, cpuOptions: { coreCount: 3, threadsPerCore: 1 } };

    expect(rightsize.changes(machine, setup, aContext())[0]?.to.cpuOptions).toBeNull();
  });

  it.each`
    type            | cpu   | products     | to             | why
    ${'t3.2xlarge'} | ${6}  | ${[PLAIN]}   | ${'t3.xlarge'} | ${'its baseline carries it'}
    ${'t3.2xlarge'} | ${20} | ${[PLAIN]}   | ${null}        | ${'the smaller baselines do not carry it'}
    ${'t3.2xlarge'} | ${6}  | ${undefined} | ${null}        | ${'no database goes to a burstable type'}
  `('proposes $to for $type at $cpu %: $why', ({ type, cpu, products, to }) => {
    const machine = aMachine({
      instance: { instanceType: type },
      products,
      evidence: { utilization: measured(cpu, 20) },
    });

    expect(proposed(rightsize, machine)?.instanceType ?? null).toBe(to);
  });

  it('puts nothing burstable on a host, and no type that hosts do not take', () => {
    const burstable = aMachine({
      instance: { instanceType: 't3.2xlarge', tenancy: 'host' },
      products: [PLAIN],
      evidence: { utilization: measured(6, 20) },
    });
    const types = new Map(TYPES);
    types.set('r6i.2xlarge', { ...typeNamed('r6i.2xlarge'), dedicatedHostsSupported: false });
    const hosted = aMachine({ instance: { tenancy: 'host' } });

    expect(proposed(rightsize, burstable)).toBeNull();
    expect(proposed(rightsize, hosted)?.instanceType).toBe('r6i.2xlarge');
    expect(proposed(rightsize, hosted, aContext({ types }))).toBeNull();
  });

  it('says that local disks are lost', () => {
    const machine = aMachine({ instance: { instanceType: 'r5d.4xlarge' } });

    const [change] = rightsize.changes(machine, machine.setup, aContext());

    expect(change).toMatchObject({ ownerMustValidate: true });
    expect(change?.evidence).toContainEqual(
      expect.objectContaining({ measure: 'local-disks-lost', value: 'r5d.4xlarge' }),
    );
  });

  it.each`
    instance                         | changes                                                       | why
    ${{ state: 'stopped' }}          | ${{}}                                                         | ${'it is stopped'}
    ${{}}                            | ${{ evidence: { utilization: null } }}                        | ${'nobody measured it'}
    ${{}}                            | ${{ products: installed('sql-server', { role: 'passive' }) }} | ${'it stands by for another'}
    ${{}}                            | ${{ image: anImage({ architecture: 'arm64' }) }}              | ${'its image needs another processor'}
    ${{ instanceType: 'r6i.metal' }} | ${{}}                                                         | ${'nothing is known to be smaller and as large'}
    ${{ instanceType: 'r6i.large' }} | ${{}}                                                         | ${'nothing is smaller'}
  `('proposes nothing where $why', ({ instance, changes }) => {
    const machine = aMachine({ instance, ...changes });
    const found = proposed(rightsize, machine, aContext({ settings: { cpuTargetPercent: 10 } }));

    expect(found).toBeNull();
  });

  it('goes by the architecture of the type where the image is gone', () => {
    expect(proposed(rightsize, aMachine({ image: null }))?.instanceType).toBe('r6i.2xlarge');
  });

  it('proposes nothing for a type that nobody described', () => {
    const types = new Map(TYPES);
    types.delete('r6i.4xlarge');
    const none = new Map([['r6i.4xlarge', typeNamed('r6i.4xlarge')]]);

    expect(proposed(rightsize, aMachine(), aContext({ types }))).toBeNull();
    expect(proposed(rightsize, aMachine(), aContext({ types: none }))).toBeNull();
    expect(proposed(rightsize, aMachine(), aContext({ types: new Map() }))).toBeNull();
  });

  it('proposes nothing in a family of bare metal only', () => {
    const types = new Map([['r6i.metal', typeNamed('r6i.metal')]]);
    const machine = aMachine({ instance: { instanceType: 'r6i.metal' } });

    expect(proposed(rightsize, machine, aContext({ types }))).toBeNull();
  });
});

describe('rightsize by Compute Optimizer', () => {
  const memory = { reasons: ['MemoryOverprovisioned'] };

  it.each`
    finding                                                                  | to               | why
    ${advised('r6i.2xlarge', memory)}                                        | ${'r6i.2xlarge'} | ${'it saw memory'}
    ${advised('r6i.2xlarge')}                                                | ${null}          | ${'it did not see memory'}
    ${advised('r6i.2xlarge', { ...memory, risk: 2 })}                        | ${'r6i.2xlarge'} | ${'the risk is medium'}
    ${advised('r6i.2xlarge', { ...memory, risk: 2.5 })}                      | ${null}          | ${'the risk is high'}
    ${advised('r6i.2xlarge', { ...memory, lookBackDays: 13 })}               | ${null}          | ${'it looked back too few days'}
    ${advised('r6i.2xlarge', { ...memory, asOf: later(NOW, -15 * DAY_MS) })} | ${null}          | ${'it is old'}
    ${advised('m6i.2xlarge', memory)}                                        | ${null}          | ${'it is of another family'}
    ${advised('r6i.large', memory)}                                          | ${null}          | ${'SQL Server in the price has 4 vCPUs at least'}
  `('proposes $to where $why', ({ finding, to }) => {
    const machine = aMachine({ evidence: { utilization: null, compute: finding } });

    expect(proposed(rightsize, machine)?.instanceType ?? null).toBe(to);
  });

  it.each`
    risk | expected
    ${1} | ${'low'}
    ${2} | ${'medium'}
  `('takes a performance risk of $risk for $expected', ({ risk, expected }) => {
    const compute = advised('r6i.2xlarge', { risk });
    const machine = aMachine({ evidence: { compute } });

    const [change] = rightsize.changes(machine, machine.setup, aContext());

    expect(change?.risk).toBe(expected);
    expect(change?.evidence).toContainEqual({
      source: 'compute-optimizer',
      measure: 'performance-risk',
      value: risk,
      unit: null,
      lookBackDays: 14,
      asOf: NOW,
    });
  });

  it('names Cost Explorer where it recommends the same', () => {
    const money = { micros: 1, currency: 'USD' };
    const rightsizing = {
      account: '222233334444',
      instanceId: 'i-1',
      action: 'modify',
      targets: [{ instanceType: 'r6i.2xlarge', monthlySavings: money }],
      monthlySavings: money,
      lookBackDays: 14,
      asOf: NOW,
    } as const;
    const sources = (targets: typeof rightsizing.targets | []) => {
      const machine = aMachine({ evidence: { rightsizing: { ...rightsizing, targets } } });
      return rightsize
        .changes(machine, machine.setup, aContext())[0]
        ?.evidence.map(({ source }) => source);
    };

    expect(sources(rightsizing.targets)).toContain('cost-explorer');
    expect(sources([])).not.toContain('cost-explorer');
  });

  it('measures with one thread per core what it proposes with two', () => {
    const machine = aMachine({
      instance: { cpuOptions: { coreCount: 8, threadsPerCore: 1 }, usageOperation: LINUX },
      products: [{ product: 'oracle-database' }],
      evidence: { utilization: measured(20, 10) },
    });

    const [change] = rightsize.changes(machine, machine.setup, aContext());

    expect(change?.to).toMatchObject({ instanceType: 'r6i.xlarge', cpuOptions: null });
    expect(change?.evidence.map(({ measure }) => measure)).toContain('one-thread-throughput');
  });
});
