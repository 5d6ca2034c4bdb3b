import type { ReplyTo } from '#domain/jobs/reply-to.ts';
import type {
  RecommendationAction,
  RecommendationCommand,
} from '#domain/optimization/follow/recommendation-command.ts';
import { commandKey } from '#slack/idempotency.ts';

/** Who did something, by which of Slack's ids, and where the answer goes. */
export interface Doing {
  readonly id: string;
  readonly personId: string;
  readonly replyTo: ReplyTo;
}

/** A person's decision as functions/decide takes it. */
export function recommendationCommand(
  recommendationId: string,
  action: RecommendationAction,
  { id, personId: by, replyTo }: Doing,
): RecommendationCommand {
  const key = commandKey(action.do, id);
  return { kind: 'recommendation', key, at: new Date(), recommendationId, action, by, replyTo };
}

/** Decisions on one recommendation are made in order. */
export function recommendationGroup(recommendationId: string): string {
  return `recommendation/${recommendationId}`;
}
