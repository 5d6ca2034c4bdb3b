import * as z from 'zod';
import type { ManagedServer } from '#domain/estate/inventory.ts';

/** One row of an inventory type: texts by attribute, as the agent or the company wrote them. */
export type InventoryRow = Readonly<Record<string, string>>;

type SqlServer = ManagedServer['sqlServers'][number];

/** A row of `AWS:Application`. */
export function applicationOf(row: InventoryRow): ManagedServer['applications'][number] {
  return {
    name: row['Name'] ?? '',
    publisher: row['Publisher'] ?? '',
    version: row['Version'] ?? '',
  };
}

/**
 * SQL Server by instance: rows of `Custom:SQLServer` as AWS's sample writes them, and of the registry
 * those instances that it does not name.
 *
 * @see https://github.com/aws-samples/systems-manager-license-manager-license-tracker-for-sql-server
 */
export function sqlServersOf(
  custom: readonly InventoryRow[],
  registry: readonly InventoryRow[],
): readonly SqlServer[] {
  const named = custom.map((row) => ({
    name: row['Name'] ?? '',
    edition: row['Edition'] ?? '',
    version: row['Version'] ?? '',
  }));
  const names = new Set(named.map(({ name }) => name.toLowerCase()));
  return [...named, ...registered(registry).filter(({ name }) => !names.has(name.toLowerCase()))];
}

/** `…\Microsoft SQL Server\MSSQL15.MSSQLSERVER\Setup`, where the edition of an instance stands. */
const SETUP = /\\Microsoft SQL Server\\MSSQL[\d_]+\.(?<name>[^\\]+)\\Setup$/i;

/** Instances whose `Setup` key in `AWS:WindowsRegistry` names an edition. */
function registered(rows: readonly InventoryRow[]): readonly SqlServer[] {
  const byInstance = Map.groupBy(rows, (row) => SETUP.exec(row['KeyPath'] ?? '')?.groups?.['name']);
  return [...byInstance].flatMap(([name, values]) => {
    const value = (wanted: string) =>
      values.find((row) => row['ValueName']?.toLowerCase() === wanted)?.['Value'];
    const edition = value('edition');
    if (name === undefined || edition === undefined) return [];
    return [{ name, edition, version: value('version') ?? '' }];
  });
}

const Count = z.coerce.number().int().positive();

/** The agent gives cores of all sockets together. */
const Hardware = z.object({
  CPUSockets: Count,
  CPUCores: Count,
  CPUHyperThreadEnabled: z.string().default('false'),
});

/** A row of `AWS:InstanceDetailedInformation`; `null` without one, and where the agent could not tell. */
export function hardwareOf(row: InventoryRow | undefined): ManagedServer['hardware'] {
  const { data } = Hardware.safeParse(row);
  if (data === undefined) return null;
  return {
    sockets: data.CPUSockets,
    cores: data.CPUCores,
    hyperThreading: data.CPUHyperThreadEnabled.toLowerCase() === 'true',
  };
}
