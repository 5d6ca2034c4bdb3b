import type { EC2Client } from '@aws-sdk/client-ec2';
import type { PriceList } from '#adapters/aws/listed-prices.ts';
import { spotPrices } from '#adapters/aws/spot-prices.ts';
import type { Scope } from '#domain/scope.ts';
import type { PriceSource } from '#ports/inventory-source.ts';

/**
 * On-Demand prices from AWS's price list, which is the same for every account, and Spot prices from
 * EC2 in the account itself.
 */
export function priceSource(
  priceList: PriceList,
  clientOf: (scope: Scope) => EC2Client,
): PriceSource {
  return {
    hostPrices: ({ region }) => priceList.hostPrices(region),

    async prices(scope, wanted) {
      const listed = await priceList.prices(scope.region, wanted);
      return wanted.spot ? [...listed, ...(await spotPrices(clientOf(scope), wanted))] : listed;
    },
  };
}
