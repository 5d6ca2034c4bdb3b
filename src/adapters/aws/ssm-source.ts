import {
  DescribeInstanceInformationCommand,
  GetInventoryCommand,
  type InventoryFilter,
  type SSMClient,
} from '@aws-sdk/client-ssm';
import * as z from 'zod';
import { allPages } from '#adapters/aws/all-pages.ts';
import {
  applicationOf,
  hardwareOf,
  type InventoryRow,
  sqlServersOf,
} from '#adapters/aws/ssm-inventory-rows.ts';
import type { ManagedServer } from '#domain/estate/inventory.ts';
import type { Scope } from '#domain/scope.ts';
import type { KeepSoftware, ServerSource } from '#ports/inventory-source.ts';

/** The most that Systems Manager gives in a page. */
const MaxResults = 50;

const AwsServer = z.object({
  InstanceId: z.string(),
  ComputerName: z.string().optional(),
  PlatformName: z.string().optional(),
  PlatformVersion: z.string().optional(),
  PingStatus: z.string().default('Unknown'),
  LastPingDateTime: z.date().optional(),
});

const AwsEntity = z.object({
  Id: z.string(),
  Data: z
    .record(
      z.string(),
      z.object({ Content: z.array(z.record(z.string(), z.string())).default([]) }),
    )
    .default({}),
});

/** Rows of one inventory type, by server. */
type Rows = ReadonlyMap<string, readonly InventoryRow[]>;

/** What was installed and found, as against what Systems Manager says of the server itself. */
type Findings = Pick<ManagedServer, 'applications' | 'sqlServers' | 'hardware'>;

/**
 * Systems Manager through its API. GetInventory gives one type a call, so the two that few servers
 * have are asked for with a filter: hardware outside EC2, where no instance type tells it, and the
 * registry where it names an edition.
 */
export function ssmSource(clientOf: (scope: Scope) => SSMClient): ServerSource {
  return {
    async managedServers(scope, keep) {
      const client = clientOf(scope);
      const [found, ...rows] = await Promise.all([
        allPages(
          (NextToken) =>
            client.send(new DescribeInstanceInformationCommand({ MaxResults, NextToken })),
          ({ InstanceInformationList, NextToken }) => [InstanceInformationList, NextToken],
        ),
        inventory(client, 'AWS:Application'),
        sqlServerInventory(client),
        inventory(client, 'AWS:WindowsRegistry', equal('AWS:WindowsRegistry.ValueName', 'Edition')),
        inventory(
          client,
          'AWS:InstanceDetailedInformation',
          equal('AWS:InstanceInformation.ResourceType', 'ManagedInstance'),
        ),
      ]);
      const findingsOf = findings(keep, rows);
      const servers = found.map((raw) => serverOf(raw, findingsOf));
      const listed = new Set(servers.map(({ id }) => id));
      return [...servers, ...inactiveServers(rows, listed, findingsOf)];
    },
  };
}

function equal(Key: string, value: string): InventoryFilter[] {
  return [{ Key, Values: [value], Type: 'Equal' }];
}

async function inventory(
  client: SSMClient,
  TypeName: string,
  Filters?: InventoryFilter[],
): Promise<Rows> {
  const ResultAttributes = [{ TypeName }];
  const found = await allPages(
    (NextToken) =>
      client.send(new GetInventoryCommand({ Filters, ResultAttributes, MaxResults, NextToken })),
    ({ Entities, NextToken }) => [Entities, NextToken],
  );
  return new Map(
    z
      .array(AwsEntity)
      .parse(found)
      .map(({ Id, Data }) => [Id, Data[TypeName]?.Content ?? []]),
  );
}

/** A company's own type: where nobody ever wrote one, Systems Manager may not know it. */
async function sqlServerInventory(client: SSMClient): Promise<Rows> {
  try {
    return await inventory(client, 'Custom:SQLServer');
  } catch (error) {
    if (error instanceof Error && error.name === 'InvalidTypeNameException') return new Map();
    throw error;
  }
}

type FindingsOf = (id: string) => Findings;

function findings(
  keep: KeepSoftware,
  [applications, sqlServers, registry, hardware]: readonly Rows[],
): FindingsOf {
  return (id) => ({
    applications: (applications?.get(id) ?? []).map(applicationOf).filter(keep),
    sqlServers: sqlServersOf(sqlServers?.get(id) ?? [], registry?.get(id) ?? []),
    hardware: hardwareOf(hardware?.get(id)?.[0]),
  });
}

function serverOf(raw: unknown, findingsOf: FindingsOf): ManagedServer {
  const aws = AwsServer.parse(raw);
  return {
    id: aws.InstanceId,
    computerName: aws.ComputerName ?? null,
    platformName: aws.PlatformName ?? null,
    platformVersion: aws.PlatformVersion ?? null,
    pingStatus: aws.PingStatus,
    lastPingAt: aws.LastPingDateTime ?? null,
    ...findingsOf(aws.InstanceId),
  };
}

/** Stopped servers are in the inventory only; of these, the ones with software worth keeping. */
function inactiveServers(
  rows: readonly Rows[],
  listed: ReadonlySet<string>,
  findingsOf: FindingsOf,
): readonly ManagedServer[] {
  const ids = new Set(rows.flatMap((byServer) => [...byServer.keys()]));
  return [...ids]
    .filter((id) => !listed.has(id))
    .map((id) => ({
      id,
      computerName: null,
      platformName: null,
      platformVersion: null,
      pingStatus: 'Inactive',
      lastPingAt: null,
      ...findingsOf(id),
    }))
    .filter(({ applications, sqlServers }) => applications.length + sqlServers.length > 0);
}
