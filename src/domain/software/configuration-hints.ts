import type { Evidence } from '#domain/deployment.ts';
import type { ProductId } from '#domain/product.ts';
import { addFinding, type FoundSoftware, foundOf } from '#domain/software/found-software.ts';
import type { MentionedProduct } from '#domain/software/product-mentions.ts';
import type { SoftwareFacts } from '#domain/software/software-facts.ts';

/**
 * What the names of the license configurations of a machine add: the edition that inventory does not
 * tell, and the product itself where `believable` says that nothing better could have shown it.
 */
export function addConfigurationHints(
  found: FoundSoftware[],
  { configurations, mentions }: Pick<SoftwareFacts, 'configurations' | 'mentions'>,
  arns: readonly string[],
  believable: (product: ProductId) => boolean,
): void {
  for (const { mention, evidence } of hintsIn(configurations, mentions, arns)) {
    const known = foundOf(found, mention.product);
    if (known === undefined ? !believable(mention.product) : known.licensing === 'free') continue;
    const { free, ...product } = mention;
    addFinding(found, { ...product, licensing: free ? 'free' : 'byol', evidence });
  }
}

interface Hint {
  mention: MentionedProduct;
  readonly evidence: Evidence[];
}

/** One hint for each product; two names that disagree about its edition do not tell it. */
function hintsIn(
  configurations: SoftwareFacts['configurations'],
  mentions: SoftwareFacts['mentions'],
  arns: readonly string[],
): readonly Hint[] {
  const hints: Hint[] = [];
  for (const arn of arns) {
    const text = configurations.get(arn) ?? '';
    const mention = mentions(text);
    if (mention === null) continue;
    const evidence = { source: 'license configuration name', text };
    const known = hints.find((hint) => hint.mention.product === mention.product);
    if (known === undefined) {
      hints.push({ mention, evidence: [evidence] });
    } else {
      known.mention = agreed(known.mention, mention);
      known.evidence.push(evidence);
    }
  }
  return hints;
}

function agreed(one: MentionedProduct, other: MentionedProduct): MentionedProduct {
  return {
    ...one,
    edition: one.edition === other.edition ? one.edition : null,
    version: one.version === other.version ? one.version : null,
    free: one.free && other.free,
  };
}
