import type { CustomProduct, LicensingSettings } from '#domain/licensing-settings.ts';
import { matchesPattern } from '#domain/pattern.ts';
import type { ProductId } from '#domain/product.ts';
import {
  type Certainty,
  type InstallerName,
  installerName,
} from '#domain/software/installer-names.ts';
import { versionIn } from '#domain/software/product-versions.ts';
import { editionIn, wordsOf } from '#domain/software/product-words.ts';

/** A product that a row of inventory proves, or makes likely. */
export interface RecognizedSoftware {
  readonly product: ProductId;
  readonly edition: string | null;
  readonly version: string | null;
  /** Nobody pays for this edition. */
  readonly free: boolean;
  readonly certainty: Certainty;
}

/** One row of `AWS:Application`: untrusted text of any length. */
export interface Application {
  readonly name: string;
  readonly publisher: string;
  readonly version: string;
}

/** `null` for software that needs no license of a product here. */
export type SoftwareCatalog = (application: Application) => RecognizedSoftware | null;

/**
 * Recognizes installed products: those of the settings first, then the known ones. Each name, and each
 * row with a product's name, is read once, however many machines have it.
 */
export function softwareCatalog({ products }: LicensingSettings): SoftwareCatalog {
  const names = new Map<string, SoftwareCatalog | null>();
  return (application) => {
    let reading = names.get(application.name);
    if (reading === undefined) {
      reading = readingOf(products, application.name);
      names.set(application.name, reading);
    }
    return reading === null ? null : reading(application);
  };
}

/** How rows under a name are read; `null`: the name is no product's. */
function readingOf(products: readonly CustomProduct[], name: string): SoftwareCatalog | null {
  const custom = products.find(({ installedAs }) =>
    installedAs.some((pattern) => matchesPattern(pattern, name)),
  );
  if (custom !== undefined) return once((row) => customSoftware(custom, row));

  const words = wordsOf(name);
  const installer = installerName(words);
  return installer && once((row) => knownSoftware(installer, words, row));
}

function once(read: SoftwareCatalog): SoftwareCatalog {
  const rows = new Map<string, RecognizedSoftware | null>();
  return (row) => {
    const key = `${row.version}\n${row.publisher}`;
    let software = rows.get(key);
    if (software === undefined) {
      software = read(row);
      rows.set(key, software);
    }
    return software;
  };
}

function customSoftware({ id }: CustomProduct, { version }: Application): RecognizedSoftware {
  return {
    product: id,
    edition: null,
    version: version || null,
    free: false,
    certainty: 'installed',
  };
}

function knownSoftware(
  { product, certainty, publisher }: InstallerName,
  words: string,
  row: Application,
): RecognizedSoftware | null {
  if (publisher?.test(wordsOf(row.publisher)) === false) return null;
  return {
    product,
    ...editionIn(product, words),
    version: versionIn(product, words, row.version),
    certainty,
  };
}
