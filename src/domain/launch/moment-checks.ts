import { MINUTE_MS } from '#domain/instant.ts';
import type { LaunchQuestion } from '#domain/launch/launch-evaluation.ts';
import { isPriceWithin, launchPrice } from '#domain/launch/launch-price.ts';
import type { Reason } from '#domain/launch/launch-reason.ts';

/** After this an account is tried again: somebody may have deployed the role. */
const ROLE_REFUSED_MS = 15 * MINUTE_MS;

/** Whether trying to launch showed lately that nobody may. */
export function roleReasons({ terms, now }: LaunchQuestion): Reason[] {
  const refusedAt = terms.launchRoleRefusedAt ?? null;
  if (refusedAt === null || now.getTime() - refusedAt.getTime() >= ROLE_REFUSED_MS) return [];
  return [{ code: 'launch-role-missing' }];
}

/** A plan keeps the price that it was approved at: what has become dearer than policy tolerates is asked again. */
export function priceReasons({ plan, shard, policy }: LaunchQuestion): Reason[] {
  const from = plan.hourlyPrice;
  const to = launchPrice(plan, shard)?.hourly ?? null;
  if (from === null || to === null) return [];
  const isWithin = isPriceWithin(from, to, policy.limits.priceTolerancePercent);
  return isWithin ? [] : [{ code: 'price-changed', from, to }];
}
