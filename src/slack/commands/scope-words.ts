import { PRODUCTS } from '#domain/licenses/product.ts';
import { RecommendationKind } from '#domain/optimization/recommendation.ts';
import type { OptimizationGoal } from '#domain/optimization/scenario.ts';

/** Words in lower case, one after the other. */
export type Phrase = readonly string[];

/** The phrase of a table that words begin with: the longest. */
export interface Said<Value> {
  readonly value: Value;
  readonly length: number;
}

/** Finds the longest phrase that `words` begin with, or `null`. */
export function longest<Value>(
  words: Phrase,
  table: Iterable<readonly [Phrase, Value]>,
): Said<Value> | null {
  let best: Said<Value> | null = null;
  for (const [phrase, value] of table) {
    const isLonger = phrase.length > (best?.length ?? 0);
    if (isLonger && phrase.every((word, index) => words[index] === word)) {
      best = { value, length: phrase.length };
    }
  }
  return best;
}

/** `SQL Server` and `sql-server` alike. */
export function phrase(text: string): Phrase {
  return text.toLowerCase().split(/\s+/u).filter(Boolean);
}

export const GOAL_WORDS: readonly (readonly [Phrase, OptimizationGoal])[] = [
  ...goal('least-cost', 'cost', 'costs', 'money', 'cheapest', 'least cost', 'least-cost'),
  ...goal('fewest-licenses', 'licenses', 'licences', 'fewest licenses', 'fewest-licenses'),
  ...goal('least-change', 'least change', 'least-change', 'few changes', 'fewest changes'),
  ...goal('own-only', 'own only', 'own-only', 'what we own', 'buy nothing', 'only own'),
];

export const KIND_WORDS: readonly (readonly [Phrase, RecommendationKind])[] =
  RecommendationKind.options.flatMap((kind) =>
    entries(kind, kind, ...(kind.includes('-') ? [kind.replaceAll('-', ' ')] : [])),
  );

function goal(
  value: OptimizationGoal,
  ...texts: readonly string[]
): (readonly [Phrase, OptimizationGoal])[] {
  return entries(value, ...texts);
}

/** What people call a product beside its names. */
const ALIASES: Readonly<Record<string, readonly string[]>> = {
  'windows-server': ['windows'],
  'sql-server': ['sql'],
  'oracle-database': ['oracle'],
  'oracle-weblogic': ['weblogic'],
  'ibm-db2': ['db2'],
  'ibm-mq': ['mq'],
  'ibm-websphere': ['websphere'],
  'sap-hana': ['hana'],
  'sap-netweaver': ['netweaver'],
  'red-hat-enterprise-linux': ['rhel', 'red hat'],
  'suse-linux-enterprise': ['sles', 'suse'],
};

/** A product, with its editions by what they are called. */
export interface NamedProduct {
  readonly product: string;
  readonly editions: readonly (readonly [Phrase, string])[];
}

/** @param own ids of the products that policy describes */
export function productWords(own: readonly string[]): readonly (readonly [Phrase, NamedProduct])[] {
  return [
    ...PRODUCTS.flatMap(({ id, name, vendor, editions }) => {
      const named: NamedProduct = {
        product: id,
        editions: Object.entries(editions).flatMap(([edition, text]) =>
          entries(edition, edition, text),
        ),
      };
      return entries(named, id, name, `${vendor} ${name}`, ...(ALIASES[id] ?? []));
    }),
    ...own.flatMap((product) => entries<NamedProduct>({ product, editions: [] }, product)),
  ];
}

function entries<Value>(value: Value, ...texts: readonly string[]): (readonly [Phrase, Value])[] {
  return texts.map((text) => [phrase(text), value] as const);
}
