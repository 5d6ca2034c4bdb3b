import {
  paginateDescribeInstanceInformation,
  paginateGetInventory,
  type SSMClient,
} from '@aws-sdk/client-ssm';
import * as z from 'zod';
import type { ManagedServer } from '#domain/inventory.ts';
import type { Scope } from '#domain/scope.ts';
import type { ServerSource } from '#ports/inventory-source.ts';

/** Publishers and product names whose software needs licenses that somebody must own. */
const LICENSED =
  /sql server|windows server|oracle|\bdb2\b|websphere|\bibm\b|\bsap\b|red hat|suse|sybase|hana/i;

/** Parts of products that run beside a licensed one and need no license of their own. */
const HARMLESS =
  /native client|odbc|management studio|report builder|browser for sql|vss writer|setup \(english\)/i;

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

/** Systems Manager through its API: managed servers, with the licensed software found on them. */
export function ssmSource(clientOf: (scope: Scope) => SSMClient): ServerSource {
  return {
    async managedServers(scope) {
      const client = clientOf(scope);
      const applications = await applicationsById(client);
      const servers: ManagedServer[] = [];
      for await (const page of paginateDescribeInstanceInformation({ client, pageSize: 50 }, {})) {
        for (const raw of page.InstanceInformationList ?? []) {
          const server = serverOf(raw);
          servers.push({ ...server, applications: applications.get(server.id) ?? [] });
        }
      }
      return servers;
    },
  };
}

function serverOf(raw: unknown): Omit<ManagedServer, 'applications'> {
  const aws = AwsServer.parse(raw);
  return {
    id: aws.InstanceId,
    computerName: aws.ComputerName ?? null,
    platformName: aws.PlatformName ?? null,
    platformVersion: aws.PlatformVersion ?? null,
    pingStatus: aws.PingStatus,
    lastPingAt: aws.LastPingDateTime ?? null,
    sqlServers: [],
    hardware: null,
  };
}

async function applicationsById(
  client: SSMClient,
): Promise<Map<string, ManagedServer['applications']>> {
  const found = new Map<string, ManagedServer['applications']>();
  const query = { ResultAttributes: [{ TypeName: 'AWS:Application' }] };
  for await (const page of paginateGetInventory({ client, pageSize: 50 }, query)) {
    for (const raw of page.Entities ?? []) {
      const entity = AwsEntity.parse(raw);
      const content = entity.Data['AWS:Application']?.Content ?? [];
      found.set(entity.Id, content.map(applicationOf).filter(isLicensed));
    }
  }
  return found;
}

function applicationOf(
  row: Readonly<Record<string, string>>,
): ManagedServer['applications'][number] {
  return {
    name: row['Name'] ?? '',
    publisher: row['Publisher'] ?? '',
    version: row['Version'] ?? '',
  };
}

function isLicensed({ name, publisher }: ManagedServer['applications'][number]): boolean {
  return (LICENSED.test(name) || LICENSED.test(publisher)) && !HARMLESS.test(name);
}
