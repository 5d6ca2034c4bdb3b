import * as rds from '@aws-sdk/client-rds';
import { afterEach, describe, expect, it } from 'vitest';
import { rdsSource } from '#adapters/aws/rds-source.ts';
import { Database } from '#domain/estate/database.ts';
import { expectDomain } from './expect-domain.ts';
import { fixed, SCOPE } from './paged-list.ts';
import { scriptedAws } from './scripted-aws.ts';

const ORACLE: rds.DBInstance = {
  DBInstanceIdentifier: 'erp',
  DBInstanceArn: 'arn:aws:rds:us-east-1:222233334444:db:erp',
  Engine: 'oracle-ee',
  EngineVersion: '19.0.0.0.ru-2026-07.rur-2026-07.r1',
  DBInstanceClass: 'db.r6i.2xlarge',
  DBInstanceStatus: 'available',
  LicenseModel: 'bring-your-own-license',
  MultiAZ: true,
  ProcessorFeatures: [
    { Name: 'coreCount', Value: '2' },
    { Name: 'threadsPerCore', Value: '1' },
  ],
  OptionGroupMemberships: [{ OptionGroupName: 'erp-options', Status: 'in-sync' }],
  InstanceCreateTime: new Date('2024-03-01T08:00:00Z'),
  TagList: [{ Key: 'owner', Value: 'finance' }],
};

describe('databases of RDS', () => {
  const aws = scriptedAws();
  afterEach(aws.close);

  async function read(databases: rds.DBInstance[]) {
    const settings = await aws.serving(rds, {
      DescribeDBInstances: fixed({ DBInstances: databases }),
      DescribeOptionGroups: fixed({
        OptionGroupsList: [
          { OptionGroupName: 'default:oracle-ee-19', Options: [] },
          {
            OptionGroupName: 'erp-options',
            Options: [{ OptionName: 'OEM' }, { OptionName: 'TDE' }],
          },
        ],
      }),
    });
    const found = await rdsSource(() => new rds.RDSClient(settings)).databases(SCOPE);
    if (databases.length > 0) expectDomain(Database, found);
    return { found, operations: settings.operations() };
  }

  it('carry what licensing needs of them, with the options of their groups', async () => {
    const { found } = await read([ORACLE]);

    expect(found).toEqual([
      {
        id: 'erp',
        arn: 'arn:aws:rds:us-east-1:222233334444:db:erp',
        engine: 'oracle-ee',
        engineVersion: '19.0.0.0.ru-2026-07.rur-2026-07.r1',
        instanceClass: 'db.r6i.2xlarge',
        status: 'available',
        licenseModel: 'bring-your-own-license',
        multiAz: true,
        readReplicaOf: null,
        processorFeatures: { coreCount: 2, threadsPerCore: 1 },
        options: ['OEM', 'TDE'],
        createdAt: new Date('2024-03-01T08:00:00Z'),
        tags: { owner: 'finance' },
      },
    ]);
  });

  it.each([
    ['no features', []],
    ['half of them', [{ Name: 'coreCount', Value: '2' }]],
  ])('have the class’s default processors with %s', async (_what, ProcessorFeatures) => {
    const { found } = await read([{ ...ORACLE, ProcessorFeatures }]);

    expect(found[0]?.processorFeatures).toBeNull();
  });

  it('take two calls in all, however many there are, and one where there are none', async () => {
    const replicas = Array.from({ length: 20 }, (_, index) => ({
      ...ORACLE,
      DBInstanceIdentifier: `replica-${index}`,
      ReadReplicaSourceDBInstanceIdentifier: 'erp',
    }));

    const { found, operations } = await read(replicas);
    expect(found.every(({ readReplicaOf }) => readReplicaOf === 'erp')).toBe(true);
    expect(operations).toEqual(['DescribeDBInstances', 'DescribeOptionGroups']);
    expect((await read([])).operations).toEqual(['DescribeDBInstances']);
  });
});
