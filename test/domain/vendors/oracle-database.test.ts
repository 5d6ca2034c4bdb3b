import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { oracleDatabaseRequirement } from '#domain/vendors/oracle-database.ts';
import {
  aCompute,
  aDeployment,
  answers,
  aServer,
  type Deployed,
  findingsOf,
  ofVcpus,
  onHost,
  underTerms,
  unitsOf,
} from './deployed.ts';

const HONORED = { switches: { oracleHonorsCpuOptions: true } };
const SE2 = { edition: 'standard-2' };
/** 16 vCPUs as sold, CPU options leave `active` on. */
const reduced = (activeVcpus: number, activeThreadsPerCore: number) =>
  aCompute({ maximumVcpus: 16, activeVcpus, activeThreadsPerCore });

function requirements(deployed: Deployed, terms = underTerms()) {
  return oracleDatabaseRequirement([aDeployment(deployed)], terms);
}

describe('Oracle Database by the processor', () => {
  // reference/licensing.md section 10, after Oracle's cloud policy and ServiceNow.
  it.each`
    deployed                                                   | units | because
    ${{ compute: ofVcpus(8) }}                                 | ${4}  | ${'m5.2xlarge: two vCPUs a processor'}
    ${{ compute: ofVcpus(8, 1) }}                              | ${8}  | ${'one thread a core: each vCPU'}
    ${{ compute: ofVcpus(3) }}                                 | ${2}  | ${'halves round up'}
    ${{ compute: ofVcpus(96, 2, onHost(96)) }}                 | ${48} | ${'no core factor on a Dedicated Host'}
    ${{ ...SE2, compute: ofVcpus(8) }}                         | ${2}  | ${'r5.2xlarge: four vCPUs a socket'}
    ${{ ...SE2, compute: ofVcpus(4, 1) }}                      | ${1}  | ${'threads make no difference to sockets'}
    ${{ ...SE2, compute: ofVcpus(10) }}                        | ${3}  | ${'quarters round up'}
    ${{ edition: 'standard-1', compute: ofVcpus(2) }}          | ${1}  | ${'one socket at least'}
    ${{ edition: 'standard', compute: ofVcpus(16) }}           | ${4}  | ${'Standard Edition counts alike'}
    ${{ edition: null, compute: ofVcpus(8) }}                  | ${4}  | ${'an unknown edition is Enterprise'}
    ${{ compute: aServer({ sockets: 2, cores: 8 }) }}          | ${4}  | ${'0.5 a core outside AWS'}
    ${{ compute: aServer({ sockets: 2, cores: 32 }, 4) }}      | ${16} | ${'the whole server, not its virtual machine'}
    ${{ ...SE2, compute: aServer({ sockets: 2, cores: 32 }) }} | ${2}  | ${'sockets outside AWS'}
    ${{ role: 'passive', compute: ofVcpus(8) }}                | ${4}  | ${'a standby counts like its primary'}
    ${{ environment: 'non-production', compute: ofVcpus(8) }}  | ${4}  | ${'tests count like production'}
    ${{ licensing: 'unknown', compute: ofVcpus(8) }}           | ${4}  | ${'what nobody is known to pay for counts'}
  `('asks for $units: $because', ({ deployed, units }) => {
    const asked = requirements(deployed);

    expect(unitsOf(asked)).toBe(units);
    expect(asked.map(({ metric }) => metric)).toEqual(['processor']);
  });

  it.each(['license-included', 'marketplace', 'free'] as const)(
    'asks nothing of what is %s',
    (licensing) => {
      expect(requirements({ licensing })).toEqual([]);
    },
  );

  // reference/licensing.md section 5: default, optimistic and worst case.
  it.each`
    compute                                                           | terms      | numbers
    ${ofVcpus(8)}                                                     | ${{}}      | ${{ default: 4 }}
    ${aCompute({ activeVcpus: 4, activeThreadsPerCore: 1 })}          | ${{}}      | ${{ default: 4, 'oracleHonorsCpuOptions=literal': 8 }}
    ${reduced(8, 2)}                                                  | ${{}}      | ${{ default: 8, 'oracleHonorsCpuOptions=true': 4 }}
    ${reduced(8, 1)}                                                  | ${{}}      | ${{ default: 8, 'oracleHonorsCpuOptions=literal': 16 }}
    ${reduced(4, 1)}                                                  | ${{}}      | ${{ default: 8, 'oracleHonorsCpuOptions=true': 4, 'oracleHonorsCpuOptions=literal': 16 }}
    ${reduced(4, 1)}                                                  | ${HONORED} | ${{ default: 4, 'oracleHonorsCpuOptions=false': 8, 'oracleHonorsCpuOptions=literal': 16 }}
    ${ofVcpus(8, 1)}                                                  | ${{}}      | ${{ default: 8 }}
    ${ofVcpus(8, 2, { activeThreadsPerCore: null })}                  | ${{}}      | ${{ default: 4, 'oracleHonorsCpuOptions=true': 8 }}
    ${ofVcpus(8, 2, { maximumVcpus: null, activeThreadsPerCore: 2 })} | ${{}}      | ${{ default: null, 'oracleHonorsCpuOptions=true': 4 }}
    ${aServer()}                                                      | ${{}}      | ${{ default: 8 }}
  `('answers $numbers', ({ compute, terms, numbers }) => {
    const deployments = [aDeployment({ compute })];

    expect(answers(oracleDatabaseRequirement, deployments, underTerms(terms))).toEqual(numbers);
  });

  it('gains by CPU options for Standard Edition 2 in the optimistic number only', () => {
    const deployments = [aDeployment({ ...SE2, compute: reduced(4, 1) })];

    expect(answers(oracleDatabaseRequirement, deployments)).toEqual({
      default: 4,
      'oracleHonorsCpuOptions=true': 1,
    });
  });

  it.each([aCompute({ maximumVcpus: null }), { ...aServer(), host: null }])(
    'says that a size is not known, and never counts it as 0 (%#)',
    (compute) => {
      const asked = requirements({ compute });

      expect(unitsOf(asked)).toBeNull();
      expect(findingsOf(asked)).toEqual(['size-unknown']);
    },
  );

  it('counts both sides of a Multi-AZ database', () => {
    const arn = 'arn:aws:rds:us-east-1:222233334444:db:erp';
    const primary = aDeployment({ id: 'erp', arn, kind: 'database', role: 'primary' });
    const standby = aDeployment({ id: 'erp', arn, kind: 'database', role: 'passive' });

    expect(unitsOf(oracleDatabaseRequirement([primary, standby], underTerms()))).toBe(8);
  });

  it('licenses a machine once, whatever was found on it', () => {
    const found = ['12c', '19c'].map((version) => aDeployment({ version }));

    const asked = oracleDatabaseRequirement(found, underTerms());

    expect(unitsOf(asked)).toBe(4);
    expect(asked.map(({ on }) => on.length)).toEqual([1]);
  });

  it('licenses two editions on one machine apart', () => {
    const found = [aDeployment(), aDeployment(SE2)];

    expect(
      oracleDatabaseRequirement(found, underTerms()).map(({ edition, units }) => [edition, units]),
    ).toEqual([
      ['enterprise', 4],
      ['standard-2', 2],
    ]);
  });

  it('licenses a server outside AWS once for all virtual machines on it', () => {
    const server = { sockets: 2, cores: 16 };
    const found = ['a', 'b'].map((id) => aDeployment({ id, compute: aServer(server, 4) }));

    const asked = oracleDatabaseRequirement(found, underTerms());

    expect(unitsOf(asked)).toBe(8);
    expect(asked[0]?.on.map(({ id }) => id)).toEqual(['a', 'b']);
  });

  it('never asks for more by honoring CPU options than by the type', () => {
    const compute = fc
      .record({
        cores: fc.integer({ min: 1, max: 96 }),
        left: fc.integer({ min: 1, max: 96 }),
        threads: fc.constantFrom(1, 2),
      })
      .map(({ cores, left, threads }) =>
        aCompute({
          maximumVcpus: 2 * cores,
          activeVcpus: Math.min(cores, left) * threads,
          activeThreadsPerCore: threads,
        }),
      );
    fc.assert(
      fc.property(compute, fc.constantFrom('enterprise', 'standard-2'), (machine, edition) => {
        const deployed = { compute: machine, edition };

        expect(unitsOf(requirements(deployed, underTerms(HONORED)))).toBeLessThanOrEqual(
          unitsOf(requirements(deployed)) ?? 0,
        );
      }),
    );
  });
});

describe('where the Standard family may run', () => {
  it.each`
    edition         | compute                               | terms      | found
    ${'standard-2'} | ${ofVcpus(8)}                         | ${{}}      | ${[]}
    ${'standard-2'} | ${ofVcpus(10)}                        | ${{}}      | ${['machine-too-large']}
    ${'standard-2'} | ${ofVcpus(16)}                        | ${{}}      | ${['machine-too-large']}
    ${'standard-2'} | ${reduced(8, 2)}                      | ${{}}      | ${['machine-too-large']}
    ${'standard-2'} | ${reduced(8, 2)}                      | ${HONORED} | ${[]}
    ${'standard-1'} | ${ofVcpus(16)}                        | ${{}}      | ${['machine-too-large']}
    ${'standard'}   | ${ofVcpus(16)}                        | ${{}}      | ${[]}
    ${'standard'}   | ${ofVcpus(17)}                        | ${{}}      | ${['machine-too-large']}
    ${'enterprise'} | ${ofVcpus(128)}                       | ${{}}      | ${[]}
    ${null}         | ${ofVcpus(128)}                       | ${{}}      | ${['edition-unknown']}
    ${'standard-2'} | ${aServer({ sockets: 2, cores: 64 })} | ${{}}      | ${[]}
    ${'standard-2'} | ${aServer({ sockets: 4, cores: 16 })} | ${{}}      | ${['machine-too-large']}
    ${'standard'}   | ${aServer({ sockets: 4, cores: 16 })} | ${{}}      | ${[]}
    ${'standard-2'} | ${aCompute({ maximumVcpus: null })}   | ${{}}      | ${['size-unknown']}
    ${'standard-2'} | ${{ ...aServer(), host: null }}       | ${{}}      | ${['size-unknown']}
  `(
    'finds $found for $edition on $compute.maximumVcpus vCPUs',
    ({ edition, compute, terms, found }) => {
      expect(findingsOf(requirements({ edition, compute }, underTerms(terms)))).toEqual(found);
    },
  );

  it('is a violation, whatever is owned', () => {
    const [asked] = requirements({ ...SE2, compute: ofVcpus(16) });

    expect(asked?.findings).toMatchObject([
      { severity: 'violation', rule: { id: 'oracle/database/standard-size' } },
    ]);
  });
});

describe('Oracle Database by named users', () => {
  const metric = 'named-user-plus';
  it.each`
    edition         | compute                               | users   | units
    ${'enterprise'} | ${ofVcpus(8)}                         | ${20}   | ${100}
    ${'enterprise'} | ${ofVcpus(8)}                         | ${101}  | ${101}
    ${'enterprise'} | ${ofVcpus(8)}                         | ${null} | ${100}
    ${'enterprise'} | ${aServer({ sockets: 2, cores: 8 })}  | ${20}   | ${100}
    ${'standard-2'} | ${ofVcpus(8)}                         | ${0}    | ${10}
    ${'standard-2'} | ${ofVcpus(4)}                         | ${12}   | ${12}
    ${'standard'}   | ${ofVcpus(10)}                        | ${0}    | ${20}
    ${'standard-2'} | ${aServer({ sockets: 2, cores: 16 })} | ${0}    | ${10}
  `('asks for $units of $edition with $users users', ({ edition, compute, users, units }) => {
    const asked = requirements({ edition, compute, users }, underTerms({ metric }));

    expect(unitsOf(asked)).toBe(units);
    expect(asked[0]?.metric).toBe(metric);
    expect(findingsOf(asked)).toEqual(users === null ? ['users-unknown'] : []);
  });

  it('takes the users of everything on a machine together', () => {
    const found = [aDeployment({ users: 80 }), aDeployment({ version: '12c', users: 40 })];

    expect(unitsOf(oracleDatabaseRequirement(found, underTerms({ metric })))).toBe(120);
  });

  it('has the other numbers in users too', () => {
    const deployments = [aDeployment({ users: 60, compute: reduced(4, 1) })];

    expect(answers(oracleDatabaseRequirement, deployments, underTerms({ metric }))).toEqual({
      default: 200,
      'oracleHonorsCpuOptions=true': 100,
      'oracleHonorsCpuOptions=literal': 400,
    });
  });

  it('does not invent users for a machine whose size is not known', () => {
    const asked = requirements(
      { users: 5, compute: aCompute({ maximumVcpus: null, activeVcpus: null }) },
      underTerms({ metric }),
    );

    expect(unitsOf(asked)).toBeNull();
  });
});

describe('options and packs', () => {
  it('take as many licenses as their database, each under its own name, found twice or not', () => {
    const found = [
      aDeployment({ options: ['Partitioning', 'Diagnostics Pack'] }),
      aDeployment({ version: '12c', options: ['PARTITIONING'] }),
    ];

    expect(
      oracleDatabaseRequirement(found, underTerms()).map(({ edition, units, metric, rule }) => [
        edition,
        units,
        metric,
        rule.id,
      ]),
    ).toEqual([
      ['enterprise', 4, 'processor', 'oracle/cloud/two-vcpus-per-processor'],
      ['partitioning', 4, 'processor', 'oracle/database/options'],
      ['diagnostics-pack', 4, 'processor', 'oracle/database/options'],
    ]);
  });

  it('have the other numbers of their database', () => {
    const [, option] = requirements({ options: ['Partitioning'], compute: reduced(4, 1) });

    expect(option?.alternatives.map(({ units }) => units)).toEqual([4, 16]);
  });
});

describe('pluggable databases', () => {
  // ServiceNow, oracle-licensing-multitenant-architectures.md, 2026-09-10.
  it.each`
    edition         | version   | pluggableDatabases | editions                         | found
    ${'enterprise'} | ${'19c'}  | ${3}               | ${['enterprise']}                | ${[]}
    ${'enterprise'} | ${'19c'}  | ${4}               | ${['enterprise', 'multitenant']} | ${[]}
    ${'enterprise'} | ${'23ai'} | ${null}            | ${['enterprise']}                | ${[]}
    ${'enterprise'} | ${'18c'}  | ${1}               | ${['enterprise']}                | ${[]}
    ${'enterprise'} | ${'12.1'} | ${2}               | ${['enterprise', 'multitenant']} | ${[]}
    ${'enterprise'} | ${null}   | ${2}               | ${['enterprise', 'multitenant']} | ${[]}
    ${'enterprise'} | ${'18c'}  | ${252}             | ${['enterprise', 'multitenant']} | ${[]}
    ${'enterprise'} | ${'18c'}  | ${253}             | ${['enterprise', 'multitenant']} | ${['too-many-pluggable-databases']}
    ${'standard-2'} | ${'19c'}  | ${3}               | ${['standard-2']}                | ${[]}
    ${'standard-2'} | ${'19c'}  | ${4}               | ${['standard-2']}                | ${['too-many-pluggable-databases']}
    ${null}         | ${'19c'}  | ${4}               | ${[null, 'multitenant']}         | ${['edition-unknown']}
  `(
    'ask for $editions with $pluggableDatabases in $version',
    ({ editions, found, ...deployed }) => {
      const asked = requirements(deployed);

      expect(asked.map(({ edition }) => edition)).toEqual(editions);
      expect(findingsOf(asked)).toEqual(found);
    },
  );

  it('says how many are too many', () => {
    const [asked] = requirements({ version: '18c', pluggableDatabases: 255 });

    expect(asked?.findings.map(({ text }) => text)).toEqual([expect.stringContaining('remove 3.')]);
  });
});
