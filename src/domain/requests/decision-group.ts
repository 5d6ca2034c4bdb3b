import type { PoolId } from '#domain/licenses/license-pool.ts';
import type { LaunchRequest } from '#domain/requests/launch-request.ts';

/** The queue's group for decisions on a request: the lowest pool that it draws on. */
export function decisionGroup({
  choice,
  evaluation,
}: Pick<LaunchRequest, 'choice' | 'evaluation'>): PoolId {
  let lowest = choice.poolId;
  for (const { poolId } of evaluation.draws) {
    if (poolId < lowest) lowest = poolId;
  }
  return lowest;
}
