import type { InventoryShard, ManagedServer } from '#domain/estate/inventory.ts';
import { anInstance, aShard, aType, NOW } from '../../builders.ts';

const m5Large = aType({ name: 'm5.large', defaultVcpus: 2, defaultCores: 1, validCores: [1] });

/** What Systems Manager knows of an instance with SQL Server Enterprise, one instance or several. */
export function withSqlServer(
  id: string,
  names: readonly string[] = ['MSSQLSERVER'],
): ManagedServer {
  return {
    id,
    computerName: null,
    platformName: 'Microsoft Windows Server 2019 Standard',
    platformVersion: '10.0.17763',
    pingStatus: 'Online',
    lastPingAt: NOW,
    applications: [],
    sqlServers: names.map((name) => ({
      name,
      edition: 'Enterprise Edition (64-bit)',
      version: '15.0.2000.5',
    })),
    hardware: null,
  };
}

/** Instances of two vCPUs with SQL Server brought along and Windows Server in the price. */
export function sqlShard(count: number, changes: Partial<InventoryShard> = {}): InventoryShard {
  const instances = Array.from({ length: count }, (_none, index) =>
    anInstance({
      instanceType: 'm5.large',
      cpuOptions: null,
      instanceId: `i-${index}`,
      platformDetails: 'Windows',
      usageOperation: 'RunInstances:0002',
      licenseConfigurationArns: [],
      tags: { 'aws:autoscaling:groupName': 'erp' },
    }),
  );
  const managedServers = instances.map(({ instanceId }) => withSqlServer(instanceId));
  return aShard({ instances, managedServers, instanceTypes: [m5Large], ...changes });
}
