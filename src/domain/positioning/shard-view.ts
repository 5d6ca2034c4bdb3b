import type { Deployment } from '#domain/deployment.ts';
import type { Instance } from '#domain/instance.ts';
import type { InventoryShard, ManagedServer } from '#domain/inventory.ts';
import type { LicenseConfiguration } from '#domain/license-configuration.ts';
import {
  configuredProducts,
  type RunningProduct,
} from '#domain/positioning/configured-products.ts';
import type { LicensePools } from '#domain/positioning/license-pools.ts';
import { type LicensedProduct, productKey } from '#domain/positioning/licensed-product.ts';
import { append, associatedArns, type ShardIndex, shardIndex } from '#domain/shard-index.ts';
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
  readonly pools: LicensePools;
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
  const listed = listedArns(shard);
  const tracking = (resourceId: string): readonly string[] => {
    const instance = instances.get(resourceId);
    const own = instance === undefined ? [] : associatedArns(index, instance);
    const others = listed.get(resourceId);
    if (others === undefined || others.every((arn) => own.includes(arn))) return own;
    return [...new Set([...own, ...others])];
  };
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

/** What is counted by a list only: databases, managed servers, and what associations name. */
function listedArns(shard: InventoryShard): ReadonlyMap<string, readonly string[]> {
  const listed = new Map<string, string[]>();
  for (const { resourceId, configurationArn, consumed } of shard.usage) {
    if (consumed > 0) append(listed, resourceId, configurationArn);
  }
  for (const { resourceArn, resourceType, configurationArn } of shard.associations) {
    const id = resourceArn.split(/[/:]/).at(-1) ?? resourceArn;
    if (resourceType !== 'EC2_AMI') append(listed, id, configurationArn);
  }
  return listed;
}

function productsOf(
  { pools, configurations, catalog }: Estate,
  deployments: readonly Deployment[],
  tracking: ShardView['tracking'],
): ShardView['products'] {
  const known = new Map(pools.entitledProducts);
  let running: ReadonlyMap<string, readonly RunningProduct[]> | null = null;
  return (arn) => {
    const found = known.get(arn);
    if (found !== undefined) return found;
    running ??= runningProducts(deployments, tracking);
    const configuration = configurations.get(arn);
    const products =
      configuration === undefined
        ? []
        : configuredProducts(configuration, running.get(arn) ?? [], catalog);
    known.set(arn, products);
    return products;
  };
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
