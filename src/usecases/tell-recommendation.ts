import type { RecommendationOutcome } from '#domain/optimization/follow/decide-recommendation.ts';
import type { RecommendationCommand } from '#domain/optimization/follow/recommendation-command.ts';
import type { RecommendationNotice } from '#domain/optimization/follow/recommendation-notice.ts';
import type { Step } from '#domain/requests/change.ts';

/** What comes of a command, with word of it to who sent it. */
export function toldStep(outcome: RecommendationOutcome, command: RecommendationCommand): Step {
  return { ...outcome.step, messages: [messageOf(command, noticeOf(outcome, command))] };
}

function noticeOf(
  outcome: RecommendationOutcome,
  { action }: RecommendationCommand,
): RecommendationNotice {
  switch (outcome.kind) {
    case 'decided':
      return { kind: 'done', action };
    case 'repeated':
      return { kind: 'repeated', action };
    case 'refused':
      return { kind: 'refused', action, why: outcome.why };
  }
}

/** Tells one person of what they did with a recommendation. */
export function messageOf(
  {
    key,
    recommendationId,
    replyTo,
  }: Pick<RecommendationCommand, 'key' | 'recommendationId' | 'replyTo'>,
  notice: RecommendationNotice,
): Step['messages'][number] {
  const message = {
    kind: 'recommendation-notice',
    key,
    recommendationId,
    notice,
    replyTo,
  } as const;
  return { queue: 'answers', message };
}
