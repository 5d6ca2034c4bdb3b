import type { ProductId } from '#domain/licenses/product.ts';

/** What a text says of a product's edition. */
export interface EditionReading {
  readonly edition: string | null;
  /** An edition, or a way of using it, that nobody pays for. */
  readonly free: boolean;
}

/** Names are at the beginning of what installers and people write; the rest is not looked at. */
const LONGEST = 256;

/** Lower case, with one space for whatever is neither a letter nor a digit: `db2 db2copy1`. */
export function wordsOf(text: string): string {
  return text
    .slice(0, LONGEST)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}

interface EditionWords {
  /** The first that is found counts: `Enterprise Developer` is Developer. */
  readonly editions: readonly (readonly [RegExp, string])[];
  readonly free: RegExp | null;
}

const EDITION_WORDS: ReadonlyMap<ProductId, EditionWords> = new Map(
  Object.entries<EditionWords>({
    'windows-server': {
      editions: [
        [/\bdata ?center\b/, 'datacenter'],
        [/\bstandard\b/, 'standard'],
      ],
      free: null,
    },
    // Evaluation is Enterprise that stops after 180 days; Datacenter was above Enterprise until 2008 R2.
    'sql-server': {
      editions: [
        [/\bdeveloper\b/, 'developer'],
        [/\bexpress\b/, 'express'],
        [/\b(?:enterprise|evaluation|data ?center)\b/, 'enterprise'],
        [/\bstandard\b/, 'standard'],
        [/\bweb\b/, 'web'],
      ],
      free: /\b(?:developer|express|evaluation)\b/,
    },
    'oracle-database': {
      editions: [
        [/\b(?:se2|standard edition 2)\b/, 'standard-2'],
        [/\b(?:se1|standard edition one)\b/, 'standard-1'],
        [/\b(?:se|standard edition)\b/, 'standard'],
        [/\b(?:ee|enterprise)\b/, 'enterprise'],
      ],
      free: /\b(?:xe|express|database free)\b/,
    },
    'oracle-weblogic': {
      editions: [
        [/\bsuite\b/, 'suite'],
        [/\benterprise\b/, 'enterprise'],
        [/\bstandard\b/, 'standard'],
      ],
      free: null,
    },
    'ibm-db2': {
      editions: [
        [/\badvanced\b/, 'advanced'],
        [/\bstandard\b/, 'standard'],
      ],
      free: /\b(?:community|express c|developer c)\b/,
    },
    'ibm-mq': { editions: [[/\badvanced\b/, 'advanced']], free: /\bdevelopers\b/ },
    'ibm-websphere': {
      editions: [
        [/\b(?:network deployment|nd)\b/, 'network-deployment'],
        [/\bbase\b/, 'base'],
      ],
      free: /\bdevelopers\b/,
    },
    'sap-hana': { editions: [], free: /\bexpress\b/ },
    'red-hat-enterprise-linux': { editions: [[/\bsap\b/, 'sap']], free: null },
    'suse-linux-enterprise': { editions: [[/\bsap\b/, 'sap']], free: null },
  }),
);

const NOT_SAID: EditionReading = { edition: null, free: false };

/** The edition that words from `wordsOf` name; `null` when none does. */
export function editionIn(product: ProductId, words: string): EditionReading {
  const known = EDITION_WORDS.get(product);
  if (known === undefined) return NOT_SAID;
  const edition = known.editions.find(([pattern]) => pattern.test(words))?.[1] ?? null;
  return { edition, free: known.free?.test(words) ?? false };
}
