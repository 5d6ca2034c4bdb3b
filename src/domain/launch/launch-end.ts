import { DAY_MS, later } from '#domain/instant.ts';
import type { MachinePlan } from '#domain/launch/launch-plan.ts';
import type { Reason } from '#domain/launch/launch-reason.ts';
import type { Policy } from '#domain/policy/policy.ts';

/** What is wrong with the date on which a plan's machines are stopped, or with there being none. */
export function endReasons(
  { action, until }: Pick<MachinePlan, 'action' | 'until'>,
  { limits: { longestDays } }: Pick<Policy, 'limits'>,
  now: Date,
): readonly Reason[] {
  if (until === null) {
    // What is there already has its end, or its permission to have none.
    const isNew = NEW_RUNS.has(action.operation);
    return longestDays !== undefined && isNew ? [{ code: 'until-needed', longestDays }] : [];
  }
  if (until <= now) return [{ code: 'until-passed', until }];
  if (longestDays === undefined || until <= later(now, longestDays * DAY_MS)) return [];
  return [{ code: 'until-too-late', longestDays }];
}

const NEW_RUNS: ReadonlySet<MachinePlan['action']['operation']> = new Set([
  'launch',
  'start',
  'scale',
]);
