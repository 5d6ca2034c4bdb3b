import type { Reason } from '#domain/launch/launch-reason.ts';
import { isWithinUsd } from '#domain/launch/monthly-cost.ts';
import { matchesAny } from '#domain/pattern.ts';
import { type ApprovalSubject, mostLicenses } from '#domain/policy/approval-rules.ts';
import type { Policy } from '#domain/policy/policy.ts';
import type { AutoApproval } from '#domain/policy/policy-approvals.ts';
import type { LaunchProfile } from '#domain/policy/policy-launches.ts';
import { patternSpecificity } from '#domain/policy/specificity.ts';

/** What auto-approval looks at. */
export interface AutomaticSubject extends Pick<ApprovalSubject, 'pools' | 'draws' | 'monthlyCost'> {
  /** Those that allow it. */
  readonly profiles: readonly LaunchProfile[];
  /** Instances. */
  readonly count: number;
}

/**
 * Why policy does not approve a launch by itself, or `null` when it does: one rule must let it through
 * in everything. The reason is the bound that the rules which came furthest set.
 */
export function whyNotAutomatic(policy: Policy, subject: AutomaticSubject): Reason | null {
  const { count, monthlyCost: monthly } = subject;
  const rules = policy.autoApproval.filter((rule) => isFor(rule, subject));
  if (rules.length === 0) return { code: 'needs-approval' };

  const licenses = mostLicenses(subject.draws);
  const small = rules.filter(({ upToLicenses }) => licenses <= upToLicenses);
  if (small.length === 0) {
    const threshold = most(rules, ({ upToLicenses }) => upToLicenses);
    return { code: 'above-auto-approval', licenses, threshold };
  }
  const few = small.filter(({ upToCount = Infinity }) => count <= upToCount);
  if (few.length === 0) {
    const threshold = most(small, ({ upToCount = 0 }) => upToCount);
    return { code: 'above-auto-approval-count', count, threshold };
  }
  const cheap = few.filter(
    ({ upToMonthlyUsd }) => upToMonthlyUsd === undefined || isWithinUsd(monthly, upToMonthlyUsd),
  );
  if (cheap.length > 0) return null;
  const thresholdUsd = most(few, ({ upToMonthlyUsd = 0 }) => upToMonthlyUsd);
  return { code: 'above-auto-approval-cost', monthly, thresholdUsd };
}

function isFor(rule: AutoApproval, { profiles, pools }: AutomaticSubject): boolean {
  return (
    (rule.profiles === undefined || profiles.some(({ name }) => rule.profiles?.includes(name))) &&
    (pools.length === 0
      ? isForAllPools(rule)
      : pools.every(({ poolId, name }) => matchesAny(rule.pools, poolId, name)))
  );
}

/** A launch that draws on no pool, its licenses being in its price, is none of the pools that a rule names. */
function isForAllPools({ pools }: AutoApproval): boolean {
  return pools.some((pattern) => patternSpecificity(pattern) === 0);
}

function most(rules: readonly AutoApproval[], bound: (rule: AutoApproval) => number): number {
  return Math.max(...rules.map(bound));
}
