import { entryFor } from '#domain/estate/shard-index.ts';
import type { CountGap, GapCause } from '#domain/licenses/count-gap.ts';
import type { LicensedProduct } from '#domain/positioning/licensed-product.ts';
import type { ShardView } from '#domain/positioning/shard-view.ts';
import { tagValue } from '#domain/software/resource-marks.ts';

/** One resource and one reason why its counts differ. */
export interface GapItem {
  readonly cause: GapCause;
  readonly configurationArns: readonly string[];
  readonly product: LicensedProduct | null;
  readonly resource: CountGap['resources'][number];
}

/** Configurations or products for which a resource is explained already, by its id. */
export type Explained = ReadonlyMap<string, readonly string[]>;

/** What License Manager and we count of a resource. */
export type Counts = Pick<GapItem['resource'], 'consumed' | 'counted'>;

export const NOT_COUNTED: Counts = { consumed: null, counted: null };

/** A resource as people know it. Names and owners are untrusted text. */
export function gapResource(
  { instances, index, servers, byResource }: ShardView,
  id: string,
  ownerTag: string,
  counts: Counts,
): GapItem['resource'] {
  const instance = instances.get(id);
  const [deployment] = byResource.get(id) ?? [];
  const name =
    instance?.name ??
    index.hosts.get(id)?.name ??
    servers.get(id)?.computerName ??
    deployment?.on.name ??
    null;
  const owner = deployment?.on.owner ?? tagValue(instance?.tags ?? {}, ownerTag);
  const kind = deployment?.on.kind ?? kindOf(id);
  return { id, kind, name, owner, ...counts };
}

/** By the prefixes of AWS's ids: what is listed is not always among what we see. */
function kindOf(id: string): GapItem['resource']['kind'] {
  if (id.startsWith('i-')) return 'instance';
  if (id.startsWith('h-')) return 'host';
  return id.startsWith('mi-') ? 'managed-server' : 'database';
}

/** Items of one cause, product and set of configurations as one gap with all its resources. */
export function countGaps(
  { account, region }: ShardView['shard'],
  items: readonly GapItem[],
): readonly CountGap[] {
  const groups = new Map<string, { first: GapItem; resources: Map<string, GapItem['resource']> }>();
  for (const item of items) {
    const { cause, configurationArns, product, resource } = item;
    const key = `${cause} ${product?.product} ${configurationArns.join(' ')} ${product?.edition}`;
    const group = entryFor(groups, key, () => ({ first: item, resources: new Map() }));
    group.resources.set(resource.id, resource);
  }
  return [...groups.values()].map(({ first, resources }) => ({
    cause: first.cause,
    account,
    region,
    configurationArns: first.configurationArns,
    product: first.product?.product ?? null,
    edition: first.product?.edition ?? null,
    resources: [...resources.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  }));
}
