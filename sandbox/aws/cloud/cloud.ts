import type { Activity, AutoScalingGroup } from '@aws-sdk/client-auto-scaling';
import type {
  Host,
  HostReservation,
  Image,
  Instance,
  KeyPairInfo,
  LaunchTemplate,
  LaunchTemplateVersion,
  RegisteredInstance,
  SecurityGroup,
  Subnet,
} from '@aws-sdk/client-ec2';
import type { Cluster, ContainerInstance, Task } from '@aws-sdk/client-ecs';
import type {
  Grant,
  GrantedLicense,
  LicenseAssetGroup,
  LicenseAssetRuleset,
} from '@aws-sdk/client-license-manager';
import type {
  InstanceInformation,
  InventoryResultItem,
  Parameter,
  ParameterType,
} from '@aws-sdk/client-ssm';
import type { Clock } from '../../clock.ts';
import type {
  LicenseConfigurationRecord,
  LicenseConversionRecord,
  LicenseSpecificationRecord,
} from '../license-manager/records.ts';

/** The state of every simulated account and Region, in AWS's own shapes; the services read and write it. */
export interface Cloud {
  /** The state of one account's Region, empty when nothing was put there yet. @throws when the account is not one of `accounts`. */
  region(account: string, region: string): RegionState;
  /** Every Region that was ever asked for. */
  regions(): readonly RegionState[];
  readonly clock: Clock;
  readonly accounts: readonly CloudAccount[];
  /** Tells the listener about every change of an instance's state from now on. Returns the undo. */
  onInstanceStateChange(listener: (change: InstanceStateChange) => void): () => void;
  /** Called by whoever changed an instance's state, after the change. */
  instanceStateChanged(change: InstanceStateChange): void;
}

/** An account of the organization. */
export interface CloudAccount {
  readonly id: string;
  readonly name: string;
  /** What somebody switched on in it; without a list, nothing. */
  readonly switchedOn?: readonly SwitchedOn[];
}

/** Services about cost and size that answer nobody who has not asked for them. `rightsizing` is Cost Explorer's. */
export type SwitchedOn = 'compute-optimizer' | 'cost-optimization-hub' | 'rightsizing';

/** What EC2 tells EventBridge: the instance as it is after the change. A launch is the change to `pending`. */
export interface InstanceStateChange {
  readonly account: string;
  readonly region: string;
  readonly instance: Instance;
  readonly at: Date;
}

/** One account's resources in one Region. Maps are keyed by the id AWS gives the resource, unless said otherwise. */
export interface RegionState {
  readonly account: string;
  readonly region: string;
  readonly instances: Map<string, Instance>;
  readonly hosts: Map<string, Host>;
  readonly images: Map<string, Image>;
  readonly launchTemplates: Map<string, LaunchTemplate>;
  /** By launch template id, oldest version first. */
  readonly launchTemplateVersions: Map<string, LaunchTemplateVersion[]>;
  /** By name. */
  readonly autoScalingGroups: Map<string, AutoScalingGroupRecord>;
  readonly subnets: Map<string, Subnet>;
  readonly securityGroups: Map<string, SecurityGroup>;
  /** By key name, as launches name it. */
  readonly keyPairs: Map<string, KeyPairInfo>;
  /** By ARN. */
  readonly licenseConfigurations: Map<string, LicenseConfigurationRecord>;
  /** By the ARN of the instance, host or image. */
  readonly licenseSpecifications: Map<string, LicenseSpecificationRecord[]>;
  /** By task id, in the order in which they began. */
  readonly licenseConversions: Map<string, LicenseConversionRecord>;
  /** Ids of instances that may not be stopped through the API. */
  readonly stopProtected: Set<string>;
  /** By managed node id: `i-…` for instances, `mi-…` for servers outside AWS. */
  readonly managedInstances: Map<string, InstanceInformation>;
  /** By managed node id, then by type name, for example `AWS:Application`. */
  readonly inventory: Map<string, Record<string, InventoryContent>>;
  /** By parameter name. */
  readonly parameters: Map<string, ParameterRecord>;
  /** By DBInstanceIdentifier. */
  readonly databases: Map<string, DBInstanceRecord>;
  /** By name. */
  readonly containerClusters: Map<string, ContainerClusterRecord>;
  /** By ARN: licenses that sellers or other accounts issued to this account. */
  readonly receivedLicenses: Map<string, GrantedLicense>;
  /** By ARN. */
  readonly receivedGrants: Map<string, Grant>;
  /** By ARN; discovery times are filled in when somebody asks. */
  readonly licenseAssetGroups: Map<string, LicenseAssetGroup>;
  /** By ARN, those of AWS included. */
  readonly licenseAssetRulesets: Map<string, LicenseAssetRuleset>;
  /** By instance id. */
  readonly lateReleases: Map<string, LateReleaseRecord>;
  readonly linuxDiscovery: LinuxDiscoveryRecord;
  /** By instance id, where it is not what most instances have to do. */
  readonly demands: Map<string, DemandRecord>;
  readonly hostReservations: Map<string, HostReservation>;
  /** By instance id: instances for which EC2 High Availability for SQL Server is on. */
  readonly sqlHaStates: Map<string, RegisteredInstance>;
  /** Active Directories for user subscriptions, by directory id. */
  readonly directories: Map<string, DirectoryRecord>;
}

/** One inventory type of one managed node; the type's name is the key it is stored under. */
export type InventoryContent = Omit<InventoryResultItem, 'TypeName'>;

/** The current version of a parameter, its value in the clear: SSM masks a SecureString when it is read without decryption. */
export interface ParameterRecord extends Parameter {
  readonly Name: string;
  readonly Type: ParameterType;
  readonly Value: string;
  readonly Version: number;
  readonly KeyId?: string;
}

/** The part of RDS's DBInstance that decides which licenses a database needs. */
export interface DBInstanceRecord {
  readonly DBInstanceIdentifier: string;
  readonly DBInstanceArn: string;
  readonly DBInstanceClass: string;
  readonly DBInstanceStatus: string;
  /** For example `oracle-ee`, `sqlserver-se`, `db2-ae`. */
  readonly Engine: string;
  readonly EngineVersion: string;
  readonly LicenseModel: 'license-included' | 'bring-your-own-license' | 'marketplace-license';
  readonly MultiAZ: boolean;
  /** Active vCPUs of one database server: the class's default unless ProcessorFeatures reduce it. */
  readonly vcpus: number;
  readonly ProcessorFeatures: readonly { readonly Name: string; readonly Value: string }[];
  readonly ReadReplicaSourceDBInstanceIdentifier?: string;
  /** Engine options that need a license of their own, for example the Oracle packs. */
  readonly options: readonly string[];
  readonly InstanceCreateTime: Date;
  readonly TagList: readonly { readonly Key: string; readonly Value: string }[];
}

/** An Auto Scaling group, with what it did and when it acts next. */
export interface AutoScalingGroupRecord {
  readonly group: AutoScalingGroup;
  /** Oldest first. */
  readonly activities: Activity[];
  /** Milliseconds since the epoch; null while it has what it wants. */
  actsAt: number | null;
}

/** An ECS cluster with what belongs to it; how much runs is counted when somebody asks. */
export interface ContainerClusterRecord {
  readonly cluster: Cluster;
  /** By ARN. */
  readonly containerInstances: Map<string, ContainerInstance>;
  /** By ARN. */
  readonly tasks: Map<string, Task>;
}

/** An instance that stopped or is gone, but License Manager missed it and keeps the licenses until then. */
export interface LateReleaseRecord {
  readonly instance: Instance;
  readonly until: Date;
}

/** Whether License Manager looks for commercial Linux in this Region: off until somebody switches it on. */
export interface LinuxDiscoveryRecord {
  enabled: boolean;
  /** The Red Hat account whose subscriptions are looked up; null when none is registered. */
  redHatSecretArn: string | null;
  /** Ids of instances that are subscribed with Red Hat, whatever EC2 bills for them. */
  readonly subscribedWithRedHat: Set<string>;
}

/** What an instance has to do, whatever size it has. */
export interface DemandRecord {
  /** Busy vCPUs: usually, and in the busiest hour of a day. */
  readonly cpu: Load;
  readonly memoryMib: Load;
  /** Whether a CloudWatch agent tells of memory. */
  readonly agent: boolean;
  /** What CloudWatch Application Insights found of its SQL Server; null where nobody set it up. */
  readonly sqlServer: SqlServerRecord | null;
}

interface Load {
  readonly usual: number;
  readonly peak: number;
}

interface SqlServerRecord {
  readonly edition: 'Enterprise' | 'Standard';
  /** The least edition with all features that are in use. */
  readonly needs: 'Enterprise' | 'Standard';
}

/** An Active Directory whose users get monthly subscriptions. */
export interface DirectoryRecord {
  readonly directoryId: string;
  /** For example `corp.example.com`. */
  readonly domain: string;
  /** Products that it is registered for, in AWS's words. */
  readonly products: readonly string[];
  readonly subnets: readonly string[];
  readonly securityGroup: string;
  readonly users: readonly DirectoryUserRecord[];
  /** Ids of the instances that provide the products. */
  readonly instances: readonly string[];
}

export interface DirectoryUserRecord {
  readonly username: string;
  readonly product: string;
  readonly subscribedAt: Date;
  /** Null while the subscription goes on. */
  readonly unsubscribedAt: Date | null;
  /** Ids of the instances that the user was associated with, and since when. */
  readonly associations: ReadonlyMap<string, Date>;
}

/** A cloud in which these accounts exist and own nothing. */
export function createCloud(clock: Clock, accounts: readonly CloudAccount[]): Cloud {
  const states = new Map<string, RegionState>();
  const listeners = new Set<(change: InstanceStateChange) => void>();

  return {
    clock,
    accounts,
    region(account, region) {
      if (!accounts.some(({ id }) => id === account)) {
        throw new Error(`Account ${account} does not exist in this cloud; add it to its accounts.`);
      }
      const key = `${account}/${region}`;
      const state = states.get(key) ?? emptyRegion(account, region);
      states.set(key, state);
      return state;
    },
    regions: () => [...states.values()],
    onInstanceStateChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    instanceStateChanged(change) {
      for (const listener of listeners) listener(change);
    },
  };
}

function emptyRegion(account: string, region: string): RegionState {
  return {
    account,
    region,
    instances: new Map(),
    hosts: new Map(),
    images: new Map(),
    launchTemplates: new Map(),
    launchTemplateVersions: new Map(),
    autoScalingGroups: new Map(),
    subnets: new Map(),
    securityGroups: new Map(),
    keyPairs: new Map(),
    licenseConfigurations: new Map(),
    licenseSpecifications: new Map(),
    licenseConversions: new Map(),
    stopProtected: new Set(),
    managedInstances: new Map(),
    inventory: new Map(),
    parameters: new Map(),
    databases: new Map(),
    containerClusters: new Map(),
    receivedLicenses: new Map(),
    receivedGrants: new Map(),
    licenseAssetGroups: new Map(),
    licenseAssetRulesets: new Map(),
    lateReleases: new Map(),
    linuxDiscovery: { enabled: false, redHatSecretArn: null, subscribedWithRedHat: new Set() },
    demands: new Map(),
    hostReservations: new Map(),
    sqlHaStates: new Map(),
    directories: new Map(),
  };
}
