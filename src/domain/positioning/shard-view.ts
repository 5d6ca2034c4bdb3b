import type { Deployment } from '#domain/estate/deployment.ts';
import type { Instance } from '#domain/estate/instance.ts';
import type { InventoryShard, ManagedServer } from '#domain/estate/inventory.ts';
import {
  append,
  associatedArns,
  entryFor,
  type ShardIndex,
  shardIndex,
} from '#domain/estate/shard-index.ts';
import type { LicenseConfiguration } from '#domain/licenses/license-configuration.ts';
import {
  configuredProducts,
  type RunningProduct,
} from '#domain/positioning/configured-products.ts';
import type { LicensePools } from '#domain/positioning/license-pools.ts';
import { type LicensedProduct, productKey } from '#domain/positioning/licensed-product.ts';
import type { SoftwareCatalog } from '#domain/software/software-catalog.ts';

/** One account and Region with what runs there, looked up by resource. */
export interface ShardView {
  readonly shard: InventoryShard;
  readonly index: ShardIndex;
  readonly instances: ReadonlyMap<string, Instance>;
  readonly servers: ReadonlyMap<string, ManagedServer>;
  readonly deployments: readonly Deployment[];
  readonly byResource: ReadonlyMap<string, readonly Deployment[]>;
  /** Configurations that count a resource, by its id. */
  tracking(resourceId: string): readonly string[];
  /** What a configuration is for; empty when nothing says. */
  products(configurationArn: string): readonly LicensedProduct[];
}

/** What every shard's view shares. */
export interface Estate {
  readonly pools: Pick<LicensePools, 'entitledProducts'>;
  /** All that any shard shows, by ARN. */
  readonly configurations: ReadonlyMap<string, LicenseConfiguration>;
  readonly catalog: SoftwareCatalog;
}

export function shardView(
  shard: InventoryShard,
  deployments: readonly Deployment[],
  estate: Estate,
): ShardView {
  const index = shardIndex(shard);
  const instances = new Map(shard.instances.map((instance) => [instance.instanceId, instance]));
  const associated = (resourceId: string): readonly string[] => {
    const instance = instances.get(resourceId);
    return instance === undefined ? NONE : associatedArns(index, instance);
  };
  const listed = listedArns(shard, associated);
  const tracking = (resourceId: string): readonly string[] =>
    listed.get(resourceId) ?? associated(resourceId);
  const byResource = new Map<string, Deployment[]>();
  for (const deployment of deployments) append(byResource, deployment.on.id, deployment);
  return {
    shard,
    index,
    instances,
    servers: new Map(shard.managedServers.map((server) => [server.id, server])),
    deployments,
    byResource,
    tracking,
    products: productsOf(estate, deployments, tracking),
  };
}

const NONE: readonly string[] = [];

/**
 * Configurations of resources that a list says more of than they do: databases, managed servers, what
 * was associated by hand. Together with what the resource says itself.
 */
function listedArns(
  shard: InventoryShard,
  associated: (resourceId: string) => readonly string[],
): ReadonlyMap<string, readonly string[]> {
  const listed = new Map<string, readonly string[]>();
  const add = (id: string, arn: string) => {
    const known = listed.get(id) ?? associated(id);
    if (!known.includes(arn)) listed.set(id, [...known, arn]);
  };
  for (const { resourceId, configurationArn, consumed } of shard.usage) {
    if (consumed > 0) add(resourceId, configurationArn);
  }
  for (const { resourceArn, resourceType, configurationArn } of shard.associations) {
    if (resourceType !== 'EC2_AMI') add(resourceArn.replace(/^.*[/:]/, ''), configurationArn);
  }
  return listed;
}

function productsOf(
  { pools, configurations, catalog }: Estate,
  deployments: readonly Deployment[],
  tracking: ShardView['tracking'],
): ShardView['products'] {
  const known = new Map<string, readonly LicensedProduct[]>();
  let running: ReadonlyMap<string, readonly RunningProduct[]> | null = null;
  return (arn) =>
    pools.entitledProducts.get(arn) ??
    entryFor(known, arn, () => {
      running ??= runningProducts(deployments, tracking);
      const configuration = configurations.get(arn);
      if (configuration === undefined) return [];
      return configuredProducts(configuration, running.get(arn) ?? [], catalog);
    });
}

/** What needs licenses of the company's own on the resources of each configuration. */
function runningProducts(
  deployments: readonly Deployment[],
  tracking: ShardView['tracking'],
): ReadonlyMap<string, readonly RunningProduct[]> {
  const counts = new Map<string, Map<string, RunningProduct>>();
  for (const { product, edition, licensing, on } of deployments) {
    if (licensing !== 'byol' && licensing !== 'unknown') continue;
    const key = productKey({ product, edition });
    for (const arn of tracking(on.id)) {
      const products = counts.get(arn) ?? new Map<string, RunningProduct>();
      const resources = (products.get(key)?.resources ?? 0) + 1;
      counts.set(arn, products.set(key, { product, edition, resources }));
    }
  }
  return new Map([...counts].map(([arn, products]) => [arn, [...products.values()]]));
}
