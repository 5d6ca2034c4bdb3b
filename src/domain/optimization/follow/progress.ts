import { stepOrder } from '#domain/optimization/follow/step-order.ts';
import type { FollowedRecommendation } from '#domain/optimization/followed-recommendation.ts';
import type { RequestStatus } from '#domain/requests/launch-request.ts';

/** How far a step is: nobody asked for it, or in vain; a request for it is under way; it is done. */
export type StepProgress = 'open' | 'requested' | 'done';

/** Where the requests of a recommendation stand, by id. */
export type RequestStates = ReadonlyMap<string, RequestStatus>;

const DONE: ReadonlySet<RequestStatus> = new Set(['launched', 'confirmed']);
const IN_VAIN: ReadonlySet<RequestStatus> = new Set(['denied', 'cancelled', 'expired', 'failed']);

/** How far each step is. A request that is not there is none. */
export function stepProgress(
  { recommendation, requests, doneByHand }: FollowedRecommendation,
  states: RequestStates,
): readonly StepProgress[] {
  const byHand = new Set(doneByHand);
  return recommendation.steps.map((_, place) => {
    if (byHand.has(place)) return 'done';
    const own = requests
      .filter(({ step }) => step === place)
      .map(({ requestId }) => states.get(requestId))
      .filter((status) => status !== undefined);
    if (own.some((status) => DONE.has(status))) return 'done';
    return own.some((status) => !IN_VAIN.has(status)) ? 'requested' : 'open';
  });
}

/** The steps that this one waits for and that are not done, by their places. */
export function stepsBefore(
  { recommendation: { steps, ownerMustValidate } }: FollowedRecommendation,
  progress: readonly StepProgress[],
  step: number,
): readonly number[] {
  return stepOrder(steps, ownerMustValidate)
    .flatMap((before, place) => (place === step ? before : []))
    .filter((earlier) => progress[earlier] !== 'done');
}

/** True where every step is done that this one waits for. */
export function isReady(
  followed: FollowedRecommendation,
  progress: readonly StepProgress[],
  step: number,
): boolean {
  return stepsBefore(followed, progress, step).length === 0;
}

/**
 * An accepted recommendation as far as its steps are, its version as it was; itself where nothing is
 * otherwise. Without steps there is nothing left to do.
 */
export function progressOf(
  followed: FollowedRecommendation,
  states: RequestStates,
  now: Date,
): FollowedRecommendation {
  if (followed.status !== 'accepted' && followed.status !== 'in-progress') return followed;
  const progress = stepProgress(followed, states);
  if (progress.every((step) => step === 'done'))
    return { ...followed, status: 'done', doneAt: now };
  const status = progress.every((step) => step === 'open') ? 'accepted' : 'in-progress';
  return status === followed.status ? followed : { ...followed, status };
}
