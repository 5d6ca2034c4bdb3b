import type { InventoryShard } from '#domain/estate/inventory.ts';
import type { LicensingSettings } from '#domain/estate/licensing-settings.ts';
import { shardIndex } from '#domain/estate/shard-index.ts';
import { countAll } from '#domain/licenses/license-counting.ts';
import type { UsageView } from '#domain/licenses/usage-view.ts';
import { scopeKey } from '#domain/scope.ts';
import type { Consumer, PoolFigures, UsageChoices } from '#ports/notifier.ts';
import type { KnownPools } from '#usecases/find-pools.ts';

/** Only the account that was asked for, and only pools that resources with the tag use. */
export function narrowed(
  known: KnownPools,
  pools: readonly PoolFigures[],
  { account, tag }: UsageView,
): readonly PoolFigures[] {
  const there = account === null ? pools : pools.filter((figures) => isIn(figures, account));
  if (tag === null) return there;
  return there
    .map((figures) => ({ ...figures, tagged: licenses(consumersOf(known, figures, tag)) }))
    .filter(({ tagged }) => tagged > 0);
}

function isIn({ pool, accountName }: PoolFigures, account: string): boolean {
  return pool.account === account || same(accountName, account);
}

function licenses(consumers: readonly Consumer[]): number {
  return consumers.reduce((sum, consumer) => sum + consumer.licenses, 0);
}

/** The resources that use a pool, with who answers for them, largest first; only those with the tag. */
export function consumersOf(
  { shards, settings }: Pick<KnownPools, 'shards' | 'settings'>,
  { pool }: Pick<PoolFigures, 'pool'>,
  tag: UsageView['tag'],
): readonly Consumer[] {
  const shard = shards.get(scopeKey(pool));
  const configuration = shard?.configurations.find(({ arn }) => arn === pool.configurationArn);
  if (shard === undefined || configuration === undefined) return [];
  const resources = resourcesOf(shard);
  return countAll(shard, configuration)
    .resources.map(({ resourceId, licenses: used }) => {
      const { name, tags } = resources.get(resourceId) ?? { name: null, tags: [] };
      return {
        id: resourceId,
        name,
        owners: values(tags, settings.ownerTag),
        licenses: used,
        tags,
      };
    })
    .filter(({ tags }) => tag === null || hasTag(tags, tag, settings))
    .map(({ tags: _tags, ...consumer }) => consumer)
    .toSorted((a, b) => b.licenses - a.licenses || a.id.localeCompare(b.id));
}

type Tags = Readonly<Record<string, string>>;

/** A resource's name, and its tags: a host has those of the instances on it. */
interface Resource {
  readonly name: string | null;
  readonly tags: readonly Tags[];
}

const RESOURCES = new WeakMap<InventoryShard, ReadonlyMap<string, Resource>>();

function resourcesOf(shard: InventoryShard): ReadonlyMap<string, Resource> {
  const known = RESOURCES.get(shard);
  if (known !== undefined) return known;
  const { onHost } = shardIndex(shard);
  const resources = new Map<string, Resource>([
    ...shard.managedServers.map(
      ({ id, computerName }) => [id, { name: computerName, tags: [] }] as const,
    ),
    ...shard.instances.map(
      ({ instanceId, name, tags }) => [instanceId, { name, tags: [tags] }] as const,
    ),
    ...shard.databases.map(({ id, tags }) => [id, { name: id, tags: [tags] }] as const),
    ...shard.hosts.map(
      ({ hostId, name }) =>
        [hostId, { name, tags: (onHost.get(hostId) ?? []).map(({ tags }) => tags) }] as const,
    ),
  ]);
  RESOURCES.set(shard, resources);
  return resources;
}

/** What the selects offer: every account, and the owners of what uses licenses, most common first. */
export function choicesOf({ all, shards, settings }: KnownPools): UsageChoices {
  const accounts = new Map(all.map(({ pool, accountName }) => [pool.account, accountName]));
  const licensed = [...shards.values()].flatMap(({ instances }) =>
    instances.filter(
      ({ licenseConfigurationArns, hostId }) =>
        licenseConfigurationArns.length > 0 || hostId !== null,
    ),
  );
  const owned = licensed.flatMap(({ tags }) => values([tags], settings.ownerTag));
  const byOwner = [...Map.groupBy(owned, (owner) => owner)];
  return {
    accounts: [...accounts]
      .map(([id, name]) => ({ id, name }))
      .toSorted((a, b) => a.name.localeCompare(b.name)),
    owners: byOwner
      .toSorted(([a, many], [b, others]) => others.length - many.length || a.localeCompare(b))
      .map(([owner]) => owner),
  };
}

function hasTag(
  tags: readonly Tags[],
  { key, value }: NonNullable<UsageView['tag']>,
  { ownerTag }: LicensingSettings,
): boolean {
  return values(tags, key ?? ownerTag).some((found) => same(found, value));
}

/** The different values of a tag; keys are told apart as AWS does, by case too. */
function values(tags: readonly Tags[], key: string): readonly string[] {
  return [...new Set(tags.flatMap((all) => all[key] ?? []))].filter((value) => value !== '');
}

/** People type tags and names as they remember them. */
function same(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}
