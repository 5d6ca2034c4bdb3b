import * as z from 'zod';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import type { LaunchPlan } from '#domain/launch/launch-plan.ts';
import { instancePrice } from '#domain/launch/launch-price.ts';
import type { Reason } from '#domain/launch/launch-reason.ts';
import { monthlyCost, type Priced } from '#domain/launch/monthly-cost.ts';
import { Money } from '#domain/money.ts';
import type { Policy } from '#domain/policy/policy.ts';
import type { LaunchRequest, RequestStatus } from '#domain/requests/launch-request.ts';
import { RUN_TAG } from '#domain/requests/request-marks.ts';
import { AccountId } from '#domain/scope.ts';

/** What launches of ours cost a month in an account. */
export const Spending = z
  .object({
    account: AccountId,
    /** The request that is not running yet; `null`: of all that runs. */
    requestId: z.string().nullable(),
    monthly: Money,
  })
  .readonly();
export type Spending = z.output<typeof Spending>;

/** Decided, and not seen running everywhere yet. */
const UNDER_WAY: ReadonlySet<RequestStatus> = new Set([
  'approved',
  'launching',
  'launched',
  'unknown',
]);

/** What runs of what was launched by requests, and what is on its way; machines without a price are left out. */
export function spendingOf(
  shards: readonly InventoryShard[],
  openRequests: readonly LaunchRequest[],
): readonly Spending[] {
  const underWay = openRequests.filter(({ status }) => UNDER_WAY.has(status));
  const ids = new Set(underWay.map(({ id }) => id));
  const byAccount = Map.groupBy(
    shards.flatMap((shard) => runningCosts(shard, ids)),
    ({ account, monthly }) => `${account} ${monthly.currency}`,
  );
  return [
    ...[...byAccount.values()].flatMap(summed),
    ...underWay.flatMap(({ id: requestId, plan }) => {
      const monthly = monthlyCost(plan);
      return monthly === null ? [] : [{ account: plan.account, requestId, monthly }];
    }),
  ];
}

function runningCosts(shard: InventoryShard, except: ReadonlySet<string>): readonly Spending[] {
  return shard.instances.flatMap((instance) => {
    const requestId = instance.tags[RUN_TAG];
    const runs = instance.state === 'running' || instance.state === 'pending';
    if (requestId === undefined || except.has(requestId) || !runs) return [];
    const hourlyPrice = instancePrice(instance, shard)?.hourly ?? null;
    const monthly = monthlyCost({ hourlyPrice, count: 1 });
    return monthly === null ? [] : [{ account: shard.account, requestId: null, monthly }];
  });
}

function summed(spending: readonly Spending[]): readonly Spending[] {
  const micros = spending.reduce((sum, { monthly }) => sum + monthly.micros, 0);
  return spending.slice(0, 1).map((one) => ({ ...one, monthly: { ...one.monthly, micros } }));
}

/**
 * The budgets that a launch would exceed, with what launches cost already. What has no known price
 * cannot be kept within a budget, so that it is refused where there is one.
 */
export function budgetReasons(
  policy: Pick<Policy, 'budgets'>,
  requestId: string,
  plan: Priced & Pick<LaunchPlan, 'account'>,
  spending: readonly Spending[],
): readonly Reason[] {
  const budgets = policy.budgets.filter(({ accounts }) => accounts?.includes(plan.account) ?? true);
  if (budgets.length === 0) return [];
  const monthly = monthlyCost(plan);
  if (monthly?.currency !== 'USD') return [{ code: 'price-unknown' }];
  return budgets.flatMap(({ accounts, monthlyUsd }): Reason[] => {
    const others = spending.filter(
      (one) => one.requestId !== requestId && (accounts?.includes(one.account) ?? true),
    );
    const total = others
      .filter((one) => one.monthly.currency === 'USD')
      .reduce((sum, one) => sum + one.monthly.micros, monthly.micros);
    const short = { micros: total - monthlyUsd * 1_000_000, currency: 'USD' };
    return short.micros > 0 ? [{ code: 'over-budget', monthlyUsd, short }] : [];
  });
}
