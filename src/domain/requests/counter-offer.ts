import type { Sha256 } from '#domain/audit/audit-chain.ts';
import { canonicalJson } from '#domain/canonical-json.ts';
import type { Refusal } from '#domain/notice.ts';
import { isInterested } from '#domain/policy/approval-rules.ts';
import { type Asked, ask, planChoice } from '#domain/requests/asked.ts';
import {
  type Clicked,
  type ClickOf,
  type DecisionOutcome,
  FIGURES_MISSING,
  type Governed,
  noticeFor,
  noticeTo,
  refuse,
} from '#domain/requests/decision-outcome.ts';
import { isRequester } from '#domain/requests/edit.ts';
import { gateToday, mayDecide, whyNotAtLevel, whyNotSigned } from '#domain/requests/eligibility.ts';
import { factsOf, whyNotNow, withoutOwn } from '#domain/requests/judgement.ts';
import type { CounterOffer } from '#domain/requests/launch-request.ts';
import { levelsOf, openLevel, seatsTaken } from '#domain/requests/request-gate.ts';
import { NO_HOLDINGS, transitionStep } from '#domain/requests/transition.ts';

/**
 * An approver of the open level offers something else, with a sealed plan of its own that they approve
 * with it. The request stays as it is, with what it holds, until the requester answers.
 */
export function counter(
  state: Governed,
  command: ClickOf<'counter'>,
  now: Date,
  sha256: Sha256,
): DecisionOutcome {
  const { request } = state;
  const why = whyNotOffer(state, command);
  if (why !== null) return refuse(request, command, why, now);
  const facts = factsOf(state);
  if (facts === null) return refuse(request, command, FIGURES_MISSING, now);
  const { choice } = command;
  const planning = planChoice(facts, choice);
  if (!planning.ok) {
    return refuse(request, command, { code: 'cannot-launch', reasons: planning.reasons }, now);
  }
  const asking = { requestId: request.id, choice, plan: planning.plan, interested: request };
  const asked = ask(withoutOwn(facts, request.id), asking, now, sha256);
  const level = levelFor(state, asked);
  if (level === null) return refuse(request, command, { code: 'not-an-approver' }, now);
  // Making the offer is approving it.
  const whyBad =
    whyNotNow(asked.evaluation) ?? whyNotSigned(asked.gate, command, facts.published.policy);
  if (whyBad !== null) return refuse(request, command, whyBad, now);

  const { by, key, reason, route, principal } = command;
  const { plan, planHash, evaluation } = asked;
  const offer: CounterOffer = {
    ...{ by, at: now, reason, choice, plan, planHash, evaluation },
    ...{ level, route, principal, key },
  };
  const { generation } = request;
  const step = transitionStep({
    before: NO_HOLDINGS,
    after: NO_HOLDINGS,
    request: { ...request, counter: offer },
    event: { event: 'request.countered', by, details: { generation, planHash, command: key } },
    messages: [
      noticeTo(command, { kind: 'done', action: 'counter' }),
      ...[...new Set([request.requestedBy, request.for])].map((personId) =>
        noticeFor(personId, key, request.id, { kind: 'counter-offered' }),
      ),
    ],
    notAfter: request.dueAt,
    now,
  });
  return { kind: 'decided', step };
}

function whyNotOffer(state: Governed, { choice }: ClickOf<'counter'>): Refusal | null {
  const { request, actor } = state;
  if (isInterested(request, actor.id)) return { code: 'own-request' };
  const gate = gateToday(state);
  if (!mayDecide(gate, actor, request)) return { code: 'not-an-approver' };
  if (canonicalJson(choice) === canonicalJson(request.choice)) return { code: 'no-better-offer' };
  return whyNotAtLevel(gate, actor, request, openLevel(gate, seatsTaken(request)));
}

/** The level of the offer's own gate that its author fills a seat of: the open one where they may. */
function levelFor({ request, actor }: Governed, { gate }: Asked): number | null {
  if (gate === null) return 0;
  const levels = levelsOf(gate, actor, request.escalatedAt !== null);
  const open = request.gate && openLevel(request.gate, seatsTaken(request));
  return levels.find((level) => level === open) ?? levels[0] ?? null;
}

/** The requester wants what they asked for: the offer is gone, and its author is told. */
export function decline(state: Clicked, command: ClickOf<'decline'>, now: Date): DecisionOutcome {
  const { request, actor } = state;
  const { by, key } = command;
  if (!isRequester(request, actor.id)) {
    return refuse(request, command, { code: 'not-your-request' }, now);
  }
  const { id, generation, counter: offer } = request;
  if (offer === null) return refuse(request, command, { code: 'no-counter-offer' }, now);
  const { planHash } = offer;
  const step = transitionStep({
    before: NO_HOLDINGS,
    after: NO_HOLDINGS,
    request: { ...request, counter: null },
    event: {
      event: 'request.counter-declined',
      by,
      details: { generation, planHash, command: key },
    },
    messages: [
      noticeTo(command, { kind: 'done', action: 'decline' }),
      noticeFor(offer.by, key, id, { kind: 'counter-declined' }),
    ],
    notAfter: request.dueAt,
    now,
  });
  return { kind: 'decided', step };
}
