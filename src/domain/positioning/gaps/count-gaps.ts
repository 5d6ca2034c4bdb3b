import { append } from '#domain/estate/shard-index.ts';
import type { CountGap } from '#domain/licenses/count-gap.ts';
import { listedUsage } from '#domain/licenses/license-counting.ts';
import { copiedImageGaps } from '#domain/positioning/gaps/copied-images.ts';
import { countGaps, type Explained, type GapItem } from '#domain/positioning/gaps/gap-items.ts';
import { type GapContext, requiredOn } from '#domain/positioning/gaps/gap-question.ts';
import { paidTwiceGaps } from '#domain/positioning/gaps/paid-twice.ts';
import { trackedGaps } from '#domain/positioning/gaps/tracked-gaps.ts';
import { untrackedGaps } from '#domain/positioning/gaps/untracked-gaps.ts';

/**
 * Why tracked and terms differ in one account and Region, or License Manager and we do. A resource is
 * explained once for each configuration, and once for each product that none counts, by its most
 * specific cause.
 */
export function gapsIn(context: GapContext): readonly CountGap[] {
  const required = requiredOn(context.groups);
  const paidTwice = paidTwiceGaps(context, required);
  const copied = copiedImageGaps(context);
  const tracked = explainedBy(paidTwice, ({ configurationArns }) => configurationArns);
  const untracked = explainedBy([...paidTwice, ...copied], ({ product }) =>
    product === null ? [] : [product.product],
  );
  return [
    ...countGaps(context.view.shard, [
      ...paidTwice,
      ...copied,
      ...trackedGaps(context, required, tracked),
      ...untrackedGaps(context, required, untracked),
    ]),
    ...unlistedGaps(context),
  ];
}

/** By the resource's id, what it is explained for. */
function explainedBy(
  items: readonly GapItem[],
  whatOf: (item: GapItem) => readonly string[],
): Explained {
  const explained = new Map<string, string[]>();
  for (const item of items) {
    for (const what of whatOf(item)) append(explained, item.resource.id, what);
  }
  return explained;
}

/** License Manager's total is not the sum of what it lists: nobody can say which resources it means. */
function unlistedGaps({ view: { shard, products }, counts }: GapContext): readonly CountGap[] {
  return [...counts.values()].flatMap(({ configuration }): CountGap[] => {
    const { arn, account, region, consumed } = configuration;
    const own = account === shard.account && shard.sources['license-usage']?.state === 'read';
    const listed = [...listedUsage(shard, arn).values()];
    if (!own || listed.reduce((sum, one) => sum + one.consumed, 0) === consumed) return [];
    const [product = null] = products(arn);
    return [
      {
        cause: 'unexplained',
        account,
        region,
        configurationArns: [arn],
        product: product?.product ?? null,
        edition: product?.edition ?? null,
        resources: [],
      },
    ];
  });
}
