import { later } from '#domain/instant.ts';
import type { Policy } from '#domain/policy/policy.ts';
import type { Step } from '#domain/requests/change.ts';
import { addOpen } from '#domain/requests/person-quota.ts';
import { type Ruled, ruleOn } from '#domain/requests/ruling.ts';
import { giveBack, takeHolds } from '#domain/requests/transition.ts';

/**
 * The step that approves a request for good: it holds firmly what its launch takes by its evaluation, no
 * longer counts among its person's holds, and is launched.
 */
export function grant(ruled: Omit<Ruled, 'after'>, { expiry }: Policy, now: Date): Step {
  const { request, before, messages } = ruled;
  const { id, generation, evaluation } = request;
  const hold = { requestId: id, firm: true, at: now };
  const after = takeHolds(giveBack(before, id), evaluation, hold);
  return ruleOn(
    {
      ...ruled,
      request: {
        ...request,
        status: 'approved',
        standing: null,
        counter: null,
        dueAt: later(now, expiry.approved),
        remindAt: null,
      },
      after: { ...after, quota: after.quota && addOpen(after.quota, id) },
      messages: [
        { queue: 'launches', message: { kind: 'launch', requestId: id, generation } },
        ...messages,
      ],
    },
    now,
  );
}
