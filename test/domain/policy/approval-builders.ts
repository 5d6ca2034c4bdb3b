import type { ApprovalSubject } from '#domain/policy/approval-rules.ts';
import { ACCOUNT, aDraw, poolId } from '../../builders.ts';

/** A launch in production on two pools. */
export const subject: ApprovalSubject = {
  operation: 'launch',
  account: ACCOUNT,
  environment: 'production',
  monthlyCost: { micros: 500_000_000, currency: 'USD' },
  pools: [
    { poolId: poolId('1'), name: 'Windows Server' },
    { poolId: poolId('2'), name: 'SQL Server Enterprise' },
  ],
  draws: [aDraw({ licenses: 2 }), aDraw({ poolId: poolId('2'), licenses: 16 })],
};

/** An approval rule as YAML would give it. */
export function aRule(changes: Readonly<Record<string, unknown>>) {
  return { name: 'one', levels: [{ approvers: 'approver' }], channel: 'C0APPROVAL', ...changes };
}
