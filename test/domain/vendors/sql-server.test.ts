import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Deployment } from '#domain/estate/deployment.ts';
import { sqlServerRequirement } from '#domain/vendors/sql-server.ts';
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

const ASSURED = underTerms({ softwareAssurance: true, purchasedOn: '2021-03-01' });
const BEFORE_CUT = underTerms({ softwareAssurance: true, purchasedOn: '2018-05-01' });

const SQL: Deployed = { product: 'sql-server', edition: 'enterprise', version: '2017' };

function sql(changes: Deployed = {}): Deployment {
  return aDeployment({ ...SQL, ...changes });
}

function sqlVms(count: number, changes: Deployed = {}): readonly Deployment[] {
  return times(count, { ...SQL, compute: onHost(4), ...changes });
}

const MOBILITY = 'aws.amazon.com/windows/resources/licensemobility/sql';
const PER_CORE = 'ServiceNow SAM documentation, microsoft-percore-withcal (2026-03-12)';
/** 16 vCPUs, of which CPU options leave 8 cores with one thread. */
const OPTIMIZED = aCompute({ activeVcpus: 8, maximumVcpus: 16, activeThreadsPerCore: 1 });

describe('sqlServerRequirement by cores', () => {
  it.each`
    edition         | on                                       | cores | because                                           | source
    ${'standard'}   | ${ofVcpus(2)}                            | ${4}  | ${'an m5.large takes the least'}                  | ${MOBILITY}
    ${'enterprise'} | ${OPTIMIZED}                             | ${8}  | ${'only active vCPUs count'}                      | ${MOBILITY}
    ${null}         | ${ofVcpus(8)}                            | ${8}  | ${'an edition not known counts by VM'}            | ${MOBILITY}
    ${'standard'}   | ${onHost(16)}                            | ${16} | ${'Standard counts by VM on hosts too'}           | ${PER_CORE}
    ${'enterprise'} | ${aServer({ sockets: 2, cores: 12 })}    | ${12} | ${'a server counts by its cores'}                 | ${PER_CORE}
    ${'standard'}   | ${aServer({ sockets: 2, cores: 12 })}    | ${12} | ${'Standard too, without VMs'}                    | ${PER_CORE}
    ${'enterprise'} | ${aServer({ sockets: 4, cores: 8 })}     | ${16} | ${'each processor takes 4 at least'}              | ${PER_CORE}
    ${'standard'}   | ${aServer({ sockets: 2, cores: 48 }, 6)} | ${6}  | ${'a VM outside AWS counts by its virtual cores'} | ${PER_CORE}
  `('takes $cores for $edition: $because ($source)', ({ edition, on, cores }) => {
    expect(sqlServerRequirement([sql({ edition, compute: on })], ASSURED)).toMatchObject([
      { edition, metric: 'core', units: cores },
    ]);
  });

  it.each`
    edition         | licensing             | requirements | because
    ${'enterprise'} | ${'license-included'} | ${0}         | ${'the hourly price pays'}
    ${'enterprise'} | ${'marketplace'}      | ${0}         | ${'the marketplace pays'}
    ${'express'}    | ${'free'}             | ${0}         | ${'it is free'}
    ${'express'}    | ${'unknown'}          | ${0}         | ${'it is free, whatever else is known'}
    ${'standard'}   | ${'unknown'}          | ${1}         | ${'nobody else is known to pay'}
  `('makes $requirements of $edition, $licensing: $because', (row) => {
    const { edition, licensing, requirements } = row;

    expect(sqlServerRequirement([sql({ edition, licensing })], ASSURED)).toHaveLength(requirements);
  });

  it('licenses a VM once, for the highest edition on it, in any order', () => {
    const installed = [null, 'web', 'enterprise', 'standard'].map((edition) => sql({ edition }));

    for (const order of [installed, installed.toReversed()]) {
      expect(sqlServerRequirement(order, ASSURED)).toMatchObject([
        { edition: 'enterprise', units: 8 },
      ]);
    }
  });

  it('counts a standby of a database beside its primary', () => {
    const database = { kind: 'database', compute: ofVcpus(8, 1, { placement: 'rds' }) } as const;
    const deployments = [
      sql({ ...database, role: 'primary' }),
      sql({ ...database, role: 'passive' }),
    ];

    expect(unitsOf(sqlServerRequirement(deployments, ASSURED))).toBe(16);
  });

  it('never takes a machine of unknown size for 0', () => {
    const requirements = sqlServerRequirement(
      [sql({ compute: aCompute({ activeVcpus: null }) })],
      ASSURED,
    );

    expect(requirements).toMatchObject([{ units: null }]);
    expect(findingsOf(requirements)).toContain('size-unknown');
  });

  it('counts a server outside AWS that nobody measured as not known', () => {
    const compute = { ...aServer(), host: null };

    expect(unitsOf(sqlServerRequirement([sql({ compute })], ASSURED))).toBeNull();
  });
});

describe('sqlServerRequirement, Enterprise on a host', () => {
  it.each`
    terms         | version   | setting            | expected                                                                                          | because
    ${ASSURED}    | ${'2017'} | ${'pre-2019-only'} | ${{ default: 80, 'hostLevelVirtualization=yes': 48 }}                                             | ${'bought in 2021, it counts by VM'}
    ${ASSURED}    | ${'2017'} | ${'yes'}           | ${{ default: 48, 'hostLevelVirtualization=pre-2019-only': 80, 'hostLevelVirtualization=no': 80 }} | ${'the company says that the host may be licensed'}
    ${ASSURED}    | ${'2017'} | ${'no'}            | ${{ default: 80, 'hostLevelVirtualization=yes': 48 }}                                             | ${'the company says that it may not'}
    ${BEFORE_CUT} | ${'2017'} | ${'pre-2019-only'} | ${{ default: 48, 'hostLevelVirtualization=no': 80 }}                                              | ${'bought before 2019-10-01, through version 2017'}
    ${BEFORE_CUT} | ${'2019'} | ${'pre-2019-only'} | ${{ default: 80, 'hostLevelVirtualization=yes': 48 }}                                             | ${'version 2019 came after the cut'}
    ${BEFORE_CUT} | ${null}   | ${'pre-2019-only'} | ${{ default: 80, 'hostLevelVirtualization=yes': 48 }}                                             | ${'the version is not known'}
  `('counts 20 VMs of 4 vCPUs on an m5 host: $because', ({ terms, version, setting, expected }) => {
    const vms = sqlVms(20, { version });
    const switches = { hostLevelVirtualization: setting };

    expect(answers(sqlServerRequirement, vms, underTerms({ ...terms, switches }))).toEqual(
      expected,
    );
  });

  it('takes the VMs one by one where they take less than the host', () => {
    expect(answers(sqlServerRequirement, sqlVms(2), BEFORE_CUT)).toEqual({ default: 8 });
  });

  it('says by which rule it counted', () => {
    const ruleFor = (deployments: readonly Deployment[]) =>
      sqlServerRequirement(deployments, BEFORE_CUT).map(({ rule }) => rule.id);
    const outside = { compute: aServer({ sockets: 2, cores: 16 }, 8) };

    expect(ruleFor(sqlVms(20))).toEqual(['microsoft/sql-server/by-dedicated-host']);
    expect(ruleFor(sqlVms(2))).toEqual(['microsoft/sql-server/by-vm']);
    expect(ruleFor(sqlVms(4, outside))).toEqual(['microsoft/sql-server/by-host']);
  });

  it('licenses a host outside AWS for any number of VMs, whatever the switch', () => {
    const vms = sqlVms(20, { compute: aServer({ sockets: 2, cores: 48 }, 4) });

    expect(answers(sqlServerRequirement, vms, ASSURED)).toEqual({ default: 48 });
  });

  it('covers no more VMs than there are licenses without Software Assurance', () => {
    const terms = underTerms({ softwareAssurance: false, purchasedOn: '2018-05-01' });

    expect(unitsOf(sqlServerRequirement(sqlVms(60), terms))).toBe(60);
    expect(unitsOf(sqlServerRequirement(sqlVms(40), terms))).toBe(48);
  });

  it('counts the host where it may be licensed and the size of a VM is not known', () => {
    const vms = sqlVms(2, { compute: onHost(4, { activeVcpus: null }) });

    expect(answers(sqlServerRequirement, vms, BEFORE_CUT)).toEqual({ default: 48 });
  });

  it('needs nothing more for Standard on a host licensed for Enterprise, and says what it would take', () => {
    const standard = sql({ id: 'i-standard', edition: 'standard', compute: onHost(8) });

    const requirements = sqlServerRequirement([...sqlVms(20), standard], BEFORE_CUT);

    expect(requirements).toMatchObject([
      { edition: 'enterprise', units: 48 },
      {
        edition: 'standard',
        units: 0,
        alternatives: [{ switch: 'hostLevelVirtualization', setting: 'no', units: 8 }],
      },
    ]);
  });
});

describe('sqlServerRequirement, passive replicas', () => {
  const passive = (changes: Deployed = {}) => [sql({ role: 'passive', ...changes })];
  const free = { switches: { passiveFreeUnderMobility: true } };

  it.each`
    on                | terms                                  | expected                                               | because
    ${ofVcpus(8)}     | ${ASSURED}                             | ${{ default: 8, 'passiveFreeUnderMobility=true': 0 }}  | ${'it counts, and free is shown'}
    ${ofVcpus(8)}     | ${underTerms({ ...ASSURED, ...free })} | ${{ default: 0, 'passiveFreeUnderMobility=false': 8 }} | ${'the company says that it is free'}
    ${ofVcpus(8)}     | ${underTerms(free)}                    | ${{ default: 8 }}                                      | ${'nobody knows of Software Assurance'}
    ${onHost(8)}      | ${ASSURED}                             | ${{ default: 8, 'passiveFreeUnderMobility=true': 0 }}  | ${'later licenses are on hosts under License Mobility too'}
    ${onHost(8)}      | ${BEFORE_CUT}                          | ${{ default: 0 }}                                      | ${'licenses of before 2019-10-01 are not'}
    ${aServer({}, 8)} | ${ASSURED}                             | ${{ default: 0 }}                                      | ${'outside AWS there is no License Mobility'}
  `('counts $expected: $because', ({ on, terms, expected }) => {
    expect(answers(sqlServerRequirement, passive({ compute: on }), terms)).toEqual(expected);
  });

  it('counts a VM on which anything else serves', () => {
    const beside = [...passive(), sql({ role: null })];

    expect(unitsOf(sqlServerRequirement(beside, underTerms({ ...ASSURED, ...free })))).toBe(8);
  });

  it('says whether it counted them', () => {
    expect(findingsOf(sqlServerRequirement(passive(), ASSURED))).toEqual(['passive-counted']);
    expect(
      findingsOf(sqlServerRequirement(passive(), underTerms({ ...ASSURED, ...free }))),
    ).toEqual(['passive-free']);
  });
});

describe('sqlServerRequirement by servers', () => {
  const owned = { ...ASSURED, metric: 'server' };
  const bigHost = onHost(4, { host: { id: 'h-1', sockets: 2, cores: 72 } });

  it.each`
    edition         | vms   | on                                 | servers | because
    ${'standard'}   | ${3}  | ${ofVcpus(16)}                     | ${3}    | ${'each operating system takes one'}
    ${'enterprise'} | ${13} | ${bigHost}                         | ${4}    | ${'13 VMs and 72 cores take four each way (ServiceNow)'}
    ${'enterprise'} | ${17} | ${bigHost}                         | ${5}    | ${'a license covers four VMs'}
    ${'enterprise'} | ${1}  | ${aServer({ cores: 48 })}          | ${3}    | ${'a license covers twenty cores'}
    ${'enterprise'} | ${1}  | ${ofVcpus(8)}                      | ${1}    | ${'a VM by itself stands for its server'}
    ${'enterprise'} | ${1}  | ${aCompute({ activeVcpus: null })} | ${null} | ${'the size is not known'}
  `('takes $servers for $vms VMs of $edition: $because', ({ edition, vms, on, servers }) => {
    const requirements = sqlServerRequirement(sqlVms(vms, { edition, compute: on }), owned);

    expect(requirements.every(({ metric }) => metric === 'server')).toBe(true);
    expect(unitsOf(requirements)).toBe(servers);
  });

  it('takes none for replicas that are free', () => {
    const terms = underTerms({ ...owned, switches: { passiveFreeUnderMobility: true } });
    const passive = [
      sql({ role: 'passive' }),
      sql({ id: 'i-2', role: 'passive', edition: 'standard' }),
    ];

    expect(sqlServerRequirement(passive, terms).map(({ units }) => units)).toEqual([0, 0]);
  });

  it('takes none for Developer either', () => {
    const developer = sql({ edition: 'developer', licensing: 'free' });

    expect(sqlServerRequirement([developer], owned)).toMatchObject([
      { metric: 'server', units: 0 },
    ]);
  });
});

describe('sqlServerRequirement, what numbers do not say', () => {
  it.each`
    environment         | found
    ${'production'}     | ${['developer-in-production']}
    ${null}             | ${['developer-environment-unknown']}
    ${'non-production'} | ${[]}
  `('finds $found for Developer in $environment', ({ environment, found }) => {
    const developer = sql({ edition: 'developer', licensing: 'free', environment });

    const requirements = sqlServerRequirement([developer], ASSURED);

    expect(findingsOf(requirements)).toEqual(found);
    expect(unitsOf(requirements)).toBe(0);
  });

  it.each`
    deployed                                        | terms                                       | found                   | severity
    ${{}}                                           | ${underTerms()}                             | ${'assurance-unknown'}  | ${'warning'}
    ${{}}                                           | ${underTerms({ softwareAssurance: false })} | ${'assurance-required'} | ${'violation'}
    ${{ edition: 'web' }}                           | ${ASSURED}                                  | ${'web-not-brought'}    | ${'violation'}
    ${{ edition: null }}                            | ${ASSURED}                                  | ${'edition-unknown'}    | ${'warning'}
    ${{ version: '2022', compute: aServer({}, 8) }} | ${underTerms({ softwareAssurance: false })} | ${'vm-assurance'}       | ${'violation'}
    ${{ version: '2022', compute: aServer({}, 8) }} | ${underTerms()}                             | ${'vm-assurance'}       | ${'warning'}
  `('finds $found ($severity)', ({ deployed, terms, found, severity }) => {
    const [requirement] = sqlServerRequirement([sql(deployed)], terms);

    expect(requirement?.findings).toMatchObject([{ code: found, severity }]);
  });

  it.each`
    deployed                                        | terms
    ${{}}                                           | ${ASSURED}
    ${{ version: '2022', compute: aServer({}, 8) }} | ${ASSURED}
    ${{ version: '2019', compute: aServer({}, 8) }} | ${underTerms()}
    ${{ version: null, compute: aServer({}, 8) }}   | ${underTerms()}
    ${{ version: '2022', compute: aServer() }}      | ${underTerms()}
  `('finds nothing for $deployed.version', ({ deployed, terms }) => {
    expect(findingsOf(sqlServerRequirement([sql(deployed)], terms))).toEqual([]);
  });
});

const vmLists = fc.uniqueArray(
  fc.record({
    id: fc.integer({ min: 1, max: 40 }).map((number) => `i-${number}`),
    compute: fc
      .record({ vcpus: fc.integer({ min: 1, max: 64 }), host: fc.integer({ min: 0, max: 2 }) })
      .map(({ vcpus, host }) =>
        host === 0
          ? ofVcpus(vcpus)
          : onHost(vcpus, { host: { id: `h-${host}`, sockets: 2, cores: 24 * host } }),
      ),
  }),
  { minLength: 1, maxLength: 15, selector: ({ id }) => id },
);
const editions = fc.constantFrom('enterprise', 'standard', null);
const someTerms = fc
  .record({
    softwareAssurance: fc.constantFrom(true, false, null),
    purchasedOn: fc.constantFrom('2018-01-01', '2022-01-01', null),
    metric: fc.constantFrom('core', 'server'),
    switches: fc.record({
      hostLevelVirtualization: fc.constantFrom('yes', 'pre-2019-only', 'no'),
      passiveFreeUnderMobility: fc.boolean(),
    }),
  })
  .map(underTerms);

describe('sqlServerRequirement, whatever runs', () => {
  it('never falls when a VM is added', () => {
    fc.assert(
      fc.property(vmLists, editions, someTerms, (vms, edition, terms) => {
        const required = (list: readonly Deployed[]) =>
          unitsOf(
            sqlServerRequirement(
              list.map((vm) => sql({ ...vm, edition })),
              terms,
            ),
          ) ?? 0;

        expect(required(vms.slice(1))).toBeLessThanOrEqual(required(vms));
      }),
    );
  });

  it('is never below 4 cores or one server', () => {
    fc.assert(
      fc.property(vmLists, editions, someTerms, (vms, edition, terms) => {
        const deployments = vms.map((vm) => sql({ ...vm, edition }));

        for (const { metric, units } of sqlServerRequirement(deployments, terms)) {
          expect(units).toBeGreaterThanOrEqual(metric === 'core' ? 4 : 1);
        }
      }),
    );
  });

  it('does not depend on the order of VMs, whatever their editions', () => {
    fc.assert(
      fc.property(vmLists, fc.array(editions), someTerms, (vms, mixed, terms) => {
        const deployments = vms.map((vm, index) => sql({ ...vm, edition: mixed[index] ?? null }));

        expect(unitsOf(sqlServerRequirement(deployments.toReversed(), terms))).toBe(
          unitsOf(sqlServerRequirement(deployments, terms)),
        );
      }),
    );
  });
});
