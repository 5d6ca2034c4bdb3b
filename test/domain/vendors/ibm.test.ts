import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ibmRequirement, resourceValueUnits } from '#domain/vendors/ibm.ts';
import {
  aCompute,
  aDeployment,
  answers,
  aServer,
  type Deployed,
  findingsOf,
  ofVcpus,
  onHost,
  times,
  underTerms,
  unitsOf,
} from './deployed.ts';

const DB2 = { product: 'ibm-db2', edition: 'advanced' };
const MQ = { product: 'ibm-mq', edition: 'base' };
const REPORTED = { switches: { ibmSubCapacityReported: true } };

function requirements(deployed: Deployed, terms = underTerms(REPORTED)) {
  return ibmRequirement([aDeployment(deployed)], terms);
}

describe('IBM on AWS', () => {
  // reference/licensing.md sections 6 and 10; IBM, sub-capacity page of 2026-02-10.
  it.each`
    deployed                                                                    | metric   | counted  | units
    ${DB2}                                                                      | ${null}  | ${'vpc'} | ${8}
    ${DB2}                                                                      | ${'pvu'} | ${'pvu'} | ${560}
    ${MQ}                                                                       | ${null}  | ${'vpc'} | ${8}
    ${{ ...MQ, product: 'ibm-websphere' }}                                      | ${null}  | ${'pvu'} | ${560}
    ${{ ...MQ, product: 'ibm-websphere' }}                                      | ${'vpc'} | ${'vpc'} | ${8}
    ${{ ...MQ, compute: ofVcpus(8, 1) }}                                        | ${null}  | ${'vpc'} | ${8}
    ${MQ}                                                                       | ${'rvu'} | ${'rvu'} | ${8}
    ${{ ...MQ, role: 'passive' }}                                               | ${null}  | ${'vpc'} | ${8}
    ${{ ...DB2, role: 'readable' }}                                             | ${null}  | ${'vpc'} | ${8}
    ${{ ...DB2, role: 'passive' }}                                              | ${null}  | ${'vpc'} | ${0}
    ${{ ...DB2, compute: aCompute({ maximumVcpus: null, activeVcpus: null }) }} | ${null}  | ${'vpc'} | ${null}
  `('counts $deployed.product in $counted: $units', ({ deployed, metric, counted, units }) => {
    const asked = requirements(deployed, underTerms({ ...REPORTED, metric }));

    expect(unitsOf(asked)).toBe(units);
    expect(asked.map((requirement) => requirement.metric)).toEqual([counted]);
  });

  it.each`
    deployed                                                                      | terms                                   | numbers
    ${DB2}                                                                        | ${{}}                                   | ${{ default: 8, 'ibmVcpusPerCore=2': 4 }}
    ${DB2}                                                                        | ${{ metric: 'pvu' }}                    | ${{ default: 560, 'ibmVcpusPerCore=2': 280 }}
    ${DB2}                                                                        | ${{ switches: { ibmVcpusPerCore: 2 } }} | ${{ default: 4, 'ibmVcpusPerCore=1': 8 }}
    ${{ ...DB2, compute: ofVcpus(8, 1) }}                                         | ${{}}                                   | ${{ default: 8 }}
    ${{ ...DB2, compute: aCompute({ activeVcpus: 4, activeThreadsPerCore: 1 }) }} | ${{}}                                   | ${{ default: 8, 'ibmSubCapacityReported=true': 4 }}
    ${{ ...DB2, compute: aCompute({ activeVcpus: 4, activeThreadsPerCore: 1 }) }} | ${REPORTED}                             | ${{ default: 4, 'ibmSubCapacityReported=false': 8 }}
    ${MQ}                                                                         | ${{}}                                   | ${{ default: 8 }}
    ${MQ}                                                                         | ${{ switches: { ibmVcpusPerCore: 2 } }} | ${{ default: 8 }}
    ${{ ...MQ, kind: 'container' }}                                               | ${{}}                                   | ${{ default: 8, 'ibmVcpusPerCore=2': 4 }}
  `('answers $numbers', ({ deployed, terms, numbers }) => {
    expect(answers(ibmRequirement, [aDeployment(deployed)], underTerms(terms))).toEqual(numbers);
  });

  it('warns until reports prove sub-capacity', () => {
    expect(findingsOf(requirements(MQ, underTerms()))).toEqual(['sub-capacity-not-reported']);
    expect(findingsOf(requirements(MQ))).toEqual([]);
  });

  it.each`
    placement   | found
    ${'rds'}    | ${'standby-free'}
    ${'shared'} | ${'standby-may-be-warm'}
  `('says why a standby of Db2 needs nothing: $found', ({ placement, found }) => {
    const standby = { ...DB2, role: 'passive' as const, compute: aCompute({ placement }) };

    expect(findingsOf(requirements(standby))).toEqual([found]);
  });

  it('counts a machine that is a standby and a primary', () => {
    const both = (['passive', 'primary'] as const).map((role) => aDeployment({ ...DB2, role }));

    expect(unitsOf(ibmRequirement(both, underTerms(REPORTED)))).toBe(8);
  });
});

describe('IBM on a Dedicated Host', () => {
  const deployments = times(5, { ...MQ, compute: onHost(12) });

  it('counts every VM, and shows what the cap by physical cores would make of it', () => {
    expect(answers(ibmRequirement, deployments)).toEqual({
      default: 60,
      'ibmHostCoreCap=true': 48,
    });
  });

  it('caps where the switch says so', () => {
    const terms = underTerms({ switches: { ibmHostCoreCap: true } });

    expect(answers(ibmRequirement, deployments, terms)).toEqual({
      default: 48,
      'ibmHostCoreCap=false': 60,
    });
  });

  it('needs nothing of a host with standbys only', () => {
    expect(unitsOf(requirements({ ...DB2, role: 'passive', compute: onHost(12) }))).toBe(0);
  });

  it('does not know a host of which it does not know all', () => {
    const unknown = aDeployment({
      ...MQ,
      id: 'i-unknown',
      compute: onHost(12, { maximumVcpus: null }),
    });

    expect(unitsOf(ibmRequirement([...deployments, unknown], underTerms()))).toBeNull();
  });
});

describe('IBM outside AWS', () => {
  const vms = (server: Parameters<typeof aServer>[0]) =>
    ['a', 'b'].map((id) => aDeployment({ ...MQ, id, compute: aServer(server, 10) }));

  // HCL BigFix Inventory 10, "Virtual processor core licenses".
  it.each`
    server                       | terms       | numbers
    ${{ sockets: 2, cores: 16 }} | ${REPORTED} | ${{ default: 16 }}
    ${{ sockets: 2, cores: 32 }} | ${REPORTED} | ${{ default: 20, 'ibmSubCapacityReported=false': 32 }}
    ${{ sockets: 2, cores: 32 }} | ${{}}       | ${{ default: 32, 'ibmSubCapacityReported=true': 20 }}
  `('answers $numbers for 20 vCPUs on $server.cores cores', ({ server, terms, numbers }) => {
    expect(answers(ibmRequirement, vms(server), underTerms(terms))).toEqual(numbers);
  });

  it('counts the cores of a server without virtual machines', () => {
    const compute = aServer({ sockets: 2, cores: 16 });

    expect(unitsOf(requirements({ ...MQ, compute }))).toBe(16);
    expect(unitsOf(requirements({ ...MQ, compute }, underTerms()))).toBe(16);
  });

  it.each`
    vcpus   | terms       | units
    ${10}   | ${REPORTED} | ${10}
    ${10}   | ${{}}       | ${null}
    ${null} | ${REPORTED} | ${null}
  `('asks for $units of $vcpus vCPUs on a server that is not known', ({ vcpus, terms, units }) => {
    const compute = { ...aServer({}, vcpus), host: null };

    expect(unitsOf(requirements({ ...MQ, compute }, underTerms(terms)))).toBe(units);
  });
});

describe('resourceValueUnits', () => {
  it.each`
    cores      | units
    ${0}       | ${0}
    ${2_500}   | ${2_500}
    ${10_000}  | ${8_500}
    ${50_000}  | ${32_500}
    ${150_000} | ${72_500}
    ${150_010} | ${72_502}
  `('makes $units of $cores cores (ServiceNow)', ({ cores, units }) => {
    expect(resourceValueUnits(cores)).toBeCloseTo(units);
  });

  it('never falls when cores are added, and never exceeds them', () => {
    const cores = fc.integer({ min: 0, max: 1_000_000 });
    fc.assert(
      fc.property(cores, cores, (some, more) => {
        expect(resourceValueUnits(some + more)).toBeGreaterThanOrEqual(resourceValueUnits(some));
        expect(resourceValueUnits(some)).toBeLessThanOrEqual(some);
      }),
    );
  });
});
