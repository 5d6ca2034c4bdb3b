import type { AutoScalingGroup } from '#domain/estate/auto-scaling-group.ts';
import type { ContainerTask } from '#domain/estate/container-task.ts';
import type { Database } from '#domain/estate/database.ts';
import type { DedicatedHost } from '#domain/estate/dedicated-host.ts';
import type {
  ComputeFinding,
  CostLine,
  HostPrice,
  HostReservation,
  HubFinding,
  LicenseFinding,
  RightsizingFinding,
  SqlHaState,
  Utilization,
} from '#domain/estate/evidence.ts';
import type { Instance } from '#domain/estate/instance.ts';
import type { InstanceType } from '#domain/estate/instance-type.ts';
import type { ManagedServer, SourceNote } from '#domain/estate/inventory.ts';
import type { LaunchTemplate } from '#domain/estate/launch-template.ts';
import type { MachineImage } from '#domain/estate/machine-image.ts';
import type {
  LicenseAssetGroup,
  LicenseDiscovery,
  MemberAccount,
} from '#domain/estate/organization.ts';
import type {
  LinuxSubscription,
  ReceivedLicense,
  UserSubscription,
} from '#domain/estate/subscriptions.ts';
import type { MachinePrice, WantedPrices } from '#domain/launch/machine-price.ts';
import type {
  LicenseAssociation,
  LicenseConfiguration,
  LicenseUsage,
} from '#domain/licenses/license-configuration.ts';
import type { UsageTrend } from '#domain/licenses/usage-trend.ts';
import type { Scope } from '#domain/scope.ts';

// Every list is complete, every page of it read, or the method rejects: never a part as the whole.
// `FailureOf` says of whatever was thrown why.

/** License Manager of one account and Region. */
export interface LicenseSource {
  configurations(scope: Scope): Promise<readonly LicenseConfiguration[]>;
  usage(scope: Scope, configurationArn: string): Promise<readonly LicenseUsage[]>;
  /** Resources that the configuration is attached to, whether or not they consume licenses. */
  associations(scope: Scope, configurationArn: string): Promise<readonly LicenseAssociation[]>;
}

/** License Manager's own views of the organization, for its management or delegated account. */
export interface OrganizationLicenses {
  /** What is switched on in this account and Region. */
  discovery(scope: Scope): Promise<LicenseDiscovery>;
  /** Configurations of every member account, as far as License Manager sees them from here. */
  organizationConfigurations(scope: Scope): Promise<readonly LicenseConfiguration[]>;
  assetGroups(scope: Scope): Promise<readonly LicenseAssetGroup[]>;
}

/** AWS Organizations. */
export interface AccountDirectory {
  /** Active member accounts, as the account of the scope may list them. */
  accounts(scope: Scope): Promise<readonly MemberAccount[]>;
}

/** EC2 of one account and Region. */
export interface ComputeSource {
  instances(scope: Scope): Promise<readonly Instance[]>;
  instanceTypes(scope: Scope): Promise<readonly InstanceType[]>;
  /** Without their license configurations, which are License Manager's to say. */
  hosts(scope: Scope): Promise<readonly DedicatedHost[]>;
  /** Images by id; those that are gone are left out. */
  images(scope: Scope, imageIds: readonly string[]): Promise<readonly MachineImage[]>;
  /** Every launch template at its default version. */
  launchTemplates(scope: Scope): Promise<readonly LaunchTemplate[]>;
}

/** What EC2 of one account and Region says beside. */
export interface ComputeEvidence {
  /** Those that are in force. */
  hostReservations(scope: Scope): Promise<readonly HostReservation[]>;
  /** Instances whose SQL Server EC2 looks after; none where nobody asked it to. */
  sqlHaStates(scope: Scope): Promise<readonly SqlHaState[]>;
}

/** Auto Scaling of one account and Region. */
export interface GroupSource {
  /** Every group, with the launch template version that it is pinned to. */
  autoScalingGroups(scope: Scope): Promise<readonly AutoScalingGroup[]>;
}

/** Which of the installed software is worth keeping. */
export type KeepSoftware = (application: ManagedServer['applications'][number]) => boolean;

/** Systems Manager of one account and Region. */
export interface ServerSource {
  /** Managed servers, and stopped ones of which only the inventory still knows: `Inactive`. */
  managedServers(scope: Scope, keep: KeepSoftware): Promise<readonly ManagedServer[]>;
}

/** RDS of one account and Region. */
export interface DatabaseSource {
  databases(scope: Scope): Promise<readonly Database[]>;
}

/** ECS of one account and Region. */
export interface ContainerSource {
  /** Tasks that run now, in every cluster. */
  containers(scope: Scope): Promise<readonly ContainerTask[]>;
}

/** Subscriptions that License Manager finds or sells in one account and Region. */
export interface SubscriptionSource {
  /** Instances with a commercial Linux subscription. Rejects as `off` where discovery is off. */
  linuxSubscriptions(scope: Scope): Promise<readonly LinuxSubscription[]>;
  /** Rejects as `off` where no directory is registered. */
  userSubscriptions(scope: Scope): Promise<readonly UserSubscription[]>;
}

/** Licenses that sellers and other accounts granted to one account: Marketplace's are in us-east-1. */
export interface ReceivedLicenseSource {
  receivedLicenses(scope: Scope): Promise<readonly ReceivedLicense[]>;
}

/** CloudWatch's history of License Manager's figures. */
export interface TrendSource {
  /** Thirteen weeks that end with the one of `now`, of each configuration that has points. */
  trends(scope: Scope, now: Date): Promise<readonly UsageTrend[]>;
}

/** CloudWatch's history of what instances had to do. */
export interface UtilizationSource {
  /** Of the two weeks before today, of each of the instances that has figures. */
  utilization(
    scope: Scope,
    instanceIds: readonly string[],
    now: Date,
  ): Promise<readonly Utilization[]>;
}

/** Compute Optimizer of one account and Region. Rejects as `off` where nobody opted in. */
export interface FindingSource {
  computeFindings(scope: Scope): Promise<readonly ComputeFinding[]>;
  licenseFindings(scope: Scope): Promise<readonly LicenseFinding[]>;
}

/**
 * What the payer's account shows of all accounts. Calls of the first two cost money: each rejects rather
 * than make more of them than its budget allows.
 */
export interface CostSource {
  /** The last full month and the one that runs. */
  costs(account: string, now: Date): Promise<readonly CostLine[]>;
  rightsizing(account: string): Promise<readonly RightsizingFinding[]>;
  /** Rejects as `off` where the account is not enrolled. */
  hubFindings(account: string): Promise<readonly HubFinding[]>;
}

/** EC2's prices. */
export interface PriceSource {
  /** Those that AWS lists for Dedicated Hosts in the Region. */
  hostPrices(scope: Scope): Promise<readonly HostPrice[]>;
  /** Those that AWS lists for the Region; what it does not sell is left out. */
  prices(scope: Scope, wanted: WantedPrices): Promise<readonly MachinePrice[]>;
}

/** Why a source could not be read. */
export interface SourceFailure {
  /** `throttled`: worth trying again soon; the others are not. */
  readonly state: Exclude<SourceNote['state'], 'read'> | 'throttled';
  /** The error's name, in AWS's word: never its text, which may quote ids and names. */
  readonly error: string;
}

/** Reads why from whatever a source threw. */
export type FailureOf = (error: unknown) => SourceFailure;
