import { isMachineChoice } from '#domain/launch/launch-plan.ts';
import type { PoolLedger } from '#domain/licenses/license-pool.ts';
import type { LaunchRequest } from '#domain/requests/launch-request.ts';
import type { PoolNames } from '#slack/views/pool-reason.ts';

/** Pool names from the ledgers, else from what the request noted, else the pool's id. */
export function poolNames(
  request: LaunchRequest | null,
  ledgers: readonly PoolLedger[],
): PoolNames {
  return (poolId) => {
    const ledger = ledgers.find((candidate) => candidate.poolId === poolId);
    if (ledger !== undefined) return ledger;
    const draw = request?.evaluation.draws.find((candidate) => candidate.poolId === poolId);
    const isChosen = request && isMachineChoice(request.choice) && request.choice.poolId === poolId;
    const chosen = isChosen ? request.labels.pool : poolId;
    return { name: chosen, countingType: draw?.countingType ?? null };
  };
}
