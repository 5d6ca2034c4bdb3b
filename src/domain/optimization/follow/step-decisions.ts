import {
  type StepProgress,
  stepProgress,
  stepsBefore,
} from '#domain/optimization/follow/progress.ts';
import type {
  RecommendationAction,
  RecommendationRefusal,
} from '#domain/optimization/follow/recommendation-command.ts';
import type { FollowedRecommendation } from '#domain/optimization/followed-recommendation.ts';
import type { Recommendation } from '#domain/optimization/recommendation.ts';
import type { LaunchRequest } from '#domain/requests/launch-request.ts';
import type { Scope } from '#domain/scope.ts';

/** A request as the progress of a step asks of it. */
export interface LinkedRequest extends Scope {
  readonly id: string;
  readonly status: LaunchRequest['status'];
}

type StepAction = Extract<RecommendationAction, { readonly step: number }>;

/** Why a step cannot be confirmed or requested now; `null` when it can. */
export function whyNotStep(
  followed: FollowedRecommendation,
  requests: readonly LinkedRequest[],
  action: StepAction,
): RecommendationRefusal | null {
  const { recommendation, status } = followed;
  if (status !== 'accepted' && status !== 'in-progress') return { code: 'not-accepted', status };
  const step = recommendation.steps[action.step];
  if (step === undefined) return { code: 'unknown-step' };
  const isByHand = step.do === 'by-hand';
  if (action.do === 'confirm-step' && !isByHand) return { code: 'not-by-hand' };
  if (action.do === 'link-request') {
    if (isByHand) return { code: 'by-hand' };
    if (!isOfPlace(requests, action.requestId, step)) return { code: 'unknown-request' };
  }
  const states = new Map(requests.map(({ id, status: state }) => [id, state]));
  return whyNotNow(followed, stepProgress(followed, states), action.step);
}

function isOfPlace(
  requests: readonly LinkedRequest[],
  requestId: string,
  { account, region }: Recommendation['steps'][number],
): boolean {
  return requests.some(
    (request) =>
      request.id === requestId && request.account === account && request.region === region,
  );
}

function whyNotNow(
  followed: FollowedRecommendation,
  progress: readonly StepProgress[],
  step: number,
): RecommendationRefusal | null {
  if (progress[step] === 'done') return { code: 'step-done' };
  if (progress[step] === 'requested') return { code: 'step-requested' };
  const steps = stepsBefore(followed, progress, step);
  return steps.length === 0 ? null : { code: 'steps-before', steps };
}
