import * as z from 'zod';
import { isMachineChoice, type LaunchChoice } from '#domain/launch/launch-plan.ts';
import { PoolId } from '#domain/licenses/license-pool.ts';
import type { LaunchRequest } from '#domain/requests/launch-request.ts';
import { scopeKey } from '#domain/scope.ts';

/** A pool's id, or the account and Region of what draws on none: decisions of one group are made one after the other. */
export const DecisionGroup = z.union([PoolId, z.string().regex(/^\d{12}\/[a-z]{2}(-[a-z]+)+-\d$/)]);
export type DecisionGroup = z.output<typeof DecisionGroup>;

/** The group for a choice that is not judged yet: its pool, else its account and Region. */
export function choiceGroup(choice: LaunchChoice): DecisionGroup {
  return isMachineChoice(choice) ? choice.poolId : scopeKey(choice);
}

/** The group for decisions on a request: the lowest pool that it names or draws on. */
export function decisionGroup({
  choice,
  evaluation,
}: Pick<LaunchRequest, 'choice' | 'evaluation'>): DecisionGroup {
  const drawn = evaluation.draws.map(({ poolId }) => poolId);
  const named = isMachineChoice(choice) ? [choice.poolId] : [];
  return [...named, ...drawn].toSorted()[0] ?? choiceGroup(choice);
}
