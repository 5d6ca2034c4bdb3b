import { DescribeSpotPriceHistoryCommand, type EC2Client } from '@aws-sdk/client-ec2';
import * as z from 'zod';
import { allPages } from '#adapters/aws/all-pages.ts';
import { moneyOf } from '#adapters/aws/amount.ts';
import type { MachinePrice, WantedPrices } from '#domain/launch/machine-price.ts';
import type { Money } from '#domain/money.ts';

/** What Spot charges for, by usage operation. Without its own license Windows costs as Linux does; the rest is not sold. */
const PRODUCTS: ReadonlyMap<string, string> = new Map([
  ['RunInstances', 'Linux/UNIX'],
  ['RunInstances:00g0', 'Linux/UNIX'],
  ['RunInstances:0800', 'Linux/UNIX'],
  ['RunInstances:0002', 'Windows'],
  ['RunInstances:0010', 'Red Hat Enterprise Linux'],
  ['RunInstances:000g', 'SUSE Linux'],
]);

const SpotPrice = z.object({
  InstanceType: z.string(),
  ProductDescription: z.string(),
  SpotPrice: z.string(),
});

/**
 * The prices that Spot asks for now, of each type the dearest zone's: which zone an instance comes to
 * run in is EC2's to say. The prices are in US dollars.
 */
export async function spotPrices(
  client: EC2Client,
  { types, usageOperations }: WantedPrices,
): Promise<readonly MachinePrice[]> {
  const sold = [...usageOperations].flatMap((usageOperation) => {
    const product = PRODUCTS.get(usageOperation);
    return product === undefined ? [] : [{ usageOperation, product }];
  });
  if (sold.length === 0) return [];
  // From now on: of each type and zone EC2 gives the price that holds.
  const query = {
    StartTime: new Date(),
    ProductDescriptions: [...new Set(sold.map(({ product }) => product))],
    MaxResults: 1000,
  };
  const found = await allPages(
    (NextToken) => client.send(new DescribeSpotPriceHistoryCommand({ ...query, NextToken })),
    (page) => [page.SpotPriceHistory, page.NextToken],
  );
  const known = found
    .map((raw) => SpotPrice.parse(raw))
    .filter((aws) => types.has(aws.InstanceType));
  return sold.flatMap(({ usageOperation, product }) =>
    [...dearest(known.filter((aws) => aws.ProductDescription === product))].map(
      ([instanceType, hourly]): MachinePrice => {
        return { instanceType, usageOperation, tenancy: 'default', spot: true, hourly };
      },
    ),
  );
}

function dearest(prices: readonly z.output<typeof SpotPrice>[]): ReadonlyMap<string, Money> {
  const byType = new Map<string, Money>();
  for (const { InstanceType, SpotPrice: amount } of prices) {
    const hourly = moneyOf(amount, 'USD');
    const known = byType.get(InstanceType);
    if (known === undefined || known.micros < hourly.micros) byType.set(InstanceType, hourly);
  }
  return byType;
}
