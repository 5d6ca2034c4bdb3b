import { describe, expect, it } from 'vitest';
import {
  isValidFor,
  optimizeCpus,
  takesCpuOptions,
  validCpuOptions,
} from '#domain/optimization/kinds/optimize-cpus.ts';
import { aHost, aType } from '../../../builders.ts';
import { underTerms } from '../../vendors/deployed.ts';
import {
  ALL_BROUGHT,
  aContext,
  aMachine,
  installed,
  LI_WINDOWS,
  LINUX,
  measured,
  proposed,
  SQL_BROUGHT,
  TYPES,
  typeNamed,
} from './machine-builders.ts';

const ORACLE = { product: 'oracle-database', edition: 'enterprise', version: '19c' } as const;
const DB2 = { product: 'ibm-db2', edition: 'advanced', version: '11.5' } as const;
const WINDOWS_ONLY = installed('sql-server', { edition: 'express', licensing: 'free' });

function options(coreCount: number, threadsPerCore: number) {
  return { coreCount, threadsPerCore };
}

describe('optimizeCpus', () => {
  it.each`
    cpu   | products                                                                    | to               | why
    ${20} | ${undefined}                                                                | ${options(4, 1)} | ${'4 lone threads carry 4.6'}
    ${5}  | ${undefined}                                                                | ${options(4, 1)} | ${'SQL Server is billed for 4 at least'}
    ${35} | ${undefined}                                                                | ${options(7, 1)} | ${'7 lone threads carry 8'}
    ${68} | ${undefined}                                                                | ${null}          | ${'all are needed'}
    ${5}  | ${SQL_BROUGHT}                                                              | ${options(4, 1)} | ${'a VM takes 4 licenses at least'}
    ${5}  | ${WINDOWS_ONLY}                                                             | ${options(1, 1)} | ${'Windows is billed for each vCPU'}
    ${5}  | ${[ORACLE]}                                                                 | ${null}          | ${'Oracle counts the type’s vCPUs'}
    ${5}  | ${[DB2]}                                                                    | ${null}          | ${'IBM counts what ILMT reports'}
    ${5}  | ${[{ product: 'sap-hana', edition: null, licensing: 'byol' }]}              | ${null}          | ${'SAP counts memory'}
    ${5}  | ${[{ product: 'red-hat-enterprise-linux', licensing: 'license-included' }]} | ${null}          | ${'Linux is billed by the type'}
    ${5}  | ${[{ product: 'sql-server', licensing: 'marketplace' }]}                    | ${null}          | ${'a marketplace bills by the type'}
    ${5}  | ${[{ product: 'unheard-of', licensing: 'byol' }]}                           | ${null}          | ${'nobody knows how it counts'}
  `('at $cpu % of 16 vCPUs proposes $to: $why', ({ cpu, products, to }) => {
    const machine = aMachine({ products, evidence: { utilization: measured(cpu) } });

    expect(proposed(optimizeCpus, machine)?.cpuOptions ?? null).toEqual(to);
  });

  it('changes nothing but CPU options, and says on what it rests', () => {
    const machine = aMachine();

    const [change] = optimizeCpus.changes(machine, machine.setup, aContext());

    expect(change).toMatchObject({
      kind: 'optimize-cpus',
      to: { ...machine.setup, cpuOptions: options(4, 1) },
      gate: [],
      risk: 'medium',
      effort: 'restart',
      ownerMustValidate: false,
    });
    expect(change?.evidence.map(({ measure }) => measure)).toEqual([
      'cpu-p995',
      'memory-p995',
      'days-measured',
      'active-vcpus',
      'one-thread-throughput',
      'reserved-instance-discounts',
    ]);
  });

  it('warns of no reservations where nothing is in the hourly price', () => {
    const machine = aMachine({
      products: ALL_BROUGHT,
      instance: { usageOperation: 'RunInstances:0800' },
    });

    const [change] = optimizeCpus.changes(machine, machine.setup, aContext());

    expect(change).toMatchObject({ risk: 'low' });
    expect(change?.evidence.map(({ measure }) => measure)).not.toContain(
      'reserved-instance-discounts',
    );
  });

  it('bills nothing of SQL Server that AWS waives', () => {
    const sqlHa = { instanceId: 'i-1', state: 'active', licenseUsage: 'waived' } as const;
    const products = SQL_ONLY;
    const machine = aMachine({ products, evidence: { sqlHa } });

    expect(proposed(optimizeCpus, machine)).toBeNull();
    expect(proposed(optimizeCpus, aMachine({ products }))).not.toBeNull();
  });

  it('keeps both threads of a core where Oracle honors CPU options: one thread saves nothing', () => {
    const terms = underTerms({ switches: { oracleHonorsCpuOptions: true } });
    const machine = aMachine({
      products: [ORACLE],
      instance: { usageOperation: LINUX },
      evidence: { utilization: measured(15) },
    });

    expect(proposed(optimizeCpus, machine, aContext({ terms }))?.cpuOptions).toEqual(options(2, 2));
  });

  it('leaves on what costs nothing: four vCPUs are one socket of Standard Edition 2', () => {
    const terms = underTerms({ switches: { oracleHonorsCpuOptions: true } });
    const machine = aMachine({
      products: [{ ...ORACLE, edition: 'standard-2' }],
      instance: { usageOperation: LINUX, instanceType: 'r6i.2xlarge' },
      evidence: { utilization: measured(5) },
    });

    expect(proposed(optimizeCpus, machine, aContext({ terms }))?.cpuOptions).toEqual(options(4, 1));
  });

  it('honors what ILMT reports', () => {
    const terms = underTerms({ switches: { ibmSubCapacityReported: true } });
    const machine = aMachine({ products: [DB2], instance: { usageOperation: LINUX } });

    expect(proposed(optimizeCpus, machine, aContext({ terms }))?.cpuOptions).toEqual(options(4, 1));
  });

  it('goes by the vCPUs of the setup, whatever the machine has now', () => {
    const machine = aMachine();
    const smaller = { ...machine.setup, instanceType: 'r6i.2xlarge' };
    const fewest = { ...machine.setup, cpuOptions: options(4, 1) };

    expect(optimizeCpus.changes(machine, smaller, aContext())[0]?.to.cpuOptions).toEqual(
      options(4, 1),
    );
    expect(optimizeCpus.changes(machine, fewest, aContext())).toEqual([]);
  });

  it.each`
    instance                                           | changes                                                                          | why
    ${{ instanceType: 't3.2xlarge' }}                  | ${{}}                                                                            | ${'a burstable type takes none'}
    ${{ instanceType: 'r6i.metal' }}                   | ${{}}                                                                            | ${'bare metal takes none'}
    ${{}}                                              | ${{ evidence: { utilization: null } }}                                           | ${'nothing was measured'}
    ${{ state: 'stopped' }}                            | ${{}}                                                                            | ${'it is stopped'}
    ${{ tenancy: 'host', usageOperation: LI_WINDOWS }} | ${{ products: SQL_BROUGHT, host: aHost({ licenseConfigurationArns: ['arn'] }) }} | ${'the cores of its host are licensed'}
  `('proposes nothing where $why', ({ instance, changes }) => {
    expect(proposed(optimizeCpus, aMachine({ instance, ...changes }))).toBeNull();
  });

  it('helps on a host whose machines are licensed one by one', () => {
    const machine = aMachine({
      instance: { tenancy: 'host', usageOperation: LI_WINDOWS },
      products: SQL_BROUGHT,
      host: aHost(),
    });

    expect(proposed(optimizeCpus, machine)?.cpuOptions).toEqual(options(4, 1));
    expect(proposed(optimizeCpus, { ...machine, host: null })?.cpuOptions).toEqual(options(4, 1));
  });

  it.each(['absent', 'without valid cores'])('proposes nothing for a type that is %s', (how) => {
    const types = new Map(TYPES);
    if (how === 'absent') types.delete('r6i.4xlarge');
    else types.set('r6i.4xlarge', { ...typeNamed('r6i.4xlarge'), validCores: [] });

    expect(proposed(optimizeCpus, aMachine(), aContext({ types }))).toBeNull();
  });

  it('never says more vCPUs than the type has, whatever it lists', () => {
    const types = new Map(TYPES);
    types.set('r6i.4xlarge', { ...typeNamed('r6i.4xlarge'), validCores: [64] });

    expect(proposed(optimizeCpus, aMachine(), aContext({ types }))).toBeNull();
  });
});

const SQL_ONLY = [
  { product: 'sql-server', edition: 'enterprise', licensing: 'license-included' },
] as const;

describe('CPU options of a type', () => {
  it('are all pairs of its lists, by its own threads where it lists none', () => {
    const type = aType({ validCores: [2, 4], validThreadsPerCore: [] });

    expect(validCpuOptions(type)).toEqual([options(2, 2), options(4, 2)]);
    expect(isValidFor(options(2, 2), type)).toBe(true);
    expect(isValidFor(options(2, 1), type)).toBe(false);
    expect(isValidFor(options(3, 2), type)).toBe(false);
    expect(isValidFor(options(2, 2), { ...type, bareMetal: true })).toBe(false);
    expect(takesCpuOptions(type)).toBe(true);
  });
});
