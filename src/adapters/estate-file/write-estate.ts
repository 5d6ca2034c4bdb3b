import * as z from 'zod';
import { EstateFile, SCHEMA_VERSION } from '#adapters/estate-file/estate-file.ts';
import type { EstateScope } from '#adapters/estate-file/estate-scope.ts';
import { instanceFamily } from '#domain/estate/instance-type.ts';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import type { LicensingSettings } from '#domain/estate/licensing-settings.ts';
import { isMachinePlan } from '#domain/launch/launch-plan.ts';
import type { PoolLedger } from '#domain/licenses/license-pool.ts';
import type { LicenseRegister } from '#domain/licenses/license-register.ts';
import { formatLicenseRules } from '#domain/licenses/license-rules.ts';
import type { LaunchRequest } from '#domain/requests/launch-request.ts';

/** Everything that a position is made of. */
export interface Estate {
  readonly asOf: Date;
  readonly accounts: EstateFile['accounts'];
  readonly licensing: LicensingSettings;
  readonly oldAfterMs: number;
  readonly register: LicenseRegister;
  readonly shards: readonly InventoryShard[];
  readonly ledgers: readonly PoolLedger[];
  readonly openRequests: readonly LaunchRequest[];
}

/** An estate as JSON text that reads back to the same position. */
export function writeEstate(estate: Estate): string {
  const file: EstateFile = {
    schemaVersion: SCHEMA_VERSION,
    asOf: estate.asOf,
    accounts: estate.accounts,
    licensing: estate.licensing,
    figuresOldAfter: estate.oldAfterMs,
    entitlements: estate.register.entitlements,
    servers: estate.register.servers,
    scopes: estate.shards.map((shard) => scopeOf(shard, estate.openRequests)),
    pools: estate.ledgers,
    openRequests: estate.openRequests,
  };
  return `${JSON.stringify(z.encode(EstateFile, file), null, 2)}\n`;
}

function scopeOf(shard: InventoryShard, requests: readonly LaunchRequest[]): EstateScope {
  const described = describedTypes(shard, requests);
  return {
    ...shard,
    configurations: shard.configurations.map(
      ({ account: _account, region: _region, rules, ...configuration }) => ({
        ...configuration,
        rules: formatLicenseRules(rules),
      }),
    ),
    usage: shard.usage.map(({ configurationArn, resourceId: _id, ...usage }) => ({
      ...usage,
      configuration: configurationArn,
    })),
    instances: shard.instances.map(({ licenseConfigurationArns, ...instance }) => ({
      ...instance,
      licenses: licenseConfigurationArns,
    })),
    instanceTypes: shard.instanceTypes.filter(({ name }) => described.has(name)),
    undescribedTypes: undescribed(shard),
    hosts: shard.hosts.map(({ licenseConfigurationArns, instanceIds: _ids, ...host }) => ({
      ...host,
      licenses: licenseConfigurationArns,
    })),
    images: shard.images.map(({ licenseConfigurationArns, ...image }) => ({
      ...image,
      licenses: licenseConfigurationArns,
    })),
    launchTemplates: shard.launchTemplates.map(({ licenseConfigurationArns, ...template }) => ({
      ...template,
      licenses: licenseConfigurationArns,
    })),
  };
}

function undescribed({ instances, instanceTypes }: InventoryShard): readonly string[] {
  const known = new Set(instanceTypes.map(({ name }) => name));
  return [...new Set(instances.map(({ instanceType }) => instanceType))].filter(
    (name) => !known.has(name),
  );
}

/**
 * A Region offers hundreds of types; the file describes those that something runs on or is to run on, the
 * other sizes of their families, and those that have a price.
 */
function describedTypes(
  { instances, databases, instanceTypes, prices }: InventoryShard,
  requests: readonly LaunchRequest[],
): ReadonlySet<string> {
  const used = new Set([
    ...requests.flatMap(({ plan }) => (isMachinePlan(plan) ? [plan.instanceType] : [])),
    ...instances.map(({ instanceType }) => instanceType),
    ...databases.map(({ instanceClass }) => instanceClass.replace(/^db\./, '')),
  ]);
  const families = new Set([...used].map(instanceFamily));
  const sizes = instanceTypes.filter(({ name }) => families.has(instanceFamily(name)));
  const priced = prices.map(({ instanceType }) => instanceType);
  return new Set([...used, ...sizes.map(({ name }) => name), ...priced]);
}
