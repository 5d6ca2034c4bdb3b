import { PRODUCTS } from '#domain/product.ts';

/** `SQL Server Enterprise 2022`: a product, edition and version as their vendor writes them. */
export function productLabel(software: {
  readonly product: string;
  readonly edition: string | null;
  readonly version: string | null;
}): string {
  const { edition, version } = software;
  const product = PRODUCTS.find(({ id }) => id === software.product);
  const editionName = edition === null ? null : (product?.editions[edition] ?? edition);
  return [product?.name ?? software.product, editionName, version]
    .filter((part) => part !== null)
    .join(' ');
}
