import { matchesPattern } from '#domain/pattern.ts';
import type { ApprovalSubject } from '#domain/policy/approval-rules.ts';
import type { ApprovalRule } from '#domain/policy/policy-approvals.ts';

/**
 * How closely a rule that matches describes a subject, one number for each dimension; more is closer.
 * Its pools have a dimension each: a rule that names both pools of a launch is closer than one that
 * names one of them.
 */
export type Specificity = readonly number[];

/** How closely a rule describes a subject that it matches. */
export function specificityFor(rule: ApprovalRule, subject: ApprovalSubject): Specificity {
  return [
    placeSpecificity(rule),
    rule.operations === undefined ? 0 : 1,
    rule.minimumLicenses,
    rule.minimumMonthlyUsd,
    ...subject.pools.map(({ poolId, name }) => poolSpecificity(rule.pools, poolId, name)),
  ];
}

/** Accounts say more than environments, and these more than nothing. */
export function placeSpecificity({ accounts, environments }: ApprovalRule): number {
  if (accounts !== undefined) return 2;
  return environments === undefined ? 0 : 1;
}

/** 2 for a pool that is named outright, 1 for one that a pattern matches, 0 for any or none. */
function poolSpecificity(patterns: readonly string[], ...names: readonly string[]): number {
  const matching = patterns.filter((pattern) =>
    names.some((name) => matchesPattern(pattern, name)),
  );
  return Math.max(0, ...matching.map(patternSpecificity));
}

/** 2 for a name, 1 for a pattern, 0 for what matches everything. */
export function patternSpecificity(pattern: string): number {
  if (!pattern.includes('*')) return 2;
  return /^\*+$/.test(pattern) ? 0 : 1;
}

/** Whether one is at least as specific in every dimension, and more so in one. */
export function isMoreSpecific(one: Specificity, other: Specificity): boolean {
  const differences = one.map((value, dimension) => value - (other[dimension] ?? 0));
  return differences.every((by) => by >= 0) && differences.some((by) => by > 0);
}
