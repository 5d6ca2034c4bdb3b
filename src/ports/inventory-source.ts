import type { DedicatedHost } from '#domain/dedicated-host.ts';
import type { Instance } from '#domain/instance.ts';
import type { InstanceType } from '#domain/instance-type.ts';
import type { ManagedServer } from '#domain/inventory.ts';
import type { LaunchTemplate } from '#domain/launch-template.ts';
import type { LicenseConfiguration, LicenseUsage } from '#domain/license-configuration.ts';
import type { MachineImage } from '#domain/machine-image.ts';
import type { Scope } from '#domain/scope.ts';

/** License Manager of one account and Region. Complete lists, every page read. */
export interface LicenseSource {
  configurations(scope: Scope): Promise<readonly LicenseConfiguration[]>;
  usage(scope: Scope, configurationArn: string): Promise<readonly LicenseUsage[]>;
  /** The license configurations associated with resources (AMIs, hosts), by resource ARN. */
  specifications(
    scope: Scope,
    resourceArns: readonly string[],
  ): Promise<ReadonlyMap<string, readonly string[]>>;
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

/** Systems Manager of one account and Region. */
export interface ServerSource {
  managedServers(scope: Scope): Promise<readonly ManagedServer[]>;
}
