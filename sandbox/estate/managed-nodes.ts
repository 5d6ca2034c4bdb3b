import type { InventoryContent } from '../aws/cloud/cloud.ts';
import { daysAgo, type Ground } from './ground.ts';
import type { System } from './images.ts';
import { ON_EVERY_SERVER, SOFTWARE, type SoftwareName, type SqlServer } from './software.ts';

/** A server that Systems Manager knows. */
export interface ManagedNode {
  /** `i-…` or `mi-…`. */
  readonly id: string;
  readonly computerName: string;
  readonly address: string;
  readonly system: System;
  readonly software: readonly SoftwareName[];
  /** Days since its agent last answered; 0 while it does. */
  readonly silentDays: number;
  /** Its processors as the system sees them: virtual ones on an instance. */
  readonly hardware: Hardware;
}

interface Hardware {
  readonly sockets: number;
  /** Of all sockets. */
  readonly cores: number;
  readonly threadsPerCore: number;
}

const AGENT_VERSION = '3.3.987.0';

/** Teams collect SQL Server's edition on some servers only. */
const WITH_SQL_INVENTORY = 0.6;

/** The node, and what its last inventory run found. */
export function addManagedNode(ground: Ground, node: ManagedNode): void {
  const { random, state } = ground;
  const seen =
    daysAgo(ground, node.silentDays).getTime() - random.whole(5, 290, 'ping', node.id) * 1000;
  const outside = node.id.startsWith('mi-');
  state.managedInstances.set(node.id, {
    InstanceId: node.id,
    PingStatus: node.silentDays > 0 ? 'ConnectionLost' : 'Online',
    LastPingDateTime: new Date(seen),
    AgentVersion: AGENT_VERSION,
    IsLatestVersion: false,
    PlatformType: platformType(node.system),
    PlatformName: node.system.platformName,
    PlatformVersion: node.system.platformVersion,
    ResourceType: outside ? 'ManagedInstance' : 'EC2Instance',
    IPAddress: node.address,
    ComputerName: `${node.computerName}.corp.alderfinch.example`,
    AssociationStatus: 'Success',
    ...(outside
      ? {
          Name: node.computerName,
          ActivationId: 'f2a5d3c1-7b0e-4c46-9d59-2f5b8f0c61de',
          IamRole: 'HybridActivation',
          RegistrationDate: daysAgo(ground, 900),
        }
      : {}),
  });
  state.inventory.set(node.id, inventoryOf(ground, node, new Date(seen - 1_200_000)));
}

function inventoryOf(
  { random }: Ground,
  node: ManagedNode,
  at: Date,
): Record<string, InventoryContent> {
  const software = node.software.map((name) => softwareOf(name));
  const applications = [
    ...ON_EVERY_SERVER[node.system.kind],
    ...software.flatMap(({ applications }) => applications),
  ];
  const servers = software.flatMap(({ sqlServer }) => sqlServer ?? []);
  const collected =
    servers.length > 0 && random.fraction('sql inventory', node.id) < WITH_SQL_INVENTORY;
  const content = (SchemaVersion: string, rows: readonly object[]): InventoryContent => ({
    SchemaVersion,
    CaptureTime: `${at.toISOString().slice(0, 19)}Z`,
    Content: rows.map((row) => ({ ...row })),
  });
  return {
    'AWS:Application': content(
      '1.1',
      applications.map((application) => ({
        ...application,
        ApplicationType: '',
        Architecture: 'x86_64',
      })),
    ),
    'AWS:InstanceInformation': content('1.0', [instanceInformation(node)]),
    'AWS:InstanceDetailedInformation': content('1.0', [detailedInformation(node.hardware)]),
    ...(collected ? { 'Custom:SQLServer': content('1.0', servers) } : {}),
  };
}

function softwareOf(name: SoftwareName): {
  readonly applications: readonly object[];
  readonly sqlServer?: SqlServer;
} {
  return SOFTWARE[name];
}

function instanceInformation({ id, computerName, address, system, silentDays }: ManagedNode) {
  return {
    AgentType: 'amazon-ssm-agent',
    AgentVersion: AGENT_VERSION,
    ComputerName: computerName,
    InstanceId: id,
    InstanceStatus: silentDays > 0 ? 'ConnectionLost' : 'Active',
    IpAddress: address,
    PlatformName: system.platformName,
    PlatformType: platformType(system),
    PlatformVersion: system.platformVersion,
    ResourceType: id.startsWith('mi-') ? 'ManagedInstance' : 'EC2Instance',
  };
}

function detailedInformation({ sockets, cores, threadsPerCore }: Hardware) {
  return {
    CPUModel: 'Intel(R) Xeon(R) Gold 6248 CPU @ 2.50GHz',
    CPUSpeedMHz: '2500',
    CPUs: String(cores * threadsPerCore),
    CPUSockets: String(sockets),
    CPUCores: String(cores),
    CPUHyperThreadEnabled: String(threadsPerCore > 1),
  };
}

function platformType({ kind }: System) {
  return kind === 'windows' ? 'Windows' : 'Linux';
}
