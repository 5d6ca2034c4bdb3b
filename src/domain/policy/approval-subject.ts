import type { Draw } from '#domain/launch/launch-evaluation.ts';
import type { LaunchPlan } from '#domain/launch/launch-plan.ts';
import { monthlyCost } from '#domain/launch/monthly-cost.ts';
import type { PoolLedger } from '#domain/licenses/license-pool.ts';
import type { ApprovalSubject } from '#domain/policy/approval-rules.ts';
import type { NamedPool } from '#domain/policy/launch-profiles.ts';
import type { Policy } from '#domain/policy/policy.ts';
import type { LaunchRequest } from '#domain/requests/launch-request.ts';

/** What approval rules look at in a plan that draws on these pools. */
export function approvalSubjectOf(
  policy: Policy,
  plan: LaunchPlan,
  pools: readonly NamedPool[],
  draws: readonly Draw[],
): ApprovalSubject {
  const { account, action } = plan;
  return {
    operation: action.operation,
    account,
    environment: policy.accounts.find(({ id }) => id === account)?.environment ?? null,
    pools,
    draws,
    monthlyCost: monthlyCost(plan),
  };
}

/** What approval rules look at in a request, with its pools' names of the moment. */
export function approvalSubject(
  policy: Policy,
  { plan, evaluation }: Pick<LaunchRequest, 'plan' | 'evaluation'>,
  ledgers: readonly PoolLedger[],
): ApprovalSubject {
  const { draws } = evaluation;
  const pools = draws.map(({ poolId }) => ({
    poolId,
    name: ledgers.find((ledger) => ledger.poolId === poolId)?.name ?? '',
  }));
  return approvalSubjectOf(policy, plan, pools, draws);
}
