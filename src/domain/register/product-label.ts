import { type LicensedProduct, productLabel } from '#domain/positioning/licensed-product.ts';

/** `SQL Server Enterprise 2022`: a product, edition and version as their vendor writes them. */
export function versionedLabel({
  version,
  ...product
}: LicensedProduct & { readonly version: string | null }): string {
  const label = productLabel(product);
  return version === null ? label : `${label} ${version}`;
}
