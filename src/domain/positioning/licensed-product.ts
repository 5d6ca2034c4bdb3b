import { editionName, PRODUCTS, type ProductId } from '#domain/licenses/product.ts';

/** What a configuration, pool or entitlement is for. */
export interface LicensedProduct {
  readonly product: ProductId;
  /** `null`: any edition, or not known. */
  readonly edition: string | null;
}

const BY_ID = new Map(PRODUCTS.map((product) => [product.id, product]));

/** As the vendor writes it: `SQL Server Enterprise`; of a product of the company's own its id. */
export function productLabel({ product, edition }: LicensedProduct): string {
  const known = BY_ID.get(product);
  if (edition === null) return known?.name ?? product;
  return `${known?.name ?? product} ${editionName(product, edition)}`;
}

/** `sql-server/enterprise`, or `sql-server` for all editions. */
export function productKey({ product, edition }: LicensedProduct): string {
  return edition === null ? product : `${product}/${edition}`;
}
