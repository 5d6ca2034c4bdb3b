import { DAY_MS, later } from '#domain/instant.ts';
import type { LaunchPlan } from '#domain/launch/launch-plan.ts';
import type { Reason } from '#domain/launch/launch-reason.ts';
import type { Policy } from '#domain/policy/policy.ts';

/** What is wrong with the date on which a plan's machines are stopped, or with there being none. */
export function endReasons(
  { action, until }: Pick<LaunchPlan, 'action' | 'until'>,
  { limits: { longestDays } }: Pick<Policy, 'limits'>,
  now: Date,
): readonly Reason[] {
  if (until === null) {
    // What is there already has its end, or its permission to have none.
    const isThere = action.operation === 'resize';
    return longestDays === undefined || isThere ? [] : [{ code: 'until-needed', longestDays }];
  }
  if (until <= now) return [{ code: 'until-passed', until }];
  if (longestDays === undefined || until <= later(now, longestDays * DAY_MS)) return [];
  return [{ code: 'until-too-late', longestDays }];
}
