import type { FollowUp, OverrideReview, Unrequested } from '#domain/follow-ups/follow-up.ts';
import { effectOf, followUpStep } from '#domain/follow-ups/follow-up-step.ts';
import { timeBoxDue } from '#domain/follow-ups/time-box.ts';
import { later, MINUTE_MS } from '#domain/instant.ts';
import type { Step } from '#domain/requests/change.ts';

/** What the clock does to a follow-up whose time has come; `null`: nothing, or not yet. */
export function followUpDue(followUp: FollowUp, now: Date): Step | null {
  if (followUp.dueAt === null || followUp.dueAt > now) return null;
  switch (followUp.kind) {
    case 'time-box':
      return timeBoxDue(followUp, now);
    case 'override-review':
      return reviewDue(followUp, now);
    case 'unrequested':
      return unrequestedDue(followUp, now);
  }
}

/** A review that nobody made in time is said to be late, and stays to be made. */
function reviewDue(review: OverrideReview, now: Date): Step {
  const event = { event: 'follow-up.overdue', by: 'clock', details: {} };
  return followUpStep({ ...review, status: 'overdue', dueAt: null }, event, [], now);
}

/** How often the job of something that functions/launch has not done yet is sent again. */
const AGAIN_MS = 5 * MINUTE_MS;

function unrequestedDue(use: Unrequested, now: Date): Step {
  if (use.status === 'ignored') {
    const event = { event: 'follow-up.reopened', by: 'clock', details: {} };
    const open = { ...use, status: 'open' as const, ignoredUntil: null, dueAt: null };
    return followUpStep(open, event, [], now);
  }
  const event = {
    event: 'follow-up.effect-repeated',
    by: 'clock',
    details: { status: use.status },
  };
  return followUpStep({ ...use, dueAt: later(now, AGAIN_MS) }, event, [effectOf(use)], now);
}
