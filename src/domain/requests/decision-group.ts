import { isMachineChoice, type LaunchChoice } from '#domain/launch/launch-plan.ts';
import type { LaunchRequest } from '#domain/requests/launch-request.ts';

/** The queue's group for a choice that is not judged yet: its pool, else its account and Region. */
export function choiceGroup(choice: LaunchChoice): string {
  return isMachineChoice(choice) ? choice.poolId : `${choice.account}/${choice.region}`;
}

/** The queue's group for decisions on a request: the lowest pool that it draws on. */
export function decisionGroup({
  choice,
  evaluation,
}: Pick<LaunchRequest, 'choice' | 'evaluation'>): string {
  let lowest = choiceGroup(choice);
  for (const { poolId } of evaluation.draws) {
    if (poolId < lowest) lowest = poolId;
  }
  return lowest;
}
