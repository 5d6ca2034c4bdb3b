import * as z from 'zod';
import { AutoScalingGroup } from '#domain/estate/auto-scaling-group.ts';
import { ContainerTask } from '#domain/estate/container-task.ts';
import { Database } from '#domain/estate/database.ts';
import { DedicatedHost } from '#domain/estate/dedicated-host.ts';
import {
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
import { Instance } from '#domain/estate/instance.ts';
import { InstanceType } from '#domain/estate/instance-type.ts';
import { InventorySource, ManagedServer, SourceNote } from '#domain/estate/inventory.ts';
import { LaunchTemplate } from '#domain/estate/launch-template.ts';
import { MachineImage } from '#domain/estate/machine-image.ts';
import {
  LinuxSubscription,
  ReceivedLicense,
  UserSubscription,
} from '#domain/estate/subscriptions.ts';
import { Instant } from '#domain/instant.ts';
import { MachinePrice } from '#domain/launch/machine-price.ts';
import {
  ConfigurationStatus,
  CountingType,
  LicenseAssociation,
  LicensedResourceType,
} from '#domain/licenses/license-configuration.ts';
import { Tenancy } from '#domain/licenses/license-rules.ts';
import { UsageTrend } from '#domain/licenses/usage-trend.ts';
import { AccountId, Region } from '#domain/scope.ts';

const LicenseReference = z
  .string()
  .regex(
    /^(arn:.+:license-configuration:)?lic-[0-9a-f]{32}$/,
    'Write lic- and 32 hexadecimal digits, or the whole ARN',
  );
const licenses = z.array(LicenseReference).readonly().default([]);
const text = z.string().nullable().default(null);
const list = z.array(z.string()).readonly().default([]);
const tags = z.record(z.string(), z.string()).default({});
/** Built from account, Region and id when it is left out. */
const arn = z.string().startsWith('arn:').optional();

const EstateConfiguration = z
  .strictObject({
    id: z.string().regex(/^lic-[0-9a-f]{32}$/, 'Write lic- and 32 hexadecimal digits'),
    /** Where it belongs, when another account shares it. */
    arn,
    name: z.string(),
    description: text,
    countingType: CountingType,
    /** In AWS's words, such as `#allowedTenancy=EC2-DedicatedHost`. */
    rules: list,
    limit: z.int().nonnegative().nullable().default(null),
    hardLimit: z.boolean().default(false),
    /** License Manager's figure. */
    consumed: z.int().nonnegative().default(0),
    status: ConfigurationStatus.default('AVAILABLE'),
    expiresAt: Instant.nullable().default(null),
    discoveredAt: Instant.nullable().default(null),
    discovers: list,
  })
  .readonly();

const EstateUsage = z
  .strictObject({
    configuration: LicenseReference,
    resourceArn: z.string().startsWith('arn:'),
    resourceType: LicensedResourceType,
    resourceStatus: z.string().default(''),
    ownerAccount: AccountId.optional(),
    consumed: z.int().nonnegative(),
    associatedAt: Instant.nullable().default(null),
  })
  .readonly();

const EstateInstance = z
  .strictObject({
    ...Instance.unwrap().omit({ licenseConfigurationArns: true }).shape,
    arn,
    instanceId: z
      .string()
      .regex(/^i-[0-9a-f]{8,17}$/, 'Write an instance id such as i-0123456789abcdef0'),
    state: Instance.unwrap().shape.state.default('running'),
    cpuOptions: Instance.unwrap().shape.cpuOptions.default(null),
    tenancy: Tenancy.default('default'),
    hostId: text,
    affinity: text,
    spot: z.boolean().default(false),
    imageId: z.string().default(''),
    platformDetails: z.string().default('Linux/UNIX'),
    usageOperation: z.string().default('RunInstances'),
    licenses,
    clientToken: text,
    launchedAt: Instant.prefault('1970-01-01T00:00:00Z'),
    name: text,
    tags,
  })
  .readonly();

const EstateInstanceType = z
  .strictObject({
    ...InstanceType.unwrap().shape,
    validCores: z.array(z.int().positive()).readonly().default([]),
    validThreadsPerCore: z.array(z.int().positive()).readonly().default([]),
    architectures: z.array(z.string()).readonly().default(['x86_64']),
    bareMetal: z.boolean().default(false),
    dedicatedHostsSupported: z.boolean().default(true),
    spotSupported: z.boolean().default(true),
  })
  .readonly();

const EstateHost = z
  .strictObject({
    ...DedicatedHost.unwrap().omit({ licenseConfigurationArns: true, instanceIds: true }).shape,
    arn,
    hostId: z.string().regex(/^h-[0-9a-f]{8,17}$/, 'Write a host id such as h-0123456789abcdef0'),
    state: z.string().default('available'),
    instanceType: text,
    availabilityZone: z.string().default(''),
    availableVcpus: z.int().nonnegative().default(0),
    availableCapacity: z.record(z.string(), z.int().nonnegative()).default({}),
    autoPlacement: z.boolean().default(false),
    hostRecovery: z.boolean().default(false),
    licenses,
    allocatedAt: Instant.nullable().default(null),
    name: text,
  })
  .readonly();

const EstateImage = z
  .strictObject({
    ...MachineImage.unwrap().omit({ licenseConfigurationArns: true }).shape,
    name: z.string().default(''),
    state: z.string().default('available'),
    architecture: z.string().default('x86_64'),
    platformDetails: z.string().default('Linux/UNIX'),
    usageOperation: z.string().default('RunInstances'),
    licenses,
  })
  .readonly();

/** What instances were started from: it says which CPU options a resize has lost. */
const EstateLaunchTemplate = z
  .strictObject({
    ...LaunchTemplate.unwrap().omit({ licenseConfigurationArns: true }).shape,
    name: z.string().default(''),
    imageId: text,
    instanceType: text,
    cpuOptions: LaunchTemplate.unwrap().shape.cpuOptions.default(null),
    subnetId: text,
    availabilityZone: text,
    securityGroupIds: list,
    instanceProfile: text,
    keyName: text,
    volumes: LaunchTemplate.unwrap().shape.volumes.default([]),
    tenancy: Tenancy.default('default'),
    hostId: text,
    spot: z.boolean().default(false),
    userDataHash: text,
    licenses,
    tags: LaunchTemplate.unwrap().shape.tags.default([]),
  })
  .readonly();

const EstateServer = z
  .strictObject({
    ...ManagedServer.unwrap().shape,
    computerName: text,
    platformName: text,
    platformVersion: text,
    pingStatus: z.string().default('Online'),
    lastPingAt: Instant.nullable().default(null),
    applications: ManagedServer.unwrap().shape.applications.default([]),
  })
  .readonly();

const EstateDatabase = z
  .strictObject({
    ...Database.unwrap().shape,
    arn,
    status: z.string().default('available'),
    multiAz: z.boolean().default(false),
    readReplicaOf: text,
    processorFeatures: Database.unwrap().shape.processorFeatures.default(null),
    options: list,
    createdAt: Instant.nullable().default(null),
    tags,
  })
  .readonly();

/** One account in one Region. A list that is left out was not looked at; an empty one is known to be empty. */
export const EstateScope = z
  .strictObject({
    account: AccountId,
    region: Region,
    configurations: z.array(EstateConfiguration).readonly().optional(),
    usage: z.array(EstateUsage).readonly().optional(),
    instances: z.array(EstateInstance).readonly().optional(),
    instanceTypes: z.array(EstateInstanceType).readonly().optional(),
    /** Types that instances have and that AWS does not describe yet. */
    undescribedTypes: list,
    hosts: z.array(EstateHost).readonly().optional(),
    images: z.array(EstateImage).readonly().optional(),
    launchTemplates: z.array(EstateLaunchTemplate).readonly().optional(),
    autoScalingGroups: z.array(AutoScalingGroup).readonly().optional(),
    managedServers: z.array(EstateServer).readonly().optional(),
    associations: z.array(LicenseAssociation).readonly().optional(),
    databases: z.array(EstateDatabase).readonly().optional(),
    containers: z.array(ContainerTask).readonly().optional(),
    linuxSubscriptions: z.array(LinuxSubscription).readonly().optional(),
    userSubscriptions: z.array(UserSubscription).readonly().optional(),
    receivedLicenses: z.array(ReceivedLicense).readonly().optional(),
    trends: z.array(UsageTrend).readonly().optional(),
    prices: z.array(MachinePrice).readonly().optional(),
    hostPrices: z.array(HostPrice).readonly().optional(),
    hostReservations: z.array(HostReservation).readonly().optional(),
    utilization: z.array(Utilization).readonly().optional(),
    computeFindings: z.array(ComputeFinding).readonly().optional(),
    licenseFindings: z.array(LicenseFinding).readonly().optional(),
    sqlHaStates: z.array(SqlHaState).readonly().optional(),
    costs: z.array(CostLine).readonly().optional(),
    rightsizing: z.array(RightsizingFinding).readonly().optional(),
    hubFindings: z.array(HubFinding).readonly().optional(),
    /** How reading went, where it is not plain reading at the file's `asOf`. */
    sources: z.partialRecord(InventorySource, SourceNote).default({}),
  })
  .readonly();
export type EstateScope = z.output<typeof EstateScope>;
