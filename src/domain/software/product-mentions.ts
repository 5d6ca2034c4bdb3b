import type { LicensingSettings } from '#domain/estate/licensing-settings.ts';
import type { ProductId } from '#domain/licenses/product.ts';
import { versionIn } from '#domain/software/product-versions.ts';
import { editionIn, wordsOf } from '#domain/software/product-words.ts';
import { remember } from '#domain/software/remember.ts';

/** A product that people's own words speak of. */
export interface MentionedProduct {
  readonly product: ProductId;
  readonly edition: string | null;
  readonly version: string | null;
  readonly free: boolean;
}

/** `null` when a text speaks of no product, or of two of which neither runs on the other. */
export type ProductMentions = (text: string) => MentionedProduct | null;

/** How people call the products; databases and middleware before what they run on. */
const MENTIONS: readonly (readonly [RegExp, ProductId])[] = [
  [/\b(?:ms ?)?sql ?server\b|\bmssql\b/, 'sql-server'],
  [
    /\boracle (?:ai )?(?:database|db|ee|se2|enterprise edition|standard edition|\d+[cgi])\b/,
    'oracle-database',
  ],
  [/\bweblogic\b/, 'oracle-weblogic'],
  [/\bdb2\b/, 'ibm-db2'],
  [/\b(?:ibm|websphere) mq\b/, 'ibm-mq'],
  [/\bwebsphere application server\b/, 'ibm-websphere'],
  [/\bsap hana\b/, 'sap-hana'],
  [/\bsap netweaver\b/, 'sap-netweaver'],
];

const SYSTEM_MENTIONS: readonly (readonly [RegExp, ProductId])[] = [
  [/\bwindows server\b/, 'windows-server'],
  [/\bred hat enterprise linux\b|\brhel\b/, 'red-hat-enterprise-linux'],
  [/\bsuse linux\b|\bsles\b/, 'suse-linux-enterprise'],
  [/\bubuntu pro\b/, 'ubuntu-pro'],
];

/**
 * Reads names that people gave to license configurations, AMIs and subscriptions. They are hints, no
 * proof: who may create a configuration chooses its name. Every text is read once.
 */
export function productMentions({ products }: LicensingSettings): ProductMentions {
  const custom = products
    .map(({ id, name }) => [wordsOf(name), id] as const)
    .filter(([name]) => name !== '');
  return remember((text) => mentionIn(custom, wordsOf(text)));
}

function mentionIn(
  custom: readonly (readonly [string, ProductId])[],
  words: string,
): MentionedProduct | null {
  const own = custom.find(([name]) => ` ${words} `.includes(` ${name} `));
  const product = own?.[1] ?? mentionedProduct(words);
  if (product === null) return null;
  return { product, ...editionIn(product, words), version: versionIn(product, words, '') };
}

/** `Linux with SQL Server` is about the database, `SQL Server or Oracle Database` about neither. */
function mentionedProduct(words: string): ProductId | null {
  const [first, second] = MENTIONS.filter(([pattern]) => pattern.test(words));
  if (first !== undefined) return second === undefined ? first[1] : null;
  return SYSTEM_MENTIONS.find(([pattern]) => pattern.test(words))?.[1] ?? null;
}
