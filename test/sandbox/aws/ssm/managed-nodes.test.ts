import {
  DescribeInstanceInformationCommand,
  type DescribeInstanceInformationRequest,
  GetInventoryCommand,
  type GetInventoryRequest,
  ListInventoryEntriesCommand,
  paginateDescribeInstanceInformation,
  paginateGetInventory,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ssmService } from '../../../../sandbox/aws/ssm/service.ts';
import { servedCloud } from '../license-manager/served-cloud.ts';
import { become, launch } from '../license-manager/small-cloud.ts';

const SERVER = 'mi-0123456789abcdef0';
const SQL = {
  Name: 'Microsoft SQL Server 2019 (64-bit)',
  Publisher: 'Microsoft Corporation',
  Version: '15.0.4375.4',
};
const NOTEPAD = { Name: 'Notepad++', Publisher: 'Notepad++ Team', Version: '8.7' };

let world: Awaited<ReturnType<typeof servedCloud>>;
let client: SSMClient;

beforeEach(async () => {
  world = await servedCloud((cloud) => [ssmService(cloud)]);
  client = new SSMClient(world.client);
});

afterEach(async () => {
  client.destroy();
  await world.server.close();
});

/** A node that Systems Manager manages, with these applications. */
function managed(id: string, ...applications: Record<string, string>[]): string {
  const onPremises = id.startsWith('mi-');
  world.state.managedInstances.set(id, {
    InstanceId: id,
    PingStatus: onPremises ? 'ConnectionLost' : 'Online',
    PlatformType: onPremises ? 'Linux' : 'Windows',
    PlatformName: onPremises ? 'Red Hat Enterprise Linux' : 'Microsoft Windows Server 2022',
    ResourceType: onPremises ? 'ManagedInstance' : 'EC2Instance',
    LastPingDateTime: new Date('2026-11-23T09:00:00.123Z'),
  });
  world.state.inventory.set(id, {
    'AWS:Application': {
      SchemaVersion: '1.1',
      CaptureTime: '2026-11-23T04:00:00Z',
      Content: applications,
    },
  });
  return id;
}

function instance(tag = 'erp'): string {
  const { InstanceId = '' } = launch(world.cloud, world.state, [], {
    Tags: [{ Key: 'team', Value: tag }],
  });
  return InstanceId;
}

const nodes = async (input: DescribeInstanceInformationRequest = {}) => {
  const { InstanceInformationList = [] } = await client.send(
    new DescribeInstanceInformationCommand(input),
  );
  return InstanceInformationList.map(({ InstanceId }) => InstanceId);
};

const inventory = async (input: GetInventoryRequest = {}) => {
  const { Entities = [] } = await client.send(new GetInventoryCommand(input));
  return Entities.map(({ Id }) => Id);
};

describe('DescribeInstanceInformation', () => {
  it('leaves out instances that do not run, and keeps servers that are out of reach', async () => {
    const running = managed(instance());
    const stopped = launch(world.cloud, world.state, []);
    managed(stopped.InstanceId ?? '');
    become(world.cloud, world.state, stopped, 'stopped');
    managed(SERVER);

    expect(await nodes()).toEqual([running, SERVER]);
  });

  it.each([
    [{ Key: 'PingStatus', Values: ['ConnectionLost'] }, [SERVER]],
    [{ Key: 'PlatformTypes', Values: ['Linux', 'MacOS'] }, [SERVER]],
    [{ Key: 'ResourceType', Values: ['ManagedInstance'] }, [SERVER]],
    [{ Key: 'InstanceIds', Values: [SERVER, 'i-00000000000000fff'] }, [SERVER]],
    [{ Key: 'InstanceIds', Values: ['i-00000000000000fff'] }, []],
    [{ Key: 'tag:team', Values: ['erp'] }, ['instance']],
    [{ Key: 'tag-key', Values: ['team'] }, ['instance']],
    [{ Key: 'tag:team', Values: ['data'] }, []],
  ])('filters by %o', async (filter, expected) => {
    const id = managed(instance());
    managed(SERVER);

    const found = await nodes({ Filters: [filter] });

    expect(found).toEqual(expected.map((name) => (name === 'instance' ? id : name)));
  });

  it('takes the legacy filters, but not both kinds, nor tags with others', async () => {
    managed(SERVER);
    const legacy = { key: 'PlatformTypes', valueSet: ['Linux'] } as const;
    const current = { Key: 'PlatformTypes', Values: ['Linux'] };

    expect(
      await nodes({ InstanceInformationFilterList: [{ ...legacy, valueSet: ['Linux'] }] }),
    ).toEqual([SERVER]);
    await expect(
      nodes({
        InstanceInformationFilterList: [{ ...legacy, valueSet: ['Linux'] }],
        Filters: [current],
      }),
    ).rejects.toMatchObject({ name: 'ValidationException' });
    await expect(
      nodes({ Filters: [current, { Key: 'tag:team', Values: ['erp'] }] }),
    ).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('gives ten a page unless asked for 5 to 50', async () => {
    for (let count = 0; count < 12; count += 1) managed(instance());

    expect(await nodes()).toHaveLength(10);
    expect(await nodes({ MaxResults: 50 })).toHaveLength(12);
    for (const MaxResults of [4, 51]) {
      await expect(nodes({ MaxResults })).rejects.toMatchObject({ name: 'ValidationException' });
    }
  });

  it('is paged through completely by the SDK', async () => {
    for (let count = 0; count < 12; count += 1) managed(instance());
    const seen = new Set<string | undefined>();

    for await (const page of paginateDescribeInstanceInformation({ client, pageSize: 5 }, {})) {
      for (const node of page.InstanceInformationList ?? []) seen.add(node.InstanceId);
    }

    expect(seen.size).toBe(12);
  });
});

describe('GetInventory', () => {
  it('describes every managed node when no type is named, stopped ones too', async () => {
    const stopped = launch(world.cloud, world.state, []);
    const id = managed(stopped.InstanceId ?? '');
    become(world.cloud, world.state, stopped, 'stopped');

    const { Entities } = await client.send(new GetInventoryCommand({}));

    expect(Entities).toMatchObject([
      {
        Id: id,
        Data: {
          'AWS:InstanceInformation': {
            TypeName: 'AWS:InstanceInformation',
            SchemaVersion: '1.0',
            CaptureTime: '2026-11-23T09:00:00Z',
            Content: [{ InstanceId: id, InstanceStatus: 'Stopped', PlatformType: 'Windows' }],
          },
        },
      },
    ]);
  });

  it.each<[object, string[]]>([
    [{ Values: [SQL.Name] }, ['sql']],
    [{ Values: [SQL.Name], Type: 'Equal' }, ['sql']],
    [{ Values: ['Microsoft SQL'], Type: 'BeginWith' }, ['sql']],
    [{ Values: [NOTEPAD.Name], Type: 'NotEqual' }, ['sql']],
    [{ Values: ['Nothing'] }, []],
    [{ Key: 'AWS:Application.Version', Values: ['9.1'], Type: 'GreaterThan' }, ['sql']],
    [{ Key: 'AWS:Application.Version', Values: ['8.10'], Type: 'LessThan' }, ['notepad']],
    [{ Key: 'AWS:InstanceInformation.PlatformType', Values: ['Linux'] }, ['notepad']],
    [{ Key: 'Custom:SQLServer.Edition', Values: ['Enterprise'] }, []],
  ])('finds nodes by %o', async (filter, expected) => {
    const sql = managed(instance(), SQL);
    managed(SERVER, NOTEPAD);

    const found = await inventory({
      Filters: [{ Key: 'AWS:Application.Name', Values: [], ...filter }],
    });

    expect(found.map((id) => (id === sql ? 'sql' : 'notepad'))).toEqual(expected);
  });

  it('answers the type that was asked for, and nothing for a node without it', async () => {
    const id = managed(instance(), SQL);
    world.state.managedInstances.set(SERVER, { InstanceId: SERVER });

    const { Entities } = await client.send(
      new GetInventoryCommand({ ResultAttributes: [{ TypeName: 'AWS:Application' }] }),
    );

    expect(Entities).toMatchObject([
      { Id: id, Data: { 'AWS:Application': { Content: [SQL] } } },
      { Id: SERVER, Data: {} },
    ]);
  });

  it.each<[object, string]>([
    [{ Filters: [{ Key: 'AWS:Application', Values: ['x'] }] }, 'InvalidFilter'],
    [
      { Filters: [{ Key: 'AWS:Application.Name', Values: ['x'], Type: 'Exists' }] },
      'InvalidFilter',
    ],
    [{ ResultAttributes: [{ TypeName: 'Application' }] }, 'InvalidTypeNameException'],
    [{ NextToken: 'made up' }, 'InvalidNextToken'],
    [{ MaxResults: 51 }, 'ValidationException'],
    [{ Aggregators: [{ Expression: 'AWS:Application.Name' }] }, 'NotSimulated'],
  ])('refuses %o', async (input, name) => {
    await expect(inventory(input)).rejects.toMatchObject({ name });
  });

  it('is paged through completely by the SDK', async () => {
    for (let count = 0; count < 7; count += 1) managed(instance());
    const seen: (string | undefined)[] = [];

    for await (const page of paginateGetInventory({ client, pageSize: 2 }, {})) {
      seen.push(...(page.Entities ?? []).map(({ Id }) => Id));
    }

    expect(new Set(seen).size).toBe(7);
    expect(seen).toHaveLength(7);
  });
});

describe('ListInventoryEntries', () => {
  const entries = (input: object) =>
    client.send(
      new ListInventoryEntriesCommand({
        InstanceId: SERVER,
        TypeName: 'AWS:Application',
        ...input,
      }),
    );

  it('pages through one node, and filters by attribute', async () => {
    managed(SERVER, SQL, NOTEPAD);

    const first = await entries({ MaxResults: 1 });
    const second = await entries({ MaxResults: 1, NextToken: first.NextToken });
    const filtered = await entries({ Filters: [{ Key: 'Name', Values: [NOTEPAD.Name] }] });

    expect([first.Entries, second.Entries]).toEqual([[SQL], [NOTEPAD]]);
    expect(second.NextToken).toBeUndefined();
    expect(filtered.Entries).toEqual([NOTEPAD]);
  });

  it('refuses a node that it does not manage', async () => {
    await expect(entries({})).rejects.toMatchObject({ name: 'InvalidInstanceId' });
  });
});
