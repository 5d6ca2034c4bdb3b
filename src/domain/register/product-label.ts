import { editionName, PRODUCTS } from '#domain/product.ts';

/** `SQL Server Enterprise 2022`: a product, edition and version as their vendor writes them. */
export function productLabel(software: {
  readonly product: string;
  readonly edition: string | null;
  readonly version: string | null;
}): string {
  const { edition, version } = software;
  const product = PRODUCTS.find(({ id }) => id === software.product);
  const named = edition === null ? null : editionName(software.product, edition);
  return [product?.name ?? software.product, named, version]
    .filter((part) => part !== null)
    .join(' ');
}
