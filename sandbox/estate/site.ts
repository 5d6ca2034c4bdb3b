import type { _InstanceType } from '@aws-sdk/client-ec2';
import type { ImageName } from './images.ts';
import type { PoolName } from './pools.ts';
import type { SoftwareName } from './software.ts';

/** What one account has in one Region, as people would draw it; `estate.ts` expands it into AWS's shapes. */
export interface Site {
  readonly account: string;
  readonly region: string;
  /** First two numbers of the VPC's addresses, for example `10.20`. */
  readonly network: string;
  /** Launches from an image draw on the image's pools, as far as the site has them. */
  readonly pools: Readonly<Partial<Record<PoolName, PoolTerms>>>;
  readonly hosts?: readonly DedicatedHost[];
  readonly workloads: readonly Workload[];
  readonly launchTemplates?: readonly Template[];
  readonly autoScalingGroups?: readonly Group[];
  readonly onPremises?: readonly OnPremisesServer[];
  readonly databases?: readonly Database[];
  readonly containers?: readonly ContainerCluster[];
  readonly receivedLicenses?: readonly ReceivedLicensePlan[];
  /** Absent: License Manager does not look for commercial Linux here. */
  readonly linuxDiscovery?: LinuxDiscoveryPlan;
  readonly userSubscriptions?: UserSubscriptionsPlan;
}

/** How much of a pool's license this site may use. */
export interface PoolTerms {
  /** Absent means that usage is tracked without a limit. */
  readonly limit?: number;
  readonly hard?: true;
  /** From today; negative when the agreement has ended. */
  readonly expiresInDays?: number;
  readonly disabled?: true;
}

export interface DedicatedHost {
  readonly name: string;
  /** One of HOST_FAMILIES. */
  readonly family: string;
  readonly recovery?: true;
  /** Only launches that name the host land on it. */
  readonly manualPlacement?: true;
}

/** Servers that belong together: one application, one environment, one owner. */
export interface Workload {
  readonly app: string;
  readonly env: 'prod' | 'uat' | 'test' | 'dev';
  readonly owner: string;
  readonly servers: readonly Server[];
}

/** A row of like servers, named `name-01`, `name-02` and so on. */
export interface Server {
  readonly name: string;
  readonly count: number;
  readonly type: _InstanceType;
  readonly image: ImageName;
  readonly cpu?: CpuOptions;
  /** The Dedicated Host that they run on. */
  readonly host?: string;
  /** Instead of the image's pools. */
  readonly pools?: readonly PoolName[];
  /** Beside the image's. */
  readonly software?: readonly SoftwareName[];
  /** How many of them, counted from the last, are stopped. */
  readonly stopped?: number;
  /** License Manager missed that they stopped or were terminated, and counts them for some days more. */
  readonly missed?: 'stopped' | 'terminated';
  /** The launch template that they came from; it may have said something else about their type. */
  readonly template?: string;
  /** Systems Manager does not know them. */
  readonly noAgent?: true;
  readonly spot?: true;
  /** All in the first Availability Zone, not one after the other. */
  readonly together?: true;
  /** Two and two: odd ones serve, even ones wait. */
  readonly pairs?: true;
  /** Replace or add to the usual tags. */
  readonly tags?: Readonly<Record<string, string>>;
}

/** `fleet(12, 'erp-sql', 'r6i.2xlarge', 'sql-2019-standard')`: a row of the tables of sites. */
export function fleet(
  count: number,
  name: string,
  type: _InstanceType,
  image: ImageName,
  more: Omit<Server, 'name' | 'count' | 'type' | 'image'> = {},
): Server {
  return { name, count, type, image, ...more };
}

export interface CpuOptions {
  readonly cores: number;
  readonly threads: number;
}

export interface Template {
  readonly name: string;
  readonly image: ImageName;
  readonly type: _InstanceType;
  /** The pool that people ask for with it; absent when nobody may. */
  readonly pool?: PoolName;
  readonly cpu?: CpuOptions;
  /** Host tenancy on this host. */
  readonly host?: string;
  readonly spot?: true;
  /** A newer version with another image that never became the default. */
  readonly latestImage?: ImageName;
  /** Configurations that the template itself attaches, for an image that has none. */
  readonly attaches?: readonly PoolName[];
  /** Names the image by this SSM parameter, so that it may be another one at launch. */
  readonly imageParameter?: string;
}

/** An Auto Scaling group that nobody has let grow yet, pinned to version 1 of a template. */
export interface Group {
  readonly name: string;
  readonly template: string;
  readonly maximum: number;
}

/** A row of like servers outside AWS, with a hybrid activation in this site. */
export interface OnPremisesServer {
  readonly name: string;
  readonly count?: number;
  readonly system: 'windows-2012r2' | 'windows-2016' | 'windows-2019' | 'rhel-7';
  readonly sockets: number;
  readonly coresPerSocket: number;
  readonly software: readonly SoftwareName[];
  /** Discovery found the products of these pools on them. */
  readonly discoveredFor?: readonly PoolName[];
  /** Days since Systems Manager last heard of them; absent while they answer. */
  readonly silentDays?: number;
}

export interface Database {
  readonly name: string;
  readonly engine: string;
  readonly version: string;
  /** Without `db.`. */
  readonly type: _InstanceType;
  readonly license: 'license-included' | 'bring-your-own-license';
  readonly multiAz?: true;
  readonly cpu?: CpuOptions;
  readonly options?: readonly string[];
  readonly discoveredFor?: readonly PoolName[];
}

export interface ContainerCluster {
  readonly name: string;
  /** Names of the server rows that are its container instances. */
  readonly nodes?: readonly string[];
  /** Names of the on-premises rows that are. */
  readonly externalNodes?: readonly string[];
  readonly services: readonly ContainerService[];
}

/** A service with a row of like tasks, spread over the nodes in turn. */
export interface ContainerService {
  readonly name: string;
  readonly count: number;
  readonly runsOn: 'EC2' | 'FARGATE' | 'EXTERNAL';
  /** One container each; the first is the one that the service is for. */
  readonly images: readonly string[];
  /** What a task reserves: 1,024 CPU units are a vCPU. Absent: as much as the node has. Fargate needs both. */
  readonly cpu?: number;
  readonly memoryMib?: number;
  readonly windows?: true;
  readonly owner?: string;
}

/** A license that a seller on AWS Marketplace issued, or that another account passed on. */
export interface ReceivedLicensePlan {
  readonly product: string;
  /** Entitlements by name, and how many of each. */
  readonly entitlements: Readonly<Record<string, number>>;
  readonly startedDaysAgo: number;
  /** From today; negative when it has ended. */
  readonly endsInDays: number;
  /** The account that bought it; absent where it was bought here. */
  readonly grantedBy?: string;
  readonly grant?: 'ACTIVE' | 'PENDING_ACCEPT';
}

export interface LinuxDiscoveryPlan {
  /** Names of servers that are subscribed with Red Hat; with some, the Red Hat account is registered. */
  readonly subscribedWithRedHat?: readonly string[];
}

/** Monthly subscriptions of people in one Active Directory. */
export interface UserSubscriptionsPlan {
  readonly domain: string;
  /** Products in AWS's words. */
  readonly products: readonly string[];
  /** The row of servers that provide them. */
  readonly servers: string;
  readonly users: readonly SubscribedUser[];
}

export interface SubscribedUser {
  readonly name: string;
  readonly product: string;
  readonly sinceDaysAgo: number;
  readonly endedDaysAgo?: number;
  /** Names of the servers that they may use; a subscription without one is paid for nothing. */
  readonly on: readonly string[];
}
