import type { InventoryShard, ManagedServer } from '#domain/estate/inventory.ts';
import type { LicensingSettings } from '#domain/estate/licensing-settings.ts';
import type { MachineImage } from '#domain/estate/machine-image.ts';
import { append, shardIndex } from '#domain/estate/shard-index.ts';
import type { LinuxSubscription, ReceivedLicense } from '#domain/estate/subscriptions.ts';
import {
  type ConfigurationHints,
  configurationHints,
} from '#domain/software/configuration-hints.ts';
import { installedSoftware } from '#domain/software/installed-software.ts';
import type { Hardware } from '#domain/software/machine-compute.ts';
import { billingReader, platformReader } from '#domain/software/operating-system.ts';
import { type ProductMentions, productMentions } from '#domain/software/product-mentions.ts';
import { softwareCatalog } from '#domain/software/software-catalog.ts';

/** A shard as recognition asks of it: everything by the id of the machine that it is about. */
export interface SoftwareFacts extends Hardware {
  readonly installedOn: ReturnType<typeof installedSoftware>;
  readonly billingOf: ReturnType<typeof billingReader>;
  readonly platformOf: ReturnType<typeof platformReader>;
  readonly hintsOf: ConfigurationHints;
  readonly mentions: ProductMentions;
  readonly servers: ReadonlyMap<string, ManagedServer>;
  readonly images: ReadonlyMap<string, MachineImage>;
  /** Configurations of servers outside AWS, by `mi-…`. */
  readonly serverConfigurations: ReadonlyMap<string, readonly string[]>;
  readonly linuxSubscriptions: ReadonlyMap<string, readonly LinuxSubscription[]>;
  /** AWS's words for the products that users of an instance are billed for. */
  readonly userProducts: ReadonlyMap<string, readonly string[]>;
  /** By the SKU under which the marketplace sells them. */
  readonly receivedLicenses: ReadonlyMap<string, ReceivedLicense>;
}

/** Reads every list of the shard once. */
export function softwareFacts(shard: InventoryShard, settings: LicensingSettings): SoftwareFacts {
  const { types, hosts } = shardIndex(shard);
  const linuxSubscriptions = new Map<string, LinuxSubscription[]>();
  for (const subscription of shard.linuxSubscriptions) {
    append(linuxSubscriptions, subscription.instanceId, subscription);
  }
  const userProducts = new Map<string, string[]>();
  for (const { product, instanceIds } of shard.userSubscriptions) {
    for (const instanceId of instanceIds) append(userProducts, instanceId, product);
  }
  const mentions = productMentions(settings);
  const names = new Map(shard.configurations.map(({ arn, name }) => [arn, name]));
  return {
    types,
    hosts,
    mentions,
    installedOn: installedSoftware(softwareCatalog(settings)),
    billingOf: billingReader(mentions),
    platformOf: platformReader(mentions),
    hintsOf: configurationHints(names, mentions),
    servers: new Map(shard.managedServers.map((server) => [server.id, server])),
    images: new Map(shard.images.map((image) => [image.imageId, image])),
    serverConfigurations: serverConfigurations(shard),
    linuxSubscriptions,
    userProducts,
    receivedLicenses: new Map(
      shard.receivedLicenses.map((license) => [license.productSku ?? license.arn, license]),
    ),
  };
}

function serverConfigurations({ associations, usage }: InventoryShard) {
  const arns = new Map<string, Set<string>>();
  for (const { resourceType, resourceArn, configurationArn } of [...associations, ...usage]) {
    if (resourceType !== 'SYSTEMS_MANAGER_MANAGED_INSTANCE') continue;
    const id = resourceArn.slice(resourceArn.lastIndexOf('/') + 1);
    const known = arns.get(id);
    if (known === undefined) arns.set(id, new Set([configurationArn]));
    else known.add(configurationArn);
  }
  return new Map([...arns].map(([id, each]) => [id, [...each]]));
}
