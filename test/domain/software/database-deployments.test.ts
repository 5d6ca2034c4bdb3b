import { describe, expect, it } from 'vitest';
import type { Database } from '#domain/estate/database.ts';
import type { Deployment } from '#domain/estate/deployment.ts';
import { DEFAULT_SETTINGS } from '#domain/estate/licensing-settings.ts';
import { deploymentsOf } from '#domain/software/deployments.ts';
import { ACCOUNT, aShard, aType, REGION } from '../../builders.ts';
import { aDatabase } from './software-builders.ts';

/** vCPUs, cores and memory of EC2's types (DescribeInstanceTypes, 2026-08). */
const TYPES = [
  aType(),
  aType({ name: 'r5.4xlarge', defaultVcpus: 16, memoryMib: 131_072 }),
  aType({ name: 'm7i.8xlarge', defaultVcpus: 32, memoryMib: 131_072 }),
  aType({ name: 'm7i.xlarge', defaultVcpus: 4, memoryMib: 16_384 }),
  aType({ name: 'r8i.2xlarge', defaultVcpus: 8, memoryMib: 65_536 }),
  aType({ name: 'm7g.4xlarge', defaultVcpus: 16, defaultThreadsPerCore: 1 }),
];

function deploymentsOfDatabases(...databases: readonly Database[]): readonly Deployment[] {
  return deploymentsOf(aShard({ databases, instanceTypes: TYPES }), DEFAULT_SETTINGS);
}

describe('RDS databases', () => {
  it('say what runs, where, on what and why', () => {
    const database = aDatabase({ tags: { Name: 'ledger', Owner: 'dba', Environment: 'test' } });

    expect(deploymentsOfDatabases(database)).toEqual([
      {
        product: 'oracle-database',
        edition: 'enterprise',
        version: '19c',
        licensing: 'byol',
        on: {
          kind: 'database',
          id: 'fin-ledger',
          arn: database.arn,
          account: ACCOUNT,
          region: REGION,
          name: 'ledger',
          owner: 'dba',
          running: true,
          compute: {
            placement: 'rds',
            instanceType: 'db.r6i.2xlarge',
            activeVcpus: 8,
            maximumVcpus: 8,
            activeThreadsPerCore: 2,
            defaultThreadsPerCore: 2,
            memoryMib: 65_536,
            host: null,
          },
        },
        environment: 'non-production',
        role: 'primary',
        options: [],
        evidence: [
          { source: 'RDS engine', text: 'oracle-ee 19.0.0.0.ru-2024-07.rur-2024-07.r1' },
          { source: 'RDS license model', text: 'bring-your-own-license' },
        ],
      },
    ]);
  });

  // RDS API, Engine of CreateDBInstance (2026-11); versions as DescribeDBInstances shows them.
  it.each`
    engine                     | engineVersion            | licenseModel                | product              | edition         | version   | licensing
    ${'oracle-se2'}            | ${'21.0.0.0.ru-2024'}    | ${'license-included'}       | ${'oracle-database'} | ${'standard-2'} | ${'21c'}  | ${'license-included'}
    ${'oracle-ee-cdb'}         | ${'19.0.0.0'}            | ${'bring-your-own-license'} | ${'oracle-database'} | ${'enterprise'} | ${'19c'}  | ${'byol'}
    ${'custom-oracle-se2-cdb'} | ${'19.0.0.0'}            | ${'bring-your-own-license'} | ${'oracle-database'} | ${'standard-2'} | ${'19c'}  | ${'byol'}
    ${'oracle-se1'}            | ${'11.2.0.4.v27'}        | ${'license-included'}       | ${'oracle-database'} | ${'standard-1'} | ${'11g'}  | ${'license-included'}
    ${'oracle-se'}             | ${'11.2.0.4.v27'}        | ${'bring-your-own-license'} | ${'oracle-database'} | ${'standard'}   | ${'11g'}  | ${'byol'}
    ${'sqlserver-ee'}          | ${'16.00.4125.3.v1'}     | ${'license-included'}       | ${'sql-server'}      | ${'enterprise'} | ${'2022'} | ${'license-included'}
    ${'sqlserver-se'}          | ${'15.00.4375.4.v1'}     | ${'bring-your-own-license'} | ${'sql-server'}      | ${'standard'}   | ${'2019'} | ${'byol'}
    ${'sqlserver-web'}         | ${'14.00.3456.2.v1'}     | ${'license-included'}       | ${'sql-server'}      | ${'web'}        | ${'2017'} | ${'license-included'}
    ${'sqlserver-ex'}          | ${'16.00.4125.3.v1'}     | ${'license-included'}       | ${'sql-server'}      | ${'express'}    | ${'2022'} | ${'free'}
    ${'sqlserver-dev-ee'}      | ${'16.00.4125.3.v1'}     | ${'bring-your-own-license'} | ${'sql-server'}      | ${'developer'}  | ${'2022'} | ${'free'}
    ${'db2-ae'}                | ${'11.5.9.0.sb00000.r1'} | ${'marketplace-license'}    | ${'ibm-db2'}         | ${'advanced'}   | ${'11.5'} | ${'marketplace'}
    ${'db2-se'}                | ${'12.1.1.0'}            | ${'something-new'}          | ${'ibm-db2'}         | ${'standard'}   | ${'12.1'} | ${'unknown'}
  `(
    'are $product $edition $version, $licensing, by $engine',
    ({ engine, engineVersion, licenseModel, ...expected }) => {
      expect(
        deploymentsOfDatabases(aDatabase({ engine, engineVersion, licenseModel })),
      ).toMatchObject([expected]);
    },
  );

  it.each(['postgres', 'mysql', 'mariadb', 'aurora-postgresql', 'oracle', 'constructor', ''])(
    'of the engine "%s" need no license',
    (engine) => {
      expect(deploymentsOfDatabases(aDatabase({ engine }))).toEqual([]);
    },
  );

  it('stay while they are stopped', () => {
    expect(deploymentsOfDatabases(aDatabase({ status: 'stopped' }))[0]?.on.running).toBe(false);
  });

  it('have a passive standby of their own with Multi-AZ', () => {
    const [primary, standby] = deploymentsOfDatabases(aDatabase({ multiAz: true }));

    expect(primary?.role).toBe('primary');
    expect(standby).toEqual({ ...primary, role: 'passive' });
  });

  it('are readable as replicas, with Active Data Guard on both sides of Enterprise Edition', () => {
    const replica = aDatabase({
      id: 'replica',
      readReplicaOf: 'fin-ledger',
      options: ['data guard'],
    });

    expect(deploymentsOfDatabases(aDatabase(), replica)).toMatchObject([
      { role: 'primary', options: ['Active Data Guard'] },
      { role: 'readable', options: ['Active Data Guard'] },
    ]);
  });

  it.each(['oracle-se2', 'sqlserver-ee'])('need no Active Data Guard as %s', (engine) => {
    const replica = aDatabase({ id: 'replica', engine, readReplicaOf: 'source' });

    expect(deploymentsOfDatabases(replica)).toMatchObject([{ role: 'readable', options: [] }]);
  });

  it("name Oracle's licensed options and packs in Oracle's words, each once", () => {
    const options = [
      'TDE',
      'tde_hsm',
      'OLS',
      'olap',
      'SQLT',
      'tuning pack sqlt',
      'OEM',
      'Timezone',
    ];

    expect(deploymentsOfDatabases(aDatabase({ options }))[0]?.options).toEqual([
      'Advanced Security',
      'Label Security',
      'OLAP',
      'Diagnostics Pack',
      'Tuning Pack',
    ]);
    expect(
      deploymentsOfDatabases(aDatabase({ engine: 'sqlserver-ee', options: ['TDE'] }))[0]?.options,
    ).toEqual([]);
  });
});

describe("a database's machine", () => {
  // RDS User Guide, "Optimize CPUs for RDS for SQL Server" (2025-12): db.m7i.8xlarge has 16 vCPUs by
  // default, db.r8i.2xlarge and larger one thread per core. RDS for Oracle's classes: tpc and mem.
  it.each`
    engine            | instanceClass                 | processorFeatures                      | active  | maximum | threads
    ${'oracle-ee'}    | ${'db.r6i.2xlarge'}           | ${{ coreCount: 2, threadsPerCore: 2 }} | ${4}    | ${8}    | ${2}
    ${'oracle-ee'}    | ${'db.r6i.2xlarge'}           | ${{ coreCount: 4, threadsPerCore: 1 }} | ${4}    | ${8}    | ${1}
    ${'oracle-ee'}    | ${'db.m7i.8xlarge'}           | ${null}                                | ${32}   | ${32}   | ${2}
    ${'oracle-ee'}    | ${'db.r5.4xlarge.tpc1.mem2x'} | ${null}                                | ${16}   | ${16}   | ${1}
    ${'oracle-ee'}    | ${'db.r5.4xlarge.tpc2.mem2x'} | ${null}                                | ${16}   | ${16}   | ${2}
    ${'sqlserver-ee'} | ${'db.m7i.8xlarge'}           | ${null}                                | ${16}   | ${16}   | ${1}
    ${'sqlserver-ee'} | ${'db.m7i.8xlarge'}           | ${{ coreCount: 8, threadsPerCore: 1 }} | ${8}    | ${16}   | ${1}
    ${'sqlserver-se'} | ${'db.r8i.2xlarge'}           | ${null}                                | ${4}    | ${4}    | ${1}
    ${'sqlserver-se'} | ${'db.m7i.xlarge'}            | ${null}                                | ${4}    | ${4}    | ${2}
    ${'sqlserver-se'} | ${'db.r6i.2xlarge'}           | ${null}                                | ${8}    | ${8}    | ${2}
    ${'sqlserver-se'} | ${'db.m7g.4xlarge'}           | ${null}                                | ${16}   | ${16}   | ${1}
    ${'oracle-ee'}    | ${'db.z9.mega'}               | ${null}                                | ${null} | ${null} | ${null}
    ${'sqlserver-se'} | ${'db.m1.large'}              | ${{ coreCount: 1, threadsPerCore: 2 }} | ${2}    | ${null} | ${2}
    ${'sqlserver-se'} | ${'serverless'}               | ${null}                                | ${null} | ${null} | ${null}
  `(
    'has $active of $maximum vCPUs as $engine on $instanceClass with $processorFeatures',
    ({ engine, instanceClass, processorFeatures, active, maximum, threads }) => {
      const database = aDatabase({ engine, instanceClass, processorFeatures });

      expect(deploymentsOfDatabases(database)[0]?.on.compute).toMatchObject({
        activeVcpus: active,
        maximumVcpus: maximum,
        activeThreadsPerCore: threads,
      });
    },
  );

  it.each`
    instanceClass                  | memoryMib
    ${'db.r5.4xlarge'}             | ${131_072}
    ${'db.r5.4xlarge.tpc2.mem3x'}  | ${393_216}
    ${'db.r5.4xlarge.tpcx.memory'} | ${131_072}
  `('has $memoryMib MiB on $instanceClass', ({ instanceClass, memoryMib }) => {
    const database = aDatabase({ instanceClass });

    expect(deploymentsOfDatabases(database)[0]?.on.compute.memoryMib).toBe(memoryMib);
  });

  it('is not single-threaded when its family has no generation', () => {
    const types = [aType({ name: 'mac.8xlarge', defaultVcpus: 32 })];
    const database = aDatabase({ engine: 'sqlserver-ee', instanceClass: 'db.mac.8xlarge' });
    const shard = aShard({ databases: [database], instanceTypes: types });

    expect(deploymentsOf(shard, DEFAULT_SETTINGS)[0]?.on.compute.activeVcpus).toBe(32);
  });
});
