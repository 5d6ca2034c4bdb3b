import type { Deployment } from '#domain/estate/deployment.ts';
import type { Instance } from '#domain/estate/instance.ts';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import type { LicensingSettings } from '#domain/estate/licensing-settings.ts';
import type { LicenseConfiguration } from '#domain/licenses/license-configuration.ts';
import { countAll, listedUsage, type ResourceCount } from '#domain/licenses/license-counting.ts';
import type { Requirement } from '#domain/licenses/requirement.ts';
import type { Counts } from '#domain/positioning/gaps/gap-items.ts';
import type { LicensePools } from '#domain/positioning/license-pools.ts';
import type { LicensedProduct } from '#domain/positioning/licensed-product.ts';
import type { ProductGroup } from '#domain/positioning/product-groups.ts';
import type { ShardView } from '#domain/positioning/shard-view.ts';

/** Everything that the gaps of one account and Region depend on. */
export interface GapContext {
  readonly view: ShardView;
  readonly groups: readonly AskedGroup[];
  /** Of every configuration that the shard shows, by ARN. */
  readonly counts: ReadonlyMap<string, ConfigurationCount>;
  readonly pools: LicensePools;
  /** Configurations of AMIs by the AMI's id, wherever in the estate. */
  readonly imageConfigurations: ReadonlyMap<string, readonly string[]>;
  readonly settings: LicensingSettings;
  readonly now: Date;
}

/** A group with what its vendor's rule asked for. */
export interface AskedGroup {
  readonly group: ProductGroup;
  readonly requirements: readonly Requirement[];
  /** False for a product without a rule: what it needs is not known. */
  readonly hasRule: boolean;
}

/** Both counts of a configuration. */
export interface ConfigurationCount {
  readonly configuration: LicenseConfiguration;
  readonly count: ResourceCount;
  countsOf(resourceId: string): Counts;
}

/** License Manager lists what a configuration consumes at its owner only. */
export function configurationCount(
  shard: InventoryShard,
  configuration: LicenseConfiguration,
): ConfigurationCount {
  const count = countAll(shard, configuration);
  const own = configuration.account === shard.account;
  const listed = listedUsage(shard, configuration.arn);
  const unknown = new Set(count.unknown);
  const counted = new Map(count.resources.map((one) => [one.resourceId, one.licenses]));
  return {
    configuration,
    count,
    countsOf: (resourceId) => ({
      consumed: own ? (listed.get(resourceId)?.consumed ?? 0) : null,
      counted: counted.get(resourceId) ?? (unknown.has(resourceId) ? null : 0),
    }),
  };
}

/** One resource of one configuration: why do its counts differ, or why does neither match the terms? */
export interface GapQuestion {
  readonly context: GapContext;
  readonly configuration: LicenseConfiguration;
  /** What the configuration is for; empty when nothing says. */
  readonly products: readonly LicensedProduct[];
  readonly resourceId: string;
  readonly counts: Counts;
  readonly typeUnknown: boolean;
  /** The configuration has, or all that its products were entitled to. */
  readonly expired: boolean;
  readonly instance: Instance | null;
  /** Deployments of its products there. */
  readonly deployments: readonly Deployment[];
  /** What the terms of its products ask for there; of a host what they ask for something on it. */
  readonly requirement: Requirement | null;
}

/** What the terms ask for on a resource: by product, then by the resource's id. */
export type RequiredOn = ReadonlyMap<string, ReadonlyMap<string, Requirement>>;

/** Requirements by resource; of several for one the first that needs licenses. */
export function requiredOn(groups: readonly AskedGroup[]): RequiredOn {
  const products = new Map<string, Map<string, Requirement>>();
  for (const { group, requirements } of groups) {
    const resources = products.get(group.product) ?? new Map<string, Requirement>();
    products.set(group.product, resources);
    for (const requirement of requirements) addResources(resources, requirement);
  }
  return products;
}

function addResources(resources: Map<string, Requirement>, requirement: Requirement): void {
  for (const { id } of requirement.on) {
    if (!needsLicenses(resources.get(id))) resources.set(id, requirement);
  }
}

/** True when the terms ask for licenses, or when nobody knows for how many. */
export function needsLicenses(requirement: Requirement | undefined): boolean {
  return requirement !== undefined && requirement.units !== 0;
}
