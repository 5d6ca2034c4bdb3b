import type { AuditEvent } from '#domain/audit/audit.ts';
import { type FollowUp, followUpStream } from '#domain/follow-ups/follow-up.ts';
import type { OutboxMessage } from '#domain/jobs/outbox.ts';
import { NO_STEP, type Step } from '#domain/requests/change.ts';

/** The step that moves a follow-up: its version raised, its audit, its card brought up to date. */
export function followUpStep(
  followUp: FollowUp,
  event: Pick<AuditEvent, 'event' | 'by' | 'details'>,
  messages: readonly OutboxMessage[],
  now: Date,
): Step {
  const { id, version } = followUp;
  return {
    ...NO_STEP,
    followUps: [{ ...followUp, version: version + 1, updatedAt: now }],
    audit: [{ stream: followUpStream(followUp), at: now, ...event }],
    messages: [
      ...messages,
      { queue: 'answers', message: { kind: 'follow-up-card', followUpId: id } },
    ],
  };
}

/** The job of functions/launch that does what a follow-up's status says. */
export function effectOf({ id }: Pick<FollowUp, 'id'>): OutboxMessage {
  return { queue: 'launches', message: { kind: 'follow-up', followUpId: id } };
}
