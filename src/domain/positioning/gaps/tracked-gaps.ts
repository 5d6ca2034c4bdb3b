import type { Deployment } from '#domain/estate/deployment.ts';
import { isInForce } from '#domain/licenses/entitlement.ts';
import type { LicenseConfiguration } from '#domain/licenses/license-configuration.ts';
import { countsHosts, listedUsage } from '#domain/licenses/license-counting.ts';
import type { Requirement } from '#domain/licenses/requirement.ts';
import { type Explained, type GapItem, gapResource } from '#domain/positioning/gaps/gap-items.ts';
import type {
  ConfigurationCount,
  GapContext,
  GapQuestion,
  RequiredOn,
} from '#domain/positioning/gaps/gap-question.ts';
import { TRACKED_CAUSES } from '#domain/positioning/gaps/tracked-causes.ts';
import type { LicensedProduct } from '#domain/positioning/licensed-product.ts';

/** Why the counts of what configurations track differ, except for what is explained already. */
export function trackedGaps(
  context: GapContext,
  required: RequiredOn,
  explained: Explained,
): readonly GapItem[] {
  return [...context.counts.values()].flatMap((counted) => {
    const { configuration } = counted;
    const products = context.view.products(configuration.arn);
    const unknown = new Set(counted.count.unknown);
    const expired = isExpired(context, configuration, products);
    const asked = products.flatMap(({ product }) => required.get(product) ?? []);
    const items: GapItem[] = [];
    for (const resourceId of resourcesOf(context, counted)) {
      if (explained.get(resourceId)?.includes(configuration.arn)) continue;
      const item = itemOf({
        context,
        configuration,
        products,
        resourceId,
        counts: counted.countsOf(resourceId),
        typeUnknown: unknown.has(resourceId),
        expired,
        instance: context.view.instances.get(resourceId) ?? null,
        deployments: deploymentsOf(context, products, resourceId),
        requirement: requirementOf(context, asked, resourceId),
      });
      if (item !== null) items.push(item);
    }
    return items;
  });
}

function itemOf(question: GapQuestion): GapItem | null {
  const { context, products, resourceId, counts } = question;
  for (const { cause, concerns } of TRACKED_CAUSES) {
    const configurationArns = concerns(question);
    if (configurationArns === null) continue;
    const { ownerTag } = context.settings;
    const [product = null] = products;
    const resource = gapResource(context.view, resourceId, ownerTag, counts);
    return { cause, configurationArns, product, resource };
  }
  return null;
}

/** What is counted or listed; hosts in place of their instances, where hosts are counted. */
function resourcesOf(
  { view: { shard, index } }: GapContext,
  { configuration, count }: ConfigurationCount,
): ReadonlySet<string> {
  const resources = new Set(count.resources.map(({ resourceId }) => resourceId));
  const associated = countsHosts(configuration) ? [] : index.associated.get(configuration.arn);
  for (const { instanceId, state } of associated ?? []) {
    if (state !== 'terminated') resources.add(instanceId);
  }
  for (const resourceId of listedUsage(shard, configuration.arn).keys()) resources.add(resourceId);
  return resources;
}

const NO_DEPLOYMENTS: readonly Deployment[] = [];

function deploymentsOf(
  { view }: GapContext,
  products: readonly LicensedProduct[],
  resourceId: string,
): readonly Deployment[] {
  return (view.byResource.get(resourceId) ?? NO_DEPLOYMENTS).filter((deployment) =>
    products.some(({ product }) => product === deployment.product),
  );
}

/** Of the resource itself, or of something on it where it is a host. */
function requirementOf(
  { view: { index } }: GapContext,
  asked: readonly ReadonlyMap<string, Requirement>[],
  resourceId: string,
): Requirement | null {
  for (const resources of asked) {
    const own = resources.get(resourceId);
    if (own !== undefined) return own;
    for (const { instanceId } of index.onHost.get(resourceId) ?? []) {
      const onHost = resources.get(instanceId);
      if (onHost !== undefined) return onHost;
    }
  }
  return null;
}

function isExpired(
  { now, pools }: GapContext,
  { arn, expiresAt }: LicenseConfiguration,
  products: readonly LicensedProduct[],
): boolean {
  if (expiresAt !== null && expiresAt <= now) return true;
  const pool = pools.byConfiguration.get(arn);
  return products.some(({ product }) => {
    const own = pool?.entitlements.filter((one) => one.product === product);
    return own?.length !== 0 && own?.some((one) => isInForce(one, now)) === false;
  });
}
