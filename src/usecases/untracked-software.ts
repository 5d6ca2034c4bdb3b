import type { CountGap } from '#domain/licenses/count-gap.ts';
import type { PoolLedger } from '#domain/licenses/license-pool.ts';
import type { LicensedProduct } from '#domain/positioning/licensed-product.ts';
import { scopeKey } from '#domain/scope.ts';

/** A pool, and what it is for as far as anything says. */
export interface PoolProducts {
  readonly pool: Pick<PoolLedger, 'poolId' | 'account' | 'region'>;
  readonly products: readonly LicensedProduct[];
}

/**
 * What no license configuration counts, by the id of each pool that it is shown with: those of its
 * product in its account and Region, or else all of its product.
 */
export function untrackedByPool(
  gaps: readonly CountGap[],
  pools: readonly PoolProducts[],
): ReadonlyMap<string, readonly CountGap[]> {
  const untracked = gaps.filter(({ configurationArns }) => configurationArns.length === 0);
  const shown = untracked.flatMap((gap) =>
    nearest(gap, pools).map(({ pool }) => ({ poolId: pool.poolId, gap })),
  );
  return new Map(
    [...Map.groupBy(shown, ({ poolId }) => poolId)].map(([poolId, found]) => [
      poolId,
      found.map(({ gap }) => gap),
    ]),
  );
}

function nearest(gap: CountGap, pools: readonly PoolProducts[]): readonly PoolProducts[] {
  const fitting = pools.filter(({ products }) => products.some((product) => isOf(gap, product)));
  const near = fitting.filter(({ pool }) => scopeKey(pool) === scopeKey(gap));
  return near.length > 0 ? near : fitting;
}

/** Where an edition is not known, any may be meant. */
function isOf(gap: CountGap, { product, edition }: LicensedProduct): boolean {
  return (
    gap.product === product && (gap.edition === null || edition === null || gap.edition === edition)
  );
}
