import type { Sha256 } from '#domain/audit/audit-chain.ts';
import { isBlank } from '#domain/blank.ts';
import { followUpId, followUpStream, type OverrideReview } from '#domain/follow-ups/follow-up.ts';
import { later } from '#domain/instant.ts';
import { isInterested } from '#domain/policy/approval-rules.ts';
import { isMember } from '#domain/policy/roles.ts';
import {
  type ClickOf,
  type DecisionOutcome,
  FIGURES_MISSING,
  type Governed,
  noticeTo,
  refuse,
} from '#domain/requests/decision-outcome.ts';
import { whyNotSigned } from '#domain/requests/eligibility.ts';
import { grant } from '#domain/requests/grant.ts';
import { factsOf, holdingsOf, judgePlan, whyNotNow } from '#domain/requests/judgement.ts';
import type { LaunchRequest } from '#domain/requests/launch-request.ts';
import type { Ruling } from '#domain/requests/ruling.ts';

/**
 * Break-glass: somebody whom policy names launches without the approvers. Never past a hard limit or
 * what else no approver could allow, never for themselves; announced, and reviewed by somebody else.
 */
export function override(
  state: Governed,
  command: ClickOf<'override'>,
  now: Date,
  sha256: Sha256,
): DecisionOutcome {
  const { request, actor, published } = state;
  const { by, key, route, principal, reason } = command;
  if (isInterested(request, actor.id)) {
    return refuse(request, command, { code: 'own-request' }, now);
  }
  const rule = ruleFor(state);
  const unsigned = whyNotSigned(null, command, published.policy) !== null;
  if (rule === null || unsigned) return refuse(request, command, { code: 'may-not-override' }, now);
  if (isBlank(reason)) return refuse(request, command, { code: 'reason-missing' }, now);
  const facts = factsOf(state);
  if (facts === null) return refuse(request, command, FIGURES_MISSING, now);
  const { id: requestId, plan, dueAt: notAfter } = request;
  const { evaluation } = judgePlan(facts, { requestId, plan, interested: request }, now);
  const whyNot = whyNotNow(evaluation);
  if (whyNot !== null) return refuse(request, command, whyNot, now);

  const level = null;
  const policyHash = published.hash;
  const ruling: Ruling = { kind: 'override', by, policyHash, reason, level, route, principal, key };
  const overridden = { ...request, evaluation };
  const review = reviewOf(overridden, by, later(now, rule.reviewWithin), now, sha256);
  const step = grant(
    {
      ruling,
      request: overridden,
      before: holdingsOf(facts),
      messages: [
        noticeTo(command, { kind: 'done', action: 'override' }),
        { queue: 'answers', message: { kind: 'override-announcement', key, requestId } },
        { queue: 'answers', message: { kind: 'follow-up-card', followUpId: review.id } },
      ],
      notAfter,
    },
    published.policy,
    now,
  );
  const opened = {
    stream: followUpStream(review),
    at: now,
    event: 'follow-up.opened',
    by,
    details: { kind: review.kind, requestId },
  };
  return {
    kind: 'decided',
    step: { ...step, followUps: [review], audit: [...step.audit, opened] },
  };
}

/** What policy says about overrides, where it names the person for this account. */
function ruleFor({ request, actor, published }: Governed) {
  const { override: rule } = published.policy;
  if (rule === undefined || !isMember(rule.people, actor)) return null;
  return rule.accounts?.includes(request.plan.account) === false ? null : rule;
}

function reviewOf(
  { id: requestId, generation, plan, evaluation, ...request }: LaunchRequest,
  overriddenBy: string,
  dueAt: Date,
  now: Date,
  sha256: Sha256,
): OverrideReview {
  const { account, region } = plan;
  return {
    kind: 'override-review',
    id: followUpId('override-review', [requestId, String(generation)], sha256),
    version: 1,
    account,
    region,
    taken: evaluation.draws.map(({ poolId, licenses }) => ({ poolId, licenses })),
    dueAt,
    createdAt: now,
    updatedAt: now,
    decisions: [],
    requestId,
    overriddenBy,
    interested: [...new Set([request.requestedBy, request.for, ...request.editors])],
    status: 'open',
  };
}
