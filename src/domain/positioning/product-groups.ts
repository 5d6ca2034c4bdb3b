import type { Deployment } from '#domain/estate/deployment.ts';
import type { LicenseTerms } from '#domain/licenses/license-terms.ts';
import type { Requirement } from '#domain/licenses/requirement.ts';
import type { EntitledPool, LicensePool } from '#domain/positioning/license-pools.ts';
import type { PoolChoice } from '#domain/positioning/pool-choice.ts';
import type { ShardView } from '#domain/positioning/shard-view.ts';
import { termsOf } from '#domain/positioning/terms-of.ts';
import type { VendorTerms } from '#domain/vendors/vendor-terms.ts';

/** Deployments of one product that draw on one pool: what a vendor's rule is asked about at once. */
export interface ProductGroup<Pool extends EntitledPool = LicensePool> {
  readonly product: string;
  readonly pool: Pool | null;
  readonly deployments: Deployment[];
  /** Configurations that count a resource for the product, by its id. */
  readonly configurationArns: Map<string, readonly string[]>;
}

/** Groups by product and pool; they grow in place. */
export type ProductGroups<Pool extends EntitledPool = LicensePool> = Map<
  string,
  ProductGroup<Pool>
>;

/** A deployment with the pool that it draws on. */
interface Placed<Pool> {
  readonly deployment: Deployment;
  readonly pool: Pool | null;
  readonly configurationArns: readonly string[];
}

/** Sort what runs in a shard into groups. What no pool takes joins what is on its host. */
export function groupsOf<Pool extends EntitledPool>(
  view: PlacingView,
  choose: PoolChoice<Pool>,
): ProductGroups<Pool> {
  const placed = view.deployments.map((deployment) => placedIn(view, deployment, choose));
  const byHost = new Map<string, Pool>();
  for (const { deployment, pool } of placed) {
    const key = hostKey(deployment);
    if (pool !== null && key !== null && !byHost.has(key)) byHost.set(key, pool);
  }
  const groups: ProductGroups<Pool> = new Map();
  for (const { deployment, pool, configurationArns } of placed) {
    const key = hostKey(deployment);
    const chosen = pool ?? (key === null ? null : (byHost.get(key) ?? null));
    addToGroup(groups, deployment, chosen, configurationArns);
  }
  return groups;
}

function hostKey({ product, on }: Deployment): string | null {
  const { host } = on.compute;
  return host === null ? null : `${product} ${host.id}`;
}

type PlacingView = Pick<ShardView, 'deployments' | 'tracking' | 'products'>;

function placedIn<Pool extends EntitledPool>(
  view: PlacingView,
  deployment: Deployment,
  choose: PoolChoice<Pool>,
): Placed<Pool> {
  const { product, on } = deployment;
  const configurationArns = countingArns(view, on.id, product);
  const edition = deployment.edition ?? editionBy(view, configurationArns, product);
  const pool = choose({ product, edition, account: on.account, configurationArns });
  return {
    deployment: edition === deployment.edition ? deployment : { ...deployment, edition },
    pool,
    configurationArns,
  };
}

/** Configurations that count a resource for a product. */
export function countingArns(
  { tracking, products }: Pick<ShardView, 'tracking' | 'products'>,
  resourceId: string,
  product: string,
): readonly string[] {
  const arns = tracking(resourceId);
  const counts = (arn: string) => products(arn).some((one) => one.product === product);
  return arns.every(counts) ? arns : arns.filter(counts);
}

/** An edition that nobody knows is the one that the configurations are for. */
function editionBy(
  { products }: Pick<ShardView, 'products'>,
  configurationArns: readonly string[],
  product: string,
): string | null {
  if (configurationArns.length === 0) return null;
  const editions = new Set<string | null>();
  for (const arn of configurationArns) {
    const counted = products(arn).filter((one) => one.product === product);
    for (const { edition } of counted) editions.add(edition);
  }
  const [edition = null, another] = editions;
  return another === undefined ? edition : null;
}

/** Put a deployment into its group. */
export function addToGroup<Pool extends EntitledPool>(
  groups: ProductGroups<Pool>,
  deployment: Deployment,
  pool: Pool | null,
  configurationArns: readonly string[],
): void {
  const { product, on } = deployment;
  const key = `${product} ${pool?.id ?? ''}`;
  let group = groups.get(key);
  if (group === undefined) {
    group = { product, pool, deployments: [], configurationArns: new Map() };
    groups.set(key, group);
  }
  group.deployments.push(deployment);
  if (configurationArns.length > 0) group.configurationArns.set(on.id, configurationArns);
}

/** Asks the vendors' rules, under the terms of each pool. */
export type AskTerms = (
  group: Pick<ProductGroup<EntitledPool>, 'product' | 'pool'>,
  deployments: readonly Deployment[],
) => readonly Requirement[];

/** The requirements of deployments in a pool; none for a product without a rule. */
export function askTerms(vendors: ReadonlyMap<string, VendorTerms>, now: Date): AskTerms {
  const known = new Map<string, LicenseTerms>();
  return ({ product, pool }, deployments) => {
    const key = `${product} ${pool?.id ?? ''}`;
    const terms = known.get(key) ?? termsOf(pool, product, now);
    known.set(key, terms);
    return vendors.get(product)?.requirement(deployments, terms) ?? [];
  };
}
