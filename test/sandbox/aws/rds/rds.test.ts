import {
  DescribeDBInstancesCommand,
  type DescribeDBInstancesMessage,
  DescribeOptionGroupsCommand,
  type DescribeOptionGroupsMessage,
  paginateDescribeDBInstances,
  RDSClient,
} from '@aws-sdk/client-rds';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rdsService } from '../../../../sandbox/aws/rds/service.ts';
import { actingAs } from '../acting-as.ts';
import { errorOf } from '../aws-world.ts';
import { conforms, modelsPresent } from '../conformance.ts';
import { servedCloud } from '../license-manager/served-cloud.ts';
import { aDatabase, HUB, REGION } from '../license-manager/small-cloud.ts';

let world: Awaited<ReturnType<typeof servedCloud>>;
let client: RDSClient;
beforeEach(async () => {
  world = await servedCloud((cloud) => [rdsService(cloud)]);
  client = new RDSClient(world.client);
});
afterEach(() => {
  client.destroy();
  return world.server.close();
});

const instances = (input: DescribeDBInstancesMessage = {}) =>
  client.send(new DescribeDBInstancesCommand(input));
const groups = (input: DescribeOptionGroupsMessage = {}) =>
  client.send(new DescribeOptionGroupsCommand(input));

describe('DescribeDBInstances', () => {
  it('says what licensing needs, and not what the sandbox keeps beside it', async () => {
    const source = aDatabase(world.state, { MultiAZ: true, options: ['OLAP'] });
    const replica = aDatabase(world.state, {
      ReadReplicaSourceDBInstanceIdentifier: source.DBInstanceIdentifier,
      ProcessorFeatures: [{ Name: 'coreCount', Value: '2' }],
    });

    const { DBInstances = [] } = await instances();

    expect(DBInstances).toHaveLength(2);
    expect(DBInstances[0]).toMatchObject({
      DBInstanceIdentifier: source.DBInstanceIdentifier,
      Engine: source.Engine,
      LicenseModel: 'bring-your-own-license',
      MultiAZ: true,
      ReadReplicaDBInstanceIdentifiers: [replica.DBInstanceIdentifier],
      OptionGroupMemberships: [
        { OptionGroupName: `${source.DBInstanceIdentifier}-options`, Status: 'in-sync' },
      ],
    });
    expect(DBInstances[0]).not.toHaveProperty('vcpus');
    expect(DBInstances[1]?.ProcessorFeatures).toEqual([{ Name: 'coreCount', Value: '2' }]);
  });

  it.skipIf(!modelsPresent)("answers as AWS's model says", async () => {
    aDatabase(world.state, { options: ['OLAP'] });
    const call = { service: 'rds', input: {} };

    const databases = await world.server.call({ ...call, operation: 'DescribeDBInstances' });
    const optionGroups = await world.server.call({ ...call, operation: 'DescribeOptionGroups' });

    expect(conforms('rds', 'DescribeDBInstances', 'output', databases)).toEqual([]);
    expect(conforms('rds', 'DescribeOptionGroups', 'output', optionGroups)).toEqual([]);
  });

  it.each([0, 1, 20, 21, 45])('gives each of %i databases once, 20 a page', async (count) => {
    const made = Array.from({ length: count }, () => aDatabase(world.state).DBInstanceIdentifier);
    const seen: (string | undefined)[] = [];
    for await (const page of paginateDescribeDBInstances({ client, pageSize: 20 }, {})) {
      expect(page.DBInstances?.length).toBeLessThanOrEqual(20);
      seen.push(
        ...(page.DBInstances ?? []).map(({ DBInstanceIdentifier }) => DBInstanceIdentifier),
      );
    }

    expect(seen).toEqual(made.sort());
  });

  it.each([19, 101])('does not take a page of %i', async (MaxRecords) => {
    expect(await errorOf(instances({ MaxRecords }))).toMatchObject({
      name: 'InvalidParameterValue',
      message: expect.stringContaining('between 20 and 100'),
    });
  });

  it('does not take a marker that it did not give', async () => {
    expect(await errorOf(instances({ Marker: 'next' }))).toMatchObject({
      name: 'InvalidParameterValue',
    });
  });

  it('does not know a database that is not there', async () => {
    expect(await errorOf(instances({ DBInstanceIdentifier: 'gone' }))).toMatchObject({
      name: 'DBInstanceNotFoundFault',
      message: 'DBInstance gone not found.',
      $metadata: { httpStatusCode: 404 },
    });
  });

  it.each([
    [{ Name: 'engine', Values: ['oracle-ee'] }, 1],
    [{ Name: 'engine', Values: ['mysql'] }, 0],
    [{ Name: 'db-instance-id', Values: ['ledger'] }, 1],
  ])('filters by %o', async (filter, count) => {
    aDatabase(world.state, { DBInstanceIdentifier: 'ledger' });

    expect((await instances({ Filters: [filter] })).DBInstances).toHaveLength(count);
  });

  it.each([
    ['domain', 'NotSimulated'],
    ['Engine', 'InvalidParameterValue'],
  ])('refuses the filter %s', async (Name, name) => {
    expect(await errorOf(instances({ Filters: [{ Name, Values: ['x'] }] }))).toMatchObject({
      name,
    });
  });
});

describe('DescribeOptionGroups', () => {
  it('lists the default group of a version once, and the group of a database with options', async () => {
    const oracle = { Engine: 'oracle-ee', EngineVersion: '19.0.0.0.ru-2024-07.r1' };
    aDatabase(world.state, oracle);
    aDatabase(world.state, oracle);
    aDatabase(world.state, { ...oracle, DBInstanceIdentifier: 'ledger', options: ['OLAP'] });

    const { OptionGroupsList = [] } = await groups();

    expect(
      OptionGroupsList.map(({ OptionGroupName, MajorEngineVersion, Options = [] }) => [
        OptionGroupName,
        MajorEngineVersion,
        Options.map(({ OptionName }) => OptionName),
      ]),
    ).toEqual([
      ['default:oracle-ee-19', '19', []],
      ['ledger-options', '19', ['OLAP']],
    ]);
  });

  it.each([
    [{ OptionGroupName: 'default:oracle-ee-19' }, 1],
    [{ EngineName: 'oracle-ee', MajorEngineVersion: '19' }, 1],
    [{ EngineName: 'db2-ae' }, 0],
  ])('finds %o', async (input, count) => {
    aDatabase(world.state, { Engine: 'oracle-ee', EngineVersion: '19.0.0.0' });

    expect((await groups(input)).OptionGroupsList).toHaveLength(count);
  });

  it.each([
    [{ OptionGroupName: 'gone' }, 'OptionGroupNotFoundFault'],
    [{ OptionGroupName: 'a', EngineName: 'oracle-ee' }, 'InvalidParameterCombination'],
    [{ Filters: [{ Name: 'x', Values: ['y'] }] }, 'NotSimulated'],
  ])('refuses %o', async (input, name) => {
    expect(await errorOf(groups(input))).toMatchObject({ name });
  });
});

describe('a role', () => {
  it.each([
    ['*', true],
    [`arn:aws:rds:${REGION}:${HUB}:db:*`, true],
    [`arn:aws:rds:${REGION}:${HUB}:db:ledger`, false],
  ])('that may describe %s lists all databases: %s', async (Resource, allowed) => {
    const credentials = actingAs(world.iam, HUB, { Action: 'rds:DescribeDBInstances', Resource });
    const reader = new RDSClient({ ...world.client, credentials });

    const outcome = await errorOf(reader.send(new DescribeDBInstancesCommand({})));

    expect(outcome.name === 'AccessDenied').toBe(!allowed);
  });
});
