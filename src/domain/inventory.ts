import * as z from 'zod';
import { DedicatedHost } from '#domain/dedicated-host.ts';
import { Instance } from '#domain/instance.ts';
import { InstanceType } from '#domain/instance-type.ts';
import { Instant } from '#domain/instant.ts';
import { LaunchTemplate } from '#domain/launch-template.ts';
import { LicenseConfiguration, LicenseUsage } from '#domain/license-configuration.ts';
import { MachineImage } from '#domain/machine-image.ts';
import { AccountId, Region } from '#domain/scope.ts';

/** A piece of inventory that one adapter reads; named in answers when it is missing. */
export const InventorySource = z.enum([
  'license-configurations',
  'license-usage',
  'instances',
  'instance-types',
  'hosts',
  'images',
  'launch-templates',
  'managed-servers',
]);
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
  })
  .readonly();
export type ManagedServer = z.output<typeof ManagedServer>;

/**
 * Everything collected of one account and Region. A source that failed keeps its last good data
 * and says since when, so that no answer shows a part as the whole.
 */
export const InventoryShard = z
  .object({
    account: AccountId,
    region: Region,
    /** Per source: when its data was true, and what went wrong since, if anything. */
    sources: z.partialRecord(
      InventorySource,
      z.object({ asOf: Instant.nullable(), error: z.string().nullable() }).readonly(),
    ),
    configurations: z.array(LicenseConfiguration).readonly(),
    usage: z.array(LicenseUsage).readonly(),
    instances: z.array(Instance).readonly(),
    instanceTypes: z.array(InstanceType).readonly(),
    hosts: z.array(DedicatedHost).readonly(),
    images: z.array(MachineImage).readonly(),
    launchTemplates: z.array(LaunchTemplate).readonly(),
    managedServers: z.array(ManagedServer).readonly(),
  })
  .readonly();
export type InventoryShard = z.output<typeof InventoryShard>;
