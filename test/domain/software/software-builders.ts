import type { ContainerTask } from '#domain/estate/container-task.ts';
import type { Database } from '#domain/estate/database.ts';
import type { DeclaredServer } from '#domain/estate/declared-server.ts';
import type { ManagedServer } from '#domain/estate/inventory.ts';
import { LicensingSettings } from '#domain/estate/licensing-settings.ts';
import type { LinuxSubscription } from '#domain/estate/subscriptions.ts';
import type { Application } from '#domain/software/software-catalog.ts';
import { ACCOUNT, REGION } from '../../builders.ts';

export const DATABASE_ENGINE = anApplication({
  name: 'SQL Server 2019 Database Engine Services',
  publisher: 'Microsoft Corporation',
  version: '15.0.4375.4',
});

/** What settings say of a product that no rule knows. */
export const TABLEAU = {
  id: 'tableau-server',
  name: 'Tableau Server',
  vendor: 'Salesforce',
  installedAs: ['Tableau Server *'],
  counts: 'core',
  source: 'Order 4711',
  asOf: '2026-01-31',
};

export function someSettings(changes: Readonly<Record<string, unknown>> = {}): LicensingSettings {
  return LicensingSettings.parse(changes);
}

export function anApplication(changes: Partial<Application> = {}): Application {
  return { name: 'Amazon SSM Agent', publisher: 'Amazon Web Services', version: '3', ...changes };
}

/** The agent's view of `anInstance()`: Windows Server 2019 with nothing licensed on it. */
export function aServer(changes: Partial<ManagedServer> = {}): ManagedServer {
  return {
    id: 'i-0000000000000000a',
    computerName: 'erp-sql-01',
    platformName: 'Microsoft Windows Server 2019 Datacenter',
    platformVersion: '10.0.17763',
    pingStatus: 'Online',
    lastPingAt: null,
    applications: [],
    sqlServers: [],
    hardware: null,
    ...changes,
  };
}

export function aLinuxServer(changes: Partial<ManagedServer> = {}): ManagedServer {
  return aServer({ platformName: 'Oracle Linux Server', platformVersion: '8.10', ...changes });
}

export function aDatabase(changes: Partial<Database> = {}): Database {
  const id = changes.id ?? 'fin-ledger';
  return {
    id,
    arn: `arn:aws:rds:${REGION}:${ACCOUNT}:db:${id}`,
    engine: 'oracle-ee',
    engineVersion: '19.0.0.0.ru-2024-07.rur-2024-07.r1',
    instanceClass: 'db.r6i.2xlarge',
    status: 'available',
    licenseModel: 'bring-your-own-license',
    multiAz: false,
    readReplicaOf: null,
    processorFeatures: null,
    options: [],
    createdAt: null,
    tags: {},
    ...changes,
  };
}

export function aTask(changes: Partial<ContainerTask> = {}): ContainerTask {
  const taskId = changes.taskId ?? 'task-a';
  return {
    taskId,
    arn: `arn:aws:ecs:${REGION}:${ACCOUNT}:task/shop/${taskId}`,
    cluster: 'shop',
    group: 'service:orders',
    launchType: 'EC2',
    hostId: 'i-0000000000000000a',
    images: ['container-registry.oracle.com/database/enterprise:19.3.0.0'],
    vcpus: 2,
    memoryMib: 4096,
    startedAt: null,
    ...changes,
  };
}

export function aLinuxSubscription(changes: Partial<LinuxSubscription> = {}): LinuxSubscription {
  return {
    instanceId: 'i-0000000000000000a',
    ownerAccount: ACCOUNT,
    region: REGION,
    subscriptionName: 'RHEL for SAP with HA and US',
    usageOperation: 'RunInstances:0010',
    osVersion: '9.4',
    registeredTwice: false,
    ...changes,
  };
}

export function aDeclaredServer(changes: Partial<DeclaredServer> = {}): DeclaredServer {
  return {
    name: 'ohio-ora-01',
    site: 'Columbus',
    sockets: 2,
    coresPerSocket: 16,
    vcpus: null,
    owner: 'finance-dba',
    environment: 'production',
    product: 'oracle-database',
    edition: 'enterprise',
    version: '19c',
    users: 40,
    listedOn: '2026-10-01',
    ...changes,
  };
}
