import type { Evidence, Licensing } from '#domain/estate/deployment.ts';
import type { MentionedProduct, ProductMentions } from '#domain/software/product-mentions.ts';
import { remember } from '#domain/software/remember.ts';

/** What names of license configurations say of one product. */
export interface ConfigurationHint extends MentionedProduct {
  readonly licensing: Licensing;
  readonly evidence: readonly Evidence[];
}

/** One hint for each product that the configurations with these ARNs name. */
export type ConfigurationHints = (arns: readonly string[]) => readonly ConfigurationHint[];

const NONE: readonly ConfigurationHint[] = [];
const BETWEEN = '\n';

/** Reads the names of configurations, once for each set that machines have. */
export function configurationHints(
  names: ReadonlyMap<string, string>,
  mentions: ProductMentions,
): ConfigurationHints {
  const hintsOf = remember((arns) => hintsIn(names, mentions, arns.split(BETWEEN)));
  return (arns) => (arns.length === 0 ? NONE : hintsOf(arns.join(BETWEEN)));
}

function hintsIn(
  names: ReadonlyMap<string, string>,
  mentions: ProductMentions,
  arns: readonly string[],
): readonly ConfigurationHint[] {
  const hints = new Map<string, ConfigurationHint>();
  for (const arn of arns) {
    const text = names.get(arn) ?? '';
    const mention = mentions(text);
    if (mention === null) continue;
    const evidence = { source: 'license configuration name', text };
    const known = hints.get(mention.product);
    hints.set(
      mention.product,
      known
        ? agreed(known, mention, evidence)
        : { ...mention, licensing: licensingOf(mention.free), evidence: [evidence] },
    );
  }
  return [...hints.values()];
}

/** Two names that disagree about an edition do not tell it. */
function agreed(
  one: ConfigurationHint,
  other: MentionedProduct,
  evidence: Evidence,
): ConfigurationHint {
  const free = one.free && other.free;
  return {
    ...one,
    free,
    licensing: licensingOf(free),
    edition: one.edition === other.edition ? one.edition : null,
    version: one.version === other.version ? one.version : null,
    evidence: [...one.evidence, evidence],
  };
}

function licensingOf(free: boolean): Licensing {
  return free ? 'free' : 'byol';
}
