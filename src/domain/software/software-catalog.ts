import type { Evidence } from '#domain/estate/deployment.ts';
import type { CustomProduct, LicensingSettings } from '#domain/estate/licensing-settings.ts';
import type { ProductId } from '#domain/licenses/product.ts';
import { matchesPattern } from '#domain/pattern.ts';
import {
  type Certainty,
  type InstallerName,
  installerName,
} from '#domain/software/installer-names.ts';
import { versionIn } from '#domain/software/product-versions.ts';
import { editionIn, wordsOf } from '#domain/software/product-words.ts';
import { remember, rememberPairs } from '#domain/software/remember.ts';

/** A product that a row of inventory proves, or makes likely. */
export interface RecognizedSoftware {
  readonly product: ProductId;
  readonly edition: string | null;
  readonly version: string | null;
  /** Nobody pays for this edition. */
  readonly free: boolean;
  readonly certainty: Certainty;
  readonly evidence: Evidence;
}

/** One row of `AWS:Application`: untrusted text of any length. */
export interface Application {
  readonly name: string;
  readonly publisher: string;
  readonly version: string;
}

/** `null` for software that needs no license of a product here. */
export type SoftwareCatalog = (application: Application) => RecognizedSoftware | null;

/** Where the evidence of each certainty was read. */
export const APPLICATION_SOURCE = {
  installed: 'AWS:Application',
  component: 'AWS:Application, a component',
  likely: 'AWS:Application, no proof by itself',
} as const satisfies Record<Certainty, string>;

/**
 * Recognizes installed products: those of the settings first, then the known ones. Each name, and each
 * row with a product's name, is read once, however many machines have it.
 */
export function softwareCatalog({ products }: LicensingSettings): SoftwareCatalog {
  const readingOf = remember((name) => nameReading(products, name));
  return ({ name, publisher, version }) => {
    const reading = readingOf(name);
    return reading === null ? null : reading(publisher, version);
  };
}

type NameReading = (publisher: string, version: string) => RecognizedSoftware | null;

/** How rows under a name are read; `null`: the name is no product's. */
function nameReading(products: readonly CustomProduct[], name: string): NameReading | null {
  const custom = products.find(({ installedAs }) =>
    installedAs.some((pattern) => matchesPattern(pattern, name)),
  );
  if (custom !== undefined)
    return rememberPairs((_, version) => customSoftware(custom, name, version));

  const words = wordsOf(name);
  const installer = installerName(words);
  if (installer === null) return null;
  return rememberPairs((publisher, version) =>
    installer.publisher?.test(wordsOf(publisher)) === false
      ? null
      : knownSoftware(installer, { name, words, version }),
  );
}

function customSoftware({ id }: CustomProduct, name: string, version: string): RecognizedSoftware {
  return {
    product: id,
    edition: null,
    version: version || null,
    free: false,
    certainty: 'installed',
    evidence: { source: APPLICATION_SOURCE.installed, text: name },
  };
}

function knownSoftware(
  { product, certainty }: InstallerName,
  { name, words, version }: { name: string; words: string; version: string },
): RecognizedSoftware {
  return {
    product,
    ...editionIn(product, words),
    version: versionIn(product, words, version),
    certainty,
    evidence: { source: APPLICATION_SOURCE[certainty], text: name },
  };
}
