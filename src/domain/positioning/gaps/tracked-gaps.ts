import { countsHosts, listedUsage } from '#domain/license-counting.ts';
import { type GapItem, gapResource } from '#domain/positioning/gaps/gap-items.ts';
import type {
  ConfigurationCount,
  GapContext,
  GapQuestion,
  RequiredOn,
} from '#domain/positioning/gaps/gap-question.ts';
import { TRACKED_CAUSES } from '#domain/positioning/gaps/tracked-causes.ts';
import type { LicensedProduct } from '#domain/positioning/licensed-product.ts';
import type { Requirement } from '#domain/requirement.ts';

/** Why the counts of what configurations track differ, except for what is explained already. */
export function trackedGaps(
  context: GapContext,
  required: RequiredOn,
  isExplained: (configurationArn: string, resourceId: string) => boolean,
): readonly GapItem[] {
  return [...context.counts.values()].flatMap((counted) => {
    const products = context.view.products(counted.configuration.arn);
    const unknown = new Set(counted.count.unknown);
    return [...resourcesOf(context, counted)]
      .filter((resourceId) => !isExplained(counted.configuration.arn, resourceId))
      .flatMap((resourceId) => {
        const question: GapQuestion = {
          context,
          configuration: counted.configuration,
          products,
          resourceId,
          counts: counted.countsOf(resourceId),
          typeUnknown: unknown.has(resourceId),
          instance: context.view.instances.get(resourceId) ?? null,
          deployments: deploymentsOf(context, products, resourceId),
          requirement: requirementOf(context, required, products, resourceId),
        };
        return itemsOf(question);
      });
  });
}

function itemsOf(question: GapQuestion): readonly GapItem[] {
  const { context, products, resourceId, counts } = question;
  for (const { cause, concerns } of TRACKED_CAUSES) {
    const configurationArns = concerns(question);
    if (configurationArns === null) continue;
    const { ownerTag } = context.settings;
    const [product = null] = products;
    const resource = gapResource(context.view, resourceId, ownerTag, counts);
    return [{ cause, configurationArns, product, resource }];
  }
  return [];
}

/** What is counted or listed; hosts in place of their instances, where hosts are counted. */
function resourcesOf(
  { view: { shard, index } }: GapContext,
  { configuration, count }: ConfigurationCount,
): ReadonlySet<string> {
  const associated = countsHosts(configuration)
    ? []
    : (index.associated.get(configuration.arn) ?? []).filter(({ state }) => state !== 'terminated');
  return new Set([
    ...count.resources.map(({ resourceId }) => resourceId),
    ...associated.map(({ instanceId }) => instanceId),
    ...listedUsage(shard, configuration.arn).keys(),
  ]);
}

function deploymentsOf(
  { view }: GapContext,
  products: readonly LicensedProduct[],
  resourceId: string,
): GapQuestion['deployments'] {
  const deployments = view.byResource.get(resourceId) ?? [];
  return deployments.filter((deployment) =>
    products.some(({ product }) => product === deployment.product),
  );
}

function requirementOf(
  { view: { index } }: GapContext,
  required: RequiredOn,
  products: readonly LicensedProduct[],
  resourceId: string,
): Requirement | null {
  const onHost = index.onHost.get(resourceId) ?? [];
  const ids = [resourceId, ...onHost.map(({ instanceId }) => instanceId)];
  const found = products.flatMap(({ product }) => {
    const resources = required.get(product);
    return ids.flatMap((id) => resources?.get(id) ?? []);
  });
  return found[0] ?? null;
}
