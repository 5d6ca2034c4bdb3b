import type { LicensingSettings } from '#domain/estate/licensing-settings.ts';
import { LicenseMetric, PRODUCTS, type Product } from '#domain/licenses/product.ts';
import { nearest } from '#domain/nearest.ts';

/** The known products by whatever people call them. */
export interface ProductCatalog {
  /** As their vendors write them. */
  readonly names: readonly string[];
  /** By short name, or as its vendor writes it, with the vendor's name or without. */
  find(text: string): Product | null;
  /** The name that is spelled most like it. */
  nearest(text: string): string | null;
}

/** The products with rules of ours and those that the settings describe. */
export function productCatalog(settings: Pick<LicensingSettings, 'products'>): ProductCatalog {
  const products = [
    ...PRODUCTS,
    ...settings.products.map(
      ({ id, name, vendor, counts }): Product => ({
        id,
        name,
        vendor,
        editions: {},
        metrics: [LicenseMetric.parse(counts)],
      }),
    ),
  ];
  const byName = new Map(
    products.flatMap((product) =>
      [product.id, product.name, `${product.vendor} ${product.name}`].map(
        (name) => [plain(name), product] as const,
      ),
    ),
  );
  const names = products.map(({ name }) => name);
  return {
    names,
    find: (text) => byName.get(plain(text)) ?? null,
    nearest: (text) => nearest(text, names),
  };
}

/** A name without what people write in different ways: case, spaces and hyphens. */
export function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
}
