import type { GapCause } from '#domain/licenses/count-gap.ts';
import { metricUnit } from '#domain/licenses/metric-unit.ts';
import type { LicenseMetric } from '#domain/licenses/product.ts';
import { productLabel } from '#domain/positioning/licensed-product.ts';
import { figure } from '#slack/views/figures.ts';
import { nameText } from '#slack/views/text.ts';

/** `1,250 core licenses`: in the unit that the company owns the product in. */
export function metricAmount(value: number, metric: LicenseMetric): string {
  return `${figure(value)} ${metricUnit(value, metric)}`;
}

/** `SQL Server Enterprise`; a product of the company's own by its short name in the policy. */
export function productText(product: string | null, edition: string | null): string {
  if (product === null) return 'Software that is not known';
  return nameText(productLabel({ product, edition }), LONGEST);
}

/** Of a product with its edition. */
const LONGEST = 120;

const CAUSES: Readonly<Record<GapCause, string>> = {
  untracked: 'Installed, and no license configuration counts it',
  'not-installed': 'Counted, but the software is not installed',
  'double-tracked': 'Counted by two license configurations',
  'unit-differs': 'Counted in another unit than the vendor’s',
  'stopped-but-counted': 'Stopped, and still counted',
  'ghost-server': 'Counted, but Systems Manager has not heard of it for long',
  'copied-image': 'Runs a copy of a tracked AMI that lost its license configuration',
  'cpu-options-reset': 'CPU options went back to the default, so it needs more',
  'paid-twice': 'The price includes the license, and one of ours is counted too',
  'expired-but-counted': 'The agreement has ended, and it still runs',
  'license-included-on-host': 'License-included, on a Dedicated Host that is licensed already',
  'unknown-type': 'Of an instance type that AWS does not describe yet, so not counted',
  unexplained: 'License Manager and I count differently, and nothing says why',
};

/** A cause of a count gap in a sentence. */
export function causeText(cause: GapCause): string {
  return CAUSES[cause];
}
