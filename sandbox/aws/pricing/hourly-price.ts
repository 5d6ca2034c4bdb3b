import type { Instance } from '@aws-sdk/client-ec2';
import { productsIn } from './price-list.ts';

const PRICES = new Map<string, ReadonlyMap<string, number>>();

/** What an hour of an instance costs as listed, of another type too. Millionths of a US dollar; 0 where AWS lists none. */
export function listedHourly(
  region: string,
  { InstanceType, UsageOperation = 'RunInstances', Placement, InstanceLifecycle }: Instance,
): number {
  const tenancy = TENANCIES[Placement?.Tenancy ?? 'default'];
  const find = (operation: string) =>
    pricesIn(region).get(`${InstanceType} ${operation} ${tenancy}`) ?? null;
  const listed = find(UsageOperation) ?? find('RunInstances') ?? 0;
  return InstanceLifecycle === 'spot' ? Math.round(listed * SPOT_SHARE) : listed;
}

/** What an hour of a Dedicated Host costs as listed. Millionths of a US dollar. */
export function listedHostHourly(region: string, family: string): number {
  return pricesIn(region).get(`HostUsage:${family}`) ?? 0;
}

const TENANCIES = { default: 'Shared', dedicated: 'Dedicated', host: 'Host' } as const;

/** The sandbox's own figure. */
const SPOT_SHARE = 0.38;

function pricesIn(region: string): ReadonlyMap<string, number> {
  const known = PRICES.get(region);
  if (known !== undefined) return known;
  const prices = new Map(
    productsIn(region).map(({ attributes, hourlyUsdMicros }) => {
      const { usagetype, instanceType, operation, tenancy } = attributes;
      return [usagetype ?? `${instanceType} ${operation} ${tenancy}`, hourlyUsdMicros];
    }),
  );
  PRICES.set(region, prices);
  return prices;
}
