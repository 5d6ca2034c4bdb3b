import type {
  DescribeSpotPriceHistoryRequest,
  DescribeSpotPriceHistoryResult,
  SpotPrice,
} from '@aws-sdk/client-ec2';
import { _InstanceType } from '@aws-sdk/client-ec2';
import type { Call } from './ec2.ts';
import { type FilterFields, filtered } from './filters.ts';
import { INSTANCE_TYPES } from './instance-types.ts';
import { page } from './paging.ts';
import { zonesOf } from './regions.ts';

/** What Spot costs beside On-Demand, in hundredths: the sandbox's own figures, a little more from zone to zone. */
const SHARE = 38;
const MORE_PER_ZONE = 3;

/** What Spot sells here, and what is in its price. */
const PRODUCTS = [
  ['Linux/UNIX', 'linux'],
  ['Windows', 'windows'],
] as const;

const FIELDS: FilterFields<SpotPrice> = {
  'availability-zone': ({ AvailabilityZone }) => AvailabilityZone,
  'instance-type': ({ InstanceType }) => InstanceType,
  'product-description': ({ ProductDescription }) => ProductDescription,
};

/** The price that holds now, of each type, zone and product: it never changes here. */
export function describeSpotPriceHistory(
  { ec2, region }: Call,
  input: DescribeSpotPriceHistoryRequest,
): DescribeSpotPriceHistoryResult {
  const Timestamp = new Date(ec2.cloud.clock.now());
  const { InstanceTypes: types = [], ProductDescriptions: products = [] } = input;
  const all = Object.values(_InstanceType)
    .filter((name) => types.length === 0 || types.includes(name))
    .flatMap((name) => pricesOf(name, zonesOf(region.region), Timestamp))
    .filter(({ ProductDescription = '' }) => {
      return products.length === 0 || products.includes(ProductDescription);
    });
  const { items, NextToken } = page(filtered(all, input.Filters, FIELDS), input, {
    keyOf: ({ InstanceType, AvailabilityZone, ProductDescription }) =>
      `${InstanceType} ${AvailabilityZone} ${ProductDescription}`,
    least: 1,
    most: 1000,
  });
  return { SpotPriceHistory: items, NextToken: NextToken ?? '' };
}

function pricesOf(
  InstanceType: _InstanceType,
  zones: readonly { readonly ZoneName: string }[],
  Timestamp: Date,
): readonly SpotPrice[] {
  const hourly = INSTANCE_TYPES.get(InstanceType)?.hourlyUsdMicros;
  if (hourly === undefined) return [];
  return zones.flatMap(({ ZoneName: AvailabilityZone }, index) =>
    PRODUCTS.flatMap(([ProductDescription, price]): SpotPrice[] => {
      const listed = hourly[price];
      if (listed === undefined) return [];
      const micros = (hourly.linux * (SHARE + index * MORE_PER_ZONE)) / 100 + listed - hourly.linux;
      const SpotPrice = (micros / 1_000_000).toFixed(6);
      return [{ InstanceType, AvailabilityZone, ProductDescription, SpotPrice, Timestamp }];
    }),
  );
}
