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
  LicenseAssociation,
  LicenseConfiguration,
  LicenseUsage,
} from '#domain/licenses/license-configuration.ts';
import { UsageTrend } from '#domain/licenses/usage-trend.ts';
import { AccountId, Region } from '#domain/scope.ts';

/** What positions are made of: figures are partial or old without it. */
export const PositionSource = z.enum([
  'license-configurations',
  'license-usage',
  'instances',
  'instance-types',
  'hosts',
  'images',
  'launch-templates',
  'auto-scaling-groups',
  'managed-servers',
  'license-associations',
  'databases',
  'containers',
  'linux-subscriptions',
  'user-subscriptions',
  'received-licenses',
  'usage-trends',
  'prices',
]);
export type PositionSource = z.output<typeof PositionSource>;

/** What only recommendations are made of: without it no figure of a position is partial or old. */
export const EvidenceSource = z.enum([
  'utilization',
  'compute-optimizer',
  'sql-ha-states',
  'host-reservations',
  'cost-explorer',
  'rightsizing',
  'cost-optimization-hub',
]);
export type EvidenceSource = z.output<typeof EvidenceSource>;

/** A piece of inventory that one adapter reads; named in answers when it is missing. */
export const InventorySource = z.enum([...PositionSource.options, ...EvidenceSource.options]);
export type InventorySource = z.output<typeof InventorySource>;

/** A server that Systems Manager manages: an EC2 instance (`i-`) or an on-premises one (`mi-`). */
export const ManagedServer = z
  .object({
    id: z.string(),
    computerName: z.string().nullable(),
    platformName: z.string().nullable(),
    platformVersion: z.string().nullable(),
    pingStatus: z.string(),
    lastPingAt: Instant.nullable(),
    /** Installed software that matters to licensing, from `AWS:Application`. */
    applications: z
      .array(z.object({ name: z.string(), publisher: z.string(), version: z.string() }).readonly())
      .readonly(),
    /** Edition and version by instance, from `Custom:SQLServer` or the registry where they are collected. */
    sqlServers: z
      .array(z.object({ name: z.string(), edition: z.string(), version: z.string() }).readonly())
      .readonly()
      .default([]),
    /** From `AWS:InstanceDetailedInformation`; `null`: not collected. */
    hardware: z
      .object({
        sockets: z.int().positive(),
        cores: z.int().positive(),
        hyperThreading: z.boolean(),
      })
      .readonly()
      .nullable()
      .default(null),
  })
  .readonly();
export type ManagedServer = z.output<typeof ManagedServer>;

/**
 * How reading a source went: when its data was true, what went wrong since, and whether somebody
 * would have to switch it on (`off`) or allow it (`refused`) to see more.
 */
export const SourceNote = z
  .object({
    asOf: Instant.nullable(),
    error: z.string().nullable(),
    state: z.enum(['read', 'off', 'refused', 'failed']).default('read'),
    /** When it was last tried, if that gave nothing; else `asOf` says it. */
    triedAt: Instant.optional(),
  })
  .readonly();
export type SourceNote = z.output<typeof SourceNote>;

/**
 * Everything collected of one account and Region. A source that failed keeps its last good data
 * and says since when, so that no answer shows a part as the whole.
 */
export const InventoryShard = z
  .object({
    account: AccountId,
    region: Region,
    /** Per source: when its data was true, and what went wrong since, if anything. */
    sources: z.partialRecord(InventorySource, SourceNote),
    configurations: z.array(LicenseConfiguration).readonly(),
    usage: z.array(LicenseUsage).readonly(),
    instances: z.array(Instance).readonly(),
    instanceTypes: z.array(InstanceType).readonly(),
    hosts: z.array(DedicatedHost).readonly(),
    images: z.array(MachineImage).readonly(),
    launchTemplates: z.array(LaunchTemplate).readonly(),
    autoScalingGroups: z.array(AutoScalingGroup).readonly().default([]),
    managedServers: z.array(ManagedServer).readonly(),
    associations: z.array(LicenseAssociation).readonly().default([]),
    databases: z.array(Database).readonly().default([]),
    containers: z.array(ContainerTask).readonly().default([]),
    linuxSubscriptions: z.array(LinuxSubscription).readonly().default([]),
    userSubscriptions: z.array(UserSubscription).readonly().default([]),
    receivedLicenses: z.array(ReceivedLicense).readonly().default([]),
    trends: z.array(UsageTrend).readonly().default([]),
    prices: z.array(MachinePrice).readonly().default([]),
    hostPrices: z.array(HostPrice).readonly().default([]),
    hostReservations: z.array(HostReservation).readonly().default([]),
    utilization: z.array(Utilization).readonly().default([]),
    computeFindings: z.array(ComputeFinding).readonly().default([]),
    licenseFindings: z.array(LicenseFinding).readonly().default([]),
    sqlHaStates: z.array(SqlHaState).readonly().default([]),
    /** Of all accounts that the payer's Cost Explorer shows: kept in the shard of the account and Region that reads it. */
    costs: z.array(CostLine).readonly().default([]),
    rightsizing: z.array(RightsizingFinding).readonly().default([]),
    hubFindings: z.array(HubFinding).readonly().default([]),
  })
  .readonly();
export type InventoryShard = z.output<typeof InventoryShard>;
