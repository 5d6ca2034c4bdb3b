import type { Instance } from '#domain/estate/instance.ts';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import {
  type HostPlan,
  instanceIdOf,
  isMachinePlan,
  type LaunchPlan,
  type MachinePlan,
} from '#domain/launch/launch-plan.ts';
import type { MachinePrice } from '#domain/launch/machine-price.ts';
import type { Money } from '#domain/money.ts';

/** What the price of an hour is for. */
export type PriceBasis = 'on-demand' | 'spot' | 'dedicated-host';

/**
 * What an hour of one machine costs, and by which of AWS's prices: never with anybody's discounts. On a
 * Dedicated Host the host is paid for, and the instance costs nothing but licenses in its price.
 */
export interface LaunchPrice {
  readonly hourly: Money;
  readonly basis: PriceBasis;
}

type Priced = Pick<MachinePlan, 'instanceType' | 'tenancy' | 'spot'>;

/** Nothing is paid any more for what is stopped or released, but for what it was. */
const NOTHING: Money = { micros: 0, currency: 'USD' };

/** The price of a plan's machines, each, or of its host; `null` where none is known. */
export function launchPrice(plan: LaunchPlan, shard: InventoryShard): LaunchPrice | null {
  if (!isMachinePlan(plan)) return hostPrice(plan, shard);
  if (plan.action.operation === 'stop') return { hourly: NOTHING, basis: 'on-demand' };
  return priceOf(plan, usageOperationOf(plan, shard), shard);
}

function hostPrice({ action }: HostPlan, { hostPrices }: InventoryShard): LaunchPrice | null {
  const basis = 'dedicated-host';
  if (action.operation === 'release-host') return { hourly: NOTHING, basis };
  const listed = hostPrices.find(({ instanceFamily }) => instanceFamily === action.instanceFamily);
  return listed === undefined ? null : { hourly: listed.hourly, basis };
}

/** The price of an instance that runs. */
export function instancePrice(instance: Instance, shard: InventoryShard): LaunchPrice | null {
  return priceOf(instance, instance.usageOperation, shard);
}

/** A plan with its price as it is known now. */
export function withPrice(plan: LaunchPlan, shard: InventoryShard): LaunchPlan {
  return { ...plan, hourlyPrice: launchPrice(plan, shard)?.hourly ?? null };
}

/** Whether a price is no more than so many percent dearer than it was. In another currency it is another price. */
export function isPriceWithin(from: Money, to: Money, percent: number): boolean {
  return to.currency === from.currency && to.micros * 100 <= from.micros * (100 + percent);
}

/** What is in the price, as EC2 bills it: an instance's own may differ from its image's by now. */
function usageOperationOf(plan: MachinePlan, shard: InventoryShard): string | null {
  if (plan.action.operation === 'convert') return plan.action.to;
  const instanceId = instanceIdOf(plan);
  const machine =
    instanceId === null
      ? shard.images.find(({ imageId }) => imageId === plan.imageId)
      : shard.instances.find((one) => one.instanceId === instanceId);
  return machine?.usageOperation ?? null;
}

/** Usage operations with no license in the price: Linux, and what is brought along. */
const NOTHING_INCLUDED: ReadonlySet<string> = new Set([
  'RunInstances',
  'RunInstances:00g0',
  'RunInstances:0800',
]);

function priceOf(
  machine: Priced,
  usageOperation: string | null,
  shard: InventoryShard,
): LaunchPrice | null {
  const { instanceType, tenancy, spot } = machine;
  if (usageOperation === null) return null;
  if (tenancy === 'host' && NOTHING_INCLUDED.has(usageOperation)) {
    return { hourly: NOTHING, basis: 'dedicated-host' };
  }
  const listed = pricesOf(shard).get(keyOf({ instanceType, usageOperation, tenancy, spot }));
  if (listed === undefined) return null;
  const onDemand = tenancy === 'host' ? 'dedicated-host' : 'on-demand';
  return { hourly: listed.hourly, basis: spot ? 'spot' : onDemand };
}

type PriceKey = Omit<MachinePrice, 'hourly'>;

/** What AWS lists for an hour of exactly this; `null` where nobody read it. */
export function listedPrice(wanted: PriceKey, shard: InventoryShard): Money | null {
  return pricesOf(shard).get(keyOf(wanted))?.hourly ?? null;
}

function keyOf({ instanceType, usageOperation, tenancy, spot }: PriceKey): string {
  return `${instanceType} ${usageOperation} ${tenancy} ${spot ? 'spot' : ''}`;
}

const PRICES = new WeakMap<InventoryShard, ReadonlyMap<string, MachinePrice>>();

/** Shards never change, so each is looked through once for as long as it is kept. */
function pricesOf(shard: InventoryShard): ReadonlyMap<string, MachinePrice> {
  const known = PRICES.get(shard) ?? new Map(shard.prices.map((price) => [keyOf(price), price]));
  PRICES.set(shard, known);
  return known;
}
