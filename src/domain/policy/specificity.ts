import { matchesAny } from '#domain/pattern.ts';
import type { ApprovalSubject } from '#domain/policy/approval-rules.ts';
import type { ApprovalRule } from '#domain/policy/policy-approvals.ts';

/**
 * Whether one of two rules that match describes a subject at least as closely in every dimension, and
 * more so in one. Pools have a dimension each: a rule that names both pools of a launch is closer than
 * one that names one of them.
 */
export function isMoreSpecific(
  one: ApprovalRule,
  other: ApprovalRule,
  { pools }: Pick<ApprovalSubject, 'pools'>,
): boolean {
  const differences = [
    placeSpecificity(one) - placeSpecificity(other),
    operationSpecificity(one) - operationSpecificity(other),
    one.minimumLicenses - other.minimumLicenses,
    one.minimumMonthlyUsd - other.minimumMonthlyUsd,
    ...pools.map((pool) => poolSpecificity(one, pool) - poolSpecificity(other, pool)),
  ];
  return differences.every((by) => by >= 0) && differences.some((by) => by > 0);
}

/** Accounts say more than environments, and these more than nothing. */
export function placeSpecificity({ accounts, environments }: ApprovalRule): number {
  if (accounts !== undefined) return 2;
  return environments === undefined ? 0 : 1;
}

function operationSpecificity({ operations }: ApprovalRule): number {
  return operations === undefined ? 0 : 1;
}

/** 2 for a pool that is named outright, 1 for one that a pattern matches, 0 for any or none. */
function poolSpecificity(
  { pools }: ApprovalRule,
  { poolId, name }: ApprovalSubject['pools'][number],
): number {
  const matching = pools.filter((pattern) => matchesAny([pattern], poolId, name));
  return Math.max(0, ...matching.map(patternSpecificity));
}

/** 2 for a name, 1 for a pattern, 0 for what matches everything. */
export function patternSpecificity(pattern: string): number {
  if (!pattern.includes('*')) return 2;
  return /^\*+$/.test(pattern) ? 0 : 1;
}
