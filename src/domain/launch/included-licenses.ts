import type { InventoryShard } from '#domain/estate/inventory.ts';
import { DEFAULT_SETTINGS } from '#domain/estate/licensing-settings.ts';
import type { MachineImage } from '#domain/estate/machine-image.ts';
import type { Reason } from '#domain/launch/launch-reason.ts';
import type { LicenseConfiguration } from '#domain/licenses/license-configuration.ts';
import type { LicensedProduct } from '#domain/positioning/licensed-product.ts';
import { productMentions } from '#domain/software/product-mentions.ts';
import { type UsageOperation, usageOperation } from '#domain/software/usage-operation.ts';

type Billed = Pick<MachineImage, 'usageOperation' | 'platformDetails'>;

/** Whether the licenses of a product are in the hourly price of what an image starts. */
export function isIncluded(image: Billed, { product, edition }: LicensedProduct): boolean {
  const operation = operationOf(image);
  if (operation === null) return false;
  const { windows, sqlServer, linux } = operation;
  if (product === 'windows-server') return windows === 'license-included';
  if (product === 'sql-server') {
    return sqlServer !== null && (edition === null || sqlServer === edition);
  }
  return linux?.product === product && linux.licensing === 'license-included';
}

/**
 * Why a launch that is to draw nothing of these pools would run without their licenses, or `null`. A pool
 * whose name tells no product is left out of it, as long as the image has some license in its price.
 */
export function whyNotIncluded(
  imageId: string,
  { images }: Pick<InventoryShard, 'images'>,
  pools: readonly Pick<LicenseConfiguration, 'name'>[],
): Reason | null {
  const products = pools
    .map(({ name }) => mentionedIn(name))
    .filter((mentioned) => mentioned !== null);
  const included = images.some(
    (image) =>
      image.imageId === imageId &&
      hasLicense(operationOf(image)) &&
      products.every((product) => isIncluded(image, product)),
  );
  return included ? null : { code: 'image-without-licenses', imageId };
}

/** A company's own products are in nobody's hourly price: what policy says of them does not matter. */
const mentionedIn = productMentions(DEFAULT_SETTINGS);

function operationOf({ usageOperation: code, platformDetails }: Billed): UsageOperation | null {
  return usageOperation(code, platformDetails);
}

function hasLicense(operation: UsageOperation | null): boolean {
  if (operation === null) return false;
  const { windows, sqlServer, linux } = operation;
  return (
    sqlServer !== null || windows === 'license-included' || linux?.licensing === 'license-included'
  );
}
