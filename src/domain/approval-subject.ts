import type { ApprovalSubject } from '#domain/approval-rules.ts';
import type { LaunchRequest } from '#domain/launch-request.ts';
import type { PoolLedger } from '#domain/license-pool.ts';

/** What approval rules look at in a request, with its pools' names of the moment. */
export function approvalSubject(
  { choice, evaluation }: Pick<LaunchRequest, 'choice' | 'evaluation'>,
  ledgers: readonly PoolLedger[],
): ApprovalSubject {
  const { draws } = evaluation;
  const pools = draws.map(({ poolId }) => ({
    poolId,
    name: ledgers.find((ledger) => ledger.poolId === poolId)?.name ?? '',
  }));
  return { account: choice.account, pools, draws };
}
