import {
  GetInventoryCommand,
  type GetInventoryRequest,
  ListInventoryEntriesCommand,
  paginateGetInventory,
} from '@aws-sdk/client-ssm';
import { describe, expect, it } from 'vitest';
import { become, launch } from '../license-manager/small-cloud.ts';
import { SERVER, ssmWorld } from './ssm-world.ts';

const SQL = {
  Name: 'Microsoft SQL Server 2019 (64-bit)',
  Publisher: 'Microsoft Corporation',
  Version: '15.0.4375.4',
};
const NOTEPAD = { Name: 'Notepad++', Publisher: 'Notepad++ Team', Version: '8.7' };

const ssm = ssmWorld();

const inventory = async (input: GetInventoryRequest = {}) => {
  const { Entities = [] } = await ssm.client.send(new GetInventoryCommand(input));
  return Entities.map(({ Id }) => Id);
};

describe('GetInventory', () => {
  it('describes every managed node when no type is named, stopped ones too', async () => {
    const stopped = launch(ssm.cloud, ssm.state, []);
    const id = ssm.managed(stopped.InstanceId ?? '');
    become(ssm.cloud, ssm.state, stopped, 'stopped');

    const { Entities } = await ssm.client.send(new GetInventoryCommand({}));

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
    const sql = ssm.managed(ssm.instance(), SQL);
    ssm.managed(SERVER, NOTEPAD);

    const found = await inventory({
      Filters: [{ Key: 'AWS:Application.Name', Values: [], ...filter }],
    });

    expect(found.map((id) => (id === sql ? 'sql' : 'notepad'))).toEqual(expected);
  });

  it('answers the type that was asked for, and nothing for a node without it', async () => {
    const id = ssm.managed(ssm.instance(), SQL);
    ssm.state.managedInstances.set(SERVER, { InstanceId: SERVER });

    const { Entities } = await ssm.client.send(
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
    [
      { Filters: [{ Key: 'AWS:Application.Name', Values: ['x'], Type: 'constructor' }] },
      'InvalidFilter',
    ],
    [{ NextToken: 'made up' }, 'InvalidNextToken'],
    [{ MaxResults: 51 }, 'ValidationException'],
    [{ Aggregators: [{ Expression: 'AWS:Application.Name' }] }, 'NotSimulated'],
  ])('refuses %o', async (input, name) => {
    await expect(inventory(input)).rejects.toMatchObject({ name });
  });

  it('is paged through completely by the SDK', async () => {
    for (let count = 0; count < 7; count += 1) ssm.managed(ssm.instance());
    const seen: (string | undefined)[] = [];

    for await (const page of paginateGetInventory({ client: ssm.client, pageSize: 2 }, {})) {
      seen.push(...(page.Entities ?? []).map(({ Id }) => Id));
    }

    expect(new Set(seen).size).toBe(7);
    expect(seen).toHaveLength(7);
  });
});

describe('ListInventoryEntries', () => {
  const entries = (input: object) =>
    ssm.client.send(
      new ListInventoryEntriesCommand({
        InstanceId: SERVER,
        TypeName: 'AWS:Application',
        ...input,
      }),
    );

  it('pages through one node, and filters by attribute', async () => {
    ssm.managed(SERVER, SQL, NOTEPAD);

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
