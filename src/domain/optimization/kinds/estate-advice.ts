import type { Money } from '#domain/money.ts';
import type { Finding, OptimizableEstate } from '#domain/optimization/kind.ts';
import type { PriceBasis, Savings } from '#domain/optimization/recommendation.ts';
import { type Scope, scopeKey } from '#domain/scope.ts';

/** Nothing that this kind may count: either nothing is gained, or the joint choice counts it. */
export const NO_SAVINGS: Savings = {
  monthly: null,
  basis: 'unknown',
  afterCommitments: null,
  licenses: [],
};

/** Money alone; of an unknown amount none is shown. */
export function moneySaved(monthly: Money | null, basis: Exclude<PriceBasis, 'unknown'>): Savings {
  return monthly === null ? NO_SAVINGS : { ...NO_SAVINGS, monthly, basis };
}

/** A finding with what most decisions have in common: no risk, no downtime, nothing to undo. */
export function advice(
  { account, region }: Scope,
  parts: Pick<Finding, 'kind' | 'subjects'> & Partial<Finding>,
): Finding {
  return {
    account,
    region,
    change: null,
    savings: NO_SAVINGS,
    evidence: [],
    gate: [],
    risk: 'none',
    effort: 'decision',
    downtime: false,
    ownerMustValidate: false,
    steps: [],
    rollback: [],
    atMostBetter: null,
    ...parts,
  };
}

/**
 * Where something is filed that belongs to no Region: the first account and Region that runs the
 * product, else that one of the accounts has, else the first; `null` without any.
 */
export function filedIn(
  { shards, machines }: Pick<OptimizableEstate, 'shards' | 'machines'>,
  product: string,
  accounts: readonly string[],
): Scope | null {
  const running = machines
    .filter(({ deployments }) => deployments.some((one) => one.product === product))
    .map(({ scope }) => scope);
  const scopes = shards.map(({ account, region }): Scope => ({ account, region }));
  const covered = scopes.filter(({ account }) => accounts.includes(account));
  return firstOf(running) ?? firstOf(covered) ?? firstOf(scopes);
}

function firstOf(scopes: readonly Scope[]): Scope | null {
  const [first = null] = scopes.toSorted((a, b) => (scopeKey(a) < scopeKey(b) ? -1 : 1));
  return first;
}
