import type { Right } from '#domain/consolidation/consolidation-problem.ts';
import type { Chosen, PenaltyOf } from '#domain/optimization/estate-program.ts';
import type { Change, Finding } from '#domain/optimization/kind.ts';
import type { Machine } from '#domain/optimization/machine.ts';
import type { ProgramRight } from '#domain/optimization/program-rights.ts';
import type { Scenario } from '#domain/optimization/scenario.ts';

/** With `least-change` touching a machine has to save so many times what it has to otherwise. */
const LEAST_CHANGE_FACTOR = 20;

/** Micro-USD a month that a license counts for with `fewest-licenses`: more than any license costs. */
const PER_LICENSE = 1_000_000_000;

/** Whether a scenario lets a machine be changed at all. */
export function mayTouch(machine: Machine, { accounts, keepProduction }: Scenario): boolean {
  if (accounts.length > 0 && !accounts.includes(machine.scope.account)) return false;
  return !keepProduction || machine.environment === 'non-production';
}

/** Whether a scenario lets a change of a machine be made. */
export function mayChange({ kind, effort }: Change, { without, noDowntime }: Scenario): boolean {
  return !without.includes(kind) && (!noDowntime || effort === 'decision');
}

/** Whether machines may come onto hosts, change between them, or leave them. Filling hosts and packing them anew are one choice. */
export function mayMove({ without, noDowntime }: Scenario): boolean {
  return !noDowntime && !without.includes('consolidate-hosts') && !without.includes('refill-host');
}

/** Whether a scenario leaves room for what is recommended beside the plan. */
export function isWanted(
  { kind, account, downtime }: Pick<Finding, 'kind' | 'account' | 'downtime'>,
  { accounts, without, noDowntime }: Scenario,
): boolean {
  const isThere = accounts.length === 0 || accounts.includes(account);
  return isThere && !without.includes(kind) && !(noDowntime && downtime);
}

/** What touching a machine has to save a month, in micro-USD, so that nobody moves for cents. */
export function touchPenalty({ goal }: Scenario, leastMonthlyUsd: number): PenaltyOf {
  const once = leastMonthlyUsd * 1_000_000;
  const micros = goal === 'least-change' ? once * LEAST_CHANGE_FACTOR : once;
  return (chosen, machine) => (isTouched(chosen, machine) ? micros : 0);
}

function isTouched({ kind, choice }: Chosen, machine: Machine): boolean {
  if (choice.way.changes.length > 0) return true;
  if (kind === 'alone') return machine.setup.tenancy === 'host';
  const { host, setup } = machine;
  return (
    host?.instanceFamily !== choice.host.family || setup.instanceType !== choice.setup.instanceType
  );
}

/** Rights as the goal sees them. */
export function rightsFor(
  rights: readonly ProgramRight[],
  { goal, buy }: Scenario,
): readonly ProgramRight[] {
  return rights.map((one) => {
    const more = buy
      .filter(({ product, edition }) => isLine(one, product, edition))
      .reduce((sum, { units }) => sum + units, 0);
    return { ...one, right: weighted({ ...one.right, owned: one.right.owned + more }, goal) };
  });
}

function isLine({ line }: ProgramRight, product: string, edition: string | null): boolean {
  return line.product === product && (line.edition ?? edition) === (edition ?? line.edition);
}

function weighted(right: Right, goal: Scenario['goal']): Right {
  switch (goal) {
    case 'own-only':
      return { ...right, buyable: 0 };
    case 'fewest-licenses':
      return {
        ...right,
        ownedUnitMicros: right.ownedUnitMicros + PER_LICENSE,
        boughtUnitMicros: right.boughtUnitMicros + PER_LICENSE,
      };
    case 'least-cost':
    case 'least-change':
      return right;
  }
}
