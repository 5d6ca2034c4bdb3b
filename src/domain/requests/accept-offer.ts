import type { Sha256 } from '#domain/audit/audit-chain.ts';
import type { Refusal } from '#domain/notice.ts';
import { isInterested } from '#domain/policy/approval-rules.ts';
import { tellAskedAgain } from '#domain/requests/ask-again.ts';
import { type Asked, ask, nextGeneration } from '#domain/requests/asked.ts';
import {
  type ClickOf,
  type DecisionOutcome,
  FIGURES_MISSING,
  type Governed,
  noticeTo,
  refuse,
} from '#domain/requests/decision-outcome.ts';
import { isRequester } from '#domain/requests/edit.ts';
import { whyNotSigned } from '#domain/requests/eligibility.ts';
import { grant } from '#domain/requests/grant.ts';
import {
  type Facts,
  factsOf,
  holdingsOf,
  whyNotNow,
  withoutOwn,
} from '#domain/requests/judgement.ts';
import type { CounterOffer } from '#domain/requests/launch-request.ts';
import { awaiting } from '#domain/requests/open-generation.ts';
import { placeInLine } from '#domain/requests/place-in-line.ts';
import { askThem } from '#domain/requests/remind.ts';
import { levelsOf, seatsLeft } from '#domain/requests/request-gate.ts';
import { type Ruled, ruleOn } from '#domain/requests/ruling.ts';

/**
 * The requester takes what an approver offered: exactly that plan becomes a new generation, whose first
 * approval is the author's, if they may still give it.
 */
export function accept(
  state: Governed,
  command: ClickOf<'accept'>,
  now: Date,
  sha256: Sha256,
): DecisionOutcome {
  const { request, actor } = state;
  const { counter: offer } = request;
  if (!isRequester(request, actor.id)) {
    return refuse(request, command, { code: 'not-your-request' }, now);
  }
  if (offer === null) return refuse(request, command, { code: 'no-counter-offer' }, now);
  const facts = factsOf(state);
  if (facts === null) return refuse(request, command, FIGURES_MISSING, now);

  const { choice, plan } = offer;
  const asking = { requestId: request.id, choice, plan, interested: request };
  const asked = ask(withoutOwn(facts, request.id), asking, now, sha256);
  const why = whyNotNow(asked.evaluation) ?? whyVoid(state, offer, asked);
  if (why !== null) return refuse(request, command, why, now);
  return become({ state, facts, offer, asked, command }, now);
}

/** Why the author's approval no longer stands. */
function whyVoid({ request, others, published }: Governed, offer: CounterOffer, asked: Asked) {
  const gone: Refusal = { code: 'no-counter-offer' };
  const { gate, planHash, evaluation } = asked;
  const author = others.find(({ id }) => id === offer.by);
  const dearer = evaluation.reasons.some(({ code }) => code === 'price-changed');
  if (author === undefined || author.outsider !== null) return gone;
  if (isInterested(request, author.id)) return gone;
  if (planHash !== offer.planHash || dearer) return gone;
  if (gate === null) return null;
  const levels = levelsOf(gate, author, request.escalatedAt !== null);
  const signed = whyNotSigned(gate, offer, published.policy) === null;
  return levels.includes(offer.level) && signed ? null : gone;
}

interface Accepted {
  readonly state: Governed;
  readonly facts: Facts;
  readonly offer: CounterOffer;
  readonly asked: Asked;
  readonly command: ClickOf<'accept'>;
}

function become({ state, facts, offer, asked, command }: Accepted, now: Date): DecisionOutcome {
  const { request } = state;
  const { by, key } = command;
  const { route, principal, reason } = offer;
  // Policy needs nobody for it: then there is no seat to fill.
  const level = asked.gate === null ? null : offer.level;
  const { hash: policyHash, policy } = facts.published;
  const { escalatedAt } = request;
  const next = { ...nextGeneration(request, asked, 'counter-accepted', now), escalatedAt };
  const ruled: Omit<Ruled, 'after'> = {
    ruling: {
      ...{ kind: 'approve', by: offer.by, policyHash, reason },
      ...{ level, route, principal, key: offer.key },
    },
    as: { event: 'request.counter-accepted', by, command: key },
    request: next,
    before: holdingsOf(facts),
    messages: [
      noticeTo(command, { kind: 'done', action: 'accept' }),
      ...tellAskedAgain(request, { why: 'counter-accepted', key }, by),
    ],
    notAfter: request.dueAt,
  };
  const left = asked.gate === null ? 0 : seatsLeft(asked.gate, [offer]);
  if (left === 0) return { kind: 'decided', step: grant(ruled, policy, now) };
  const placing = placeInLine(holdingsOf(facts), next, policy.limits, now);
  if (placing.kind === 'line-full') {
    const full: Refusal = { code: 'cannot-launch', reasons: [placing.reason] };
    return refuse(request, command, full, now);
  }
  const { standing, after } = placing;
  const waiting = { ...ruled, after, request: awaiting({ ...next, standing }, policy, now) };
  const messages = [...ruled.messages, askThem(next, key, false)];
  return { kind: 'decided', step: ruleOn({ ...waiting, messages }, now) };
}
