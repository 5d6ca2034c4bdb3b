import * as z from 'zod';
import { allPages } from '#adapters/aws/all-pages.ts';
import { moneyOf } from '#adapters/aws/amount.ts';
import type { TargetCall } from '#adapters/aws/signed-rest-client.ts';
import type { HostPrice } from '#domain/estate/evidence.ts';
import { HOUR_MS } from '#domain/instant.ts';
import {
  type MachinePrice,
  PLAIN_OPERATIONS,
  type WantedPrices,
} from '#domain/launch/machine-price.ts';
import type { Tenancy } from '#domain/licenses/license-rules.ts';
import type { Money } from '#domain/money.ts';

/** AWS's words for tenancies in its price list. */
const TENANCIES: Readonly<Record<Tenancy, string>> = {
  default: 'Shared',
  dedicated: 'Dedicated',
  host: 'Host',
};

const Page = z.object({
  /** Each a JSON document in itself. */
  PriceList: z.array(z.string()).default([]),
  NextToken: z.string().nullish(),
});

const Product = z
  .string()
  .transform((text, context) => {
    try {
      return z.unknown().parse(JSON.parse(text));
    } catch {
      context.addIssue('Not JSON');
      return z.NEVER;
    }
  })
  .pipe(
    z.object({
      product: z.object({ attributes: z.object({ instanceType: z.string().optional() }) }),
      terms: z.object({
        OnDemand: z
          .record(
            z.string(),
            z.object({
              priceDimensions: z.record(
                z.string(),
                z.object({ unit: z.string(), pricePerUnit: z.record(z.string(), z.string()) }),
              ),
            }),
          )
          .default({}),
      }),
    }),
  );
type Product = z.output<typeof Product>;

/** Lists of one process: every account sees the same, and prices change by the week. */
const KEPT_MS = HOUR_MS;
const MOST_KEPT = 200;

/** On-Demand prices by type, of one Region with one thing in the price, in one tenancy. */
export interface PriceList {
  prices(region: string, wanted: WantedPrices): Promise<readonly MachinePrice[]>;
  /** On-Demand prices of Dedicated Hosts by family. */
  hostPrices(region: string): Promise<readonly HostPrice[]>;
}

/**
 * AWS's price list of instances: one call a page for each combination of what is in the price and
 * tenancy.
 *
 * @see https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_pricing_GetProducts.html (API model of 2017-10-15)
 */
export function listedPrices(call: TargetCall, now: () => Date): PriceList {
  const kept = new Map<
    string,
    { readonly at: Date; readonly prices: ReadonlyMap<string, Money> }
  >();

  async function listOf(attributes: Readonly<Record<string, string>>) {
    const key = Object.values(attributes).join(' ');
    const known = kept.get(key);
    if (known !== undefined && now().getTime() - known.at.getTime() < KEPT_MS) return known.prices;
    const list = { at: now(), prices: dearest(await productsOf(call, attributes)) };
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(key, list);
    return list.prices;
  }

  return {
    async prices(region, wanted) {
      const found: MachinePrice[] = [];
      for (const { usageOperation, tenancy, types } of wantedLists(wanted)) {
        const list = await listOf({
          regionCode: region,
          operation: usageOperation,
          tenancy: TENANCIES[tenancy],
          capacitystatus: 'Used',
        });
        for (const [instanceType, hourly] of list) {
          if (!types.has(instanceType)) continue;
          found.push({ instanceType, usageOperation, tenancy, spot: false, hourly });
        }
      }
      return found;
    },

    async hostPrices(regionCode) {
      const list = await listOf({ regionCode, productFamily: 'Dedicated Host' });
      // A host's "type" is its family; an hour that a reservation covers costs nothing On-Demand.
      return [...list]
        .filter(([, { micros }]) => micros > 0)
        .map(([instanceFamily, hourly]) => ({ instanceFamily, hourly }));
    },
  };
}

interface WantedList {
  readonly usageOperation: string;
  readonly tenancy: Tenancy;
  readonly types: ReadonlySet<string>;
}

/** A list has all types: those that are only compared with come with one that is read anyway. */
function wantedLists({
  types,
  plainTypes,
  usageOperations,
  tenancies,
}: WantedPrices): readonly WantedList[] {
  const lists = new Map<string, WantedList>();
  const add = (list: WantedList) => lists.set(`${list.usageOperation} ${list.tenancy}`, list);
  for (const usageOperation of usageOperations) {
    for (const tenancy of tenancies) add({ usageOperation, tenancy, types });
  }
  if (plainTypes.size === 0) return [...lists.values()];
  const [linux] = PLAIN_OPERATIONS;
  const usageOperation = PLAIN_OPERATIONS.find((plain) => usageOperations.has(plain)) ?? linux;
  const all = new Set([...types, ...plainTypes]);
  for (const tenancy of new Set<Tenancy>(['default', ...tenancies])) {
    if (tenancy !== 'host') add({ usageOperation, tenancy, types: all });
  }
  return [...lists.values()];
}

async function productsOf(
  call: TargetCall,
  attributes: Readonly<Record<string, string>>,
): Promise<readonly Product[]> {
  const Filters = Object.entries(attributes).map(([Field, Value]) => ({
    Type: 'TERM_MATCH',
    Field,
    Value,
  }));
  const query = { ServiceCode: 'AmazonEC2', FormatVersion: 'aws_v1', MaxResults: 100, Filters };
  const texts = await allPages(
    async (NextToken) => Page.parse(await call('GetProducts', { ...query, NextToken })),
    ({ PriceList, NextToken }) => [PriceList, NextToken ?? undefined],
  );
  return texts.map((text) => Product.parse(text));
}

/** Of several offers of one type the dearest: nobody shall be promised less than it costs. */
function dearest(products: readonly Product[]): ReadonlyMap<string, Money> {
  const prices = new Map<string, Money>();
  for (const { instanceType, hourly } of products.flatMap(offersOf)) {
    const known = prices.get(instanceType);
    if (known === undefined || known.micros < hourly.micros) prices.set(instanceType, hourly);
  }
  return prices;
}

function offersOf({ product, terms }: Product) {
  const { instanceType } = product.attributes;
  if (instanceType === undefined) return [];
  return hourlyPrices(terms).map((hourly) => ({ instanceType, hourly }));
}

function hourlyPrices({ OnDemand }: Product['terms']): readonly Money[] {
  return Object.values(OnDemand)
    .flatMap(({ priceDimensions }) => Object.values(priceDimensions))
    .filter(({ unit }) => unit === 'Hrs')
    .flatMap(({ pricePerUnit }) =>
      Object.entries(pricePerUnit).map(([currency, amount]) => moneyOf(amount, currency)),
    );
}
