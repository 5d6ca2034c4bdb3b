import { describe, expect, it } from 'vitest';
import { DAY_MS, later } from '#domain/instant.ts';
import {
  carries,
  cpusOf,
  isReplica,
  loadOf,
  threadEvidence,
} from '#domain/optimization/kinds/load.ts';
import { NOW } from '../../../builders.ts';
import { aContext, aMachine, installed, measured, typeNamed } from './machine-builders.ts';

const ONE_THREAD = { coreCount: 8, threadsPerCore: 1 };

describe('loadOf', () => {
  it.each`
    cpu   | memory  | vcpus | gib       | why
    ${35} | ${50}   | ${8}  | ${76.8}   | ${'CPU at 70 percent, memory with 20 percent of headroom'}
    ${70} | ${80}   | ${16} | ${122.88} | ${'all vCPUs'}
    ${99} | ${100}  | ${16} | ${128}    | ${'no more than there is'}
    ${0}  | ${0}    | ${0}  | ${0}      | ${'nothing'}
    ${35} | ${null} | ${8}  | ${128}    | ${'all memory that nobody measured'}
  `('takes $cpu % CPU and $memory % memory for $why', ({ cpu, memory, vcpus, gib }) => {
    const machine = aMachine({ evidence: { utilization: measured(cpu, memory) } });

    const load = loadOf(machine, aContext());

    expect(load?.vcpus).toBeCloseTo(vcpus);
    expect(load?.memoryMib).toBeCloseTo(gib * 1024);
    expect(load?.threadsPerCore).toBe(2);
  });

  it('counts the vCPUs that were on when it was measured', () => {
    const machine = aMachine({
      instance: { cpuOptions: ONE_THREAD },
      evidence: { utilization: measured(35) },
    });

    expect(loadOf(machine, aContext())).toMatchObject({ vcpus: 4, threadsPerCore: 1 });
  });

  it.each`
    type                | cpu   | vcpus    | why
    ${'t3.large'}       | ${29} | ${0.829} | ${'below its baseline'}
    ${'t3.large'}       | ${30} | ${2}     | ${'at its baseline it may be held back'}
    ${'m7i-flex.large'} | ${40} | ${2}     | ${'flex types are held back too'}
  `('takes $vcpus vCPUs for $type at $cpu %: $why', ({ type, cpu, vcpus }) => {
    const machine = aMachine({
      instance: { instanceType: type },
      evidence: { utilization: measured(cpu) },
    });

    expect(loadOf(machine, aContext())?.vcpus).toBeCloseTo(vcpus, 3);
  });

  it.each`
    utilization                                                 | why
    ${null}                                                     | ${'nobody measured it'}
    ${measured(20, 30, { days: 13 })}                           | ${'too few days were measured'}
    ${measured(20, 30, { asOf: later(NOW, -14 * DAY_MS - 1) })} | ${'the figures are old'}
  `('says nothing where $why', ({ utilization }) => {
    expect(loadOf(aMachine({ evidence: { utilization } }), aContext())).toBeNull();
  });

  it.each(['passive', 'readable'] as const)('says nothing of a %s replica', (role) => {
    const machine = aMachine({ products: installed('sql-server', { role }) });

    expect(isReplica(machine)).toBe(true);
    expect(loadOf(machine, aContext())).toBeNull();
  });

  it('says nothing of what AWS knows as a standby', () => {
    const sqlHa = { instanceId: 'i-1', state: 'standby', licenseUsage: null };

    expect(loadOf(aMachine({ evidence: { sqlHa } }), aContext())).toBeNull();
    expect(isReplica(aMachine({ evidence: { sqlHa: { ...sqlHa, state: 'active' } } }))).toBe(false);
  });

  it('names what it rests on', () => {
    const evidence = loadOf(aMachine(), aContext())?.evidence;
    const withoutMemory = aMachine({ evidence: { utilization: measured(20, null) } });

    expect(evidence).toMatchObject([
      { source: 'utilization', measure: 'cpu-p995', value: 20, unit: 'percent', lookBackDays: 14 },
      { measure: 'memory-p995', value: 30, asOf: NOW },
      { measure: 'days-measured', value: 14, unit: 'day' },
      { source: 'instances', measure: 'active-vcpus', value: 16, unit: 'vcpu', asOf: null },
    ]);
    expect(loadOf(withoutMemory, aContext())?.evidence).toHaveLength(3);
  });
});

describe('carries', () => {
  const load = { vcpus: 5.2, threadsPerCore: 2, memoryMib: 65_536, evidence: [] };

  it.each`
    type             | cores   | threads | fits     | why
    ${'r6i.2xlarge'} | ${null} | ${null} | ${true}  | ${'8 threads, 64 GiB'}
    ${'r6i.xlarge'}  | ${null} | ${null} | ${false} | ${'too few threads'}
    ${'m6i.2xlarge'} | ${null} | ${null} | ${false} | ${'too little memory'}
    ${'r6i.2xlarge'} | ${4}    | ${1}    | ${true}  | ${'4 lone threads do what 5.2 do in pairs, at least'}
    ${'r6i.4xlarge'} | ${3}    | ${1}    | ${false} | ${'3 lone threads do not'}
    ${'r7a.2xlarge'} | ${4}    | ${1}    | ${true}  | ${'a type without threads has whole cores'}
    ${'t3.2xlarge'}  | ${null} | ${null} | ${false} | ${'a burstable type sustains a part of its vCPUs'}
  `('says $fits of $type with $cores x $threads: $why', ({ type, cores, threads, fits }) => {
    const options = cores === null ? null : { coreCount: cores, threadsPerCore: threads };

    expect(carries(load, typeNamed(type), options)).toBe(fits);
  });

  it.each`
    vcpus  | fits
    ${5}   | ${true}
    ${5.1} | ${false}
  `('takes a lone thread for 1.6 threads in pairs, at most: $vcpus', ({ vcpus, fits }) => {
    const lone = { ...load, vcpus, threadsPerCore: 1 };

    expect(carries(lone, typeNamed('r6i.2xlarge'), null)).toBe(fits);
    expect(carries(lone, typeNamed('r6i.2xlarge'), ONE_THREAD)).toBe(true);
  });

  it('says what it assumes of threads', () => {
    const type = typeNamed('r6i.2xlarge');

    expect(cpusOf(type, null)).toEqual({ coreCount: 4, threadsPerCore: 2 });
    expect(threadEvidence(load, type, null)).toEqual([]);
    expect(threadEvidence(load, type, ONE_THREAD)).toMatchObject([
      { source: 'assumption', measure: 'one-thread-throughput', value: 65, unit: 'percent' },
    ]);
    expect(threadEvidence({ ...load, threadsPerCore: 1 }, type, null)).toMatchObject([
      { value: 80 },
    ]);
  });
});
