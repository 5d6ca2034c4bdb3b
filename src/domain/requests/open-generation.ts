import type { AuditEvent } from '#domain/audit/audit.ts';
import { later } from '#domain/instant.ts';
import type { OutboxMessage } from '#domain/jobs/outbox.ts';
import type { Reason } from '#domain/launch/launch-reason.ts';
import type { Policy } from '#domain/policy/policy.ts';
import type { Step } from '#domain/requests/change.ts';
import { grant } from '#domain/requests/grant.ts';
import { type Facts, holdingsOf } from '#domain/requests/judgement.ts';
import type { LaunchRequest } from '#domain/requests/launch-request.ts';
import { addOpen } from '#domain/requests/person-quota.ts';
import { placeInLine } from '#domain/requests/place-in-line.ts';
import { askThem, nextRemindAt } from '#domain/requests/remind.ts';
import { NO_PERSON } from '#domain/requests/ruling.ts';
import { transitionStep } from '#domain/requests/transition.ts';

/** A generation that is about to be decided: judged, and not refused. */
export interface Opening {
  readonly request: LaunchRequest;
  readonly facts: Facts;
  readonly event: 'request.submitted' | 'request.edited' | 'request.reasked';
  readonly by: string;
  /** Of the command that opens it. */
  readonly key: string;
  readonly messages: readonly OutboxMessage[];
  readonly notAfter: Date | null;
}

export type Opened =
  | { readonly kind: 'opened'; readonly step: Step }
  /** It would have to wait, and no more may wait. */
  | { readonly kind: 'line-full'; readonly reason: Reason };

/** Approve a generation by policy, or place it to wait for approval, with its licenses or for them. */
export function openGeneration(opening: Opening, now: Date): Opened {
  const { request, facts, messages, notAfter } = opening;
  const before = holdingsOf(facts);
  if (request.evaluation.verdict === 'allow')
    return { kind: 'opened', step: grantIt(opening, now) };

  const { policy } = facts.published;
  const placing = placeInLine(before, request, policy.limits, now);
  if (placing.kind === 'line-full') return placing;
  const { standing, after } = placing;
  const pending = awaiting({ ...request, standing }, policy, now);
  const step = transitionStep({
    before,
    after: { ...after, quota: addOpen(after.quota, request.id) },
    request: pending,
    event: openingEvent({ ...opening, request: pending }),
    messages: [...messages, ...askAgainOf(opening)],
    notAfter,
    now,
  });
  return { kind: 'opened', step };
}

/** A request that waits for a decision from now on. */
export function awaiting(request: LaunchRequest, policy: Policy, now: Date): LaunchRequest {
  const dueAt = later(now, policy.expiry.pending);
  const remindAt = nextRemindAt({ ...request, dueAt }, policy.quietHours, now);
  return { ...request, status: 'pending', dueAt, remindAt };
}

/** What opens a generation, as it is audited. */
export function openingEvent({
  request,
  event,
  by,
  key,
}: Pick<Opening, 'request' | 'event' | 'by' | 'key'>): Pick<
  AuditEvent,
  'event' | 'by' | 'details'
> {
  const { generation, planHash, plan, standing, evaluation, reasked } = request;
  const { verdict } = evaluation;
  const why = reasked === null ? {} : { why: reasked.why };
  const { policyHash } = plan;
  const details = { generation, planHash, policyHash, verdict, standing, ...why, command: key };
  return { event, by, details };
}

/** What policy decides at once is audited as two events: the opening and the decision. */
function grantIt(opening: Opening, now: Date): Step {
  const { request, facts, key, messages, notAfter } = opening;
  const { hash: policyHash, policy } = facts.published;
  const { quota, ...holdings } = holdingsOf(facts);
  const step = grant(
    {
      ruling: { kind: 'auto-approve', by: 'policy', policyHash, reason: null, ...NO_PERSON, key },
      request,
      before: { ...holdings, quota },
      messages,
      notAfter,
    },
    policy,
    now,
  );
  const event = { stream: `request/${request.id}`, at: now, ...openingEvent(opening) };
  return { ...step, audit: [event, ...step.audit] };
}

/** The card in their channel does not ring again when it changes: this does. */
function askAgainOf({ request, key }: Opening): readonly OutboxMessage[] {
  return request.generation === 1 ? [] : [askThem(request, key, false)];
}
