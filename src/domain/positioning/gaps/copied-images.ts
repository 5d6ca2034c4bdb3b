import { type GapItem, gapResource, NOT_COUNTED } from '#domain/positioning/gaps/gap-items.ts';
import type { GapContext } from '#domain/positioning/gaps/gap-question.ts';
import type { LicensedProduct } from '#domain/positioning/licensed-product.ts';

/**
 * Instances of an AMI that was copied from one with license configurations, and has none itself: a copy
 * does not take them along. What the original's configurations count is not counted there.
 *
 * @see https://docs.aws.amazon.com/license-manager/latest/userguide/license-rules.html (2022-12-23)
 */
export function copiedImageGaps({
  view,
  imageConfigurations,
  settings,
}: GapContext): readonly GapItem[] {
  const lost = new Map(
    view.shard.images
      .filter(({ imageId }) => !imageConfigurations.has(imageId))
      .map(({ imageId, copiedFrom }) => [imageId, imageConfigurations.get(copiedFrom ?? '') ?? []]),
  );
  return view.shard.instances.flatMap(({ instanceId, imageId, state }): readonly GapItem[] => {
    const original = lost.get(imageId);
    if (original === undefined || state === 'terminated') return NONE;
    const tracking = view.tracking(instanceId);
    const arns = original.filter((arn) => !tracking.includes(arn));
    if (arns.length === 0) return NONE;
    const resource = gapResource(view, instanceId, settings.ownerTag, NOT_COUNTED);
    const item = { cause: 'copied-image', configurationArns: arns, resource } as const;
    const products = arns.flatMap((arn) => view.products(arn));
    return distinct(products).map((product) => ({ ...item, product }));
  });
}

const NONE: readonly GapItem[] = [];

/** Each product once; one `null` where nothing says what the configurations are for. */
function distinct(products: readonly LicensedProduct[]): readonly (LicensedProduct | null)[] {
  if (products.length === 0) return [null];
  return [...new Map(products.map((one) => [`${one.product}/${one.edition}`, one])).values()];
}
