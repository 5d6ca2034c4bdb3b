import type { Sha256 } from '#domain/audit/audit-chain.ts';
import type { Evaluation } from '#domain/launch/launch-evaluation.ts';
import { isInterested } from '#domain/policy/approval-rules.ts';
import { askAgain, tellAskedAgain } from '#domain/requests/ask-again.ts';
import {
  type ClickOf,
  type DecisionOutcome,
  FIGURES_MISSING,
  type Governed,
  noticeTo,
  refuse,
} from '#domain/requests/decision-outcome.ts';
import { gateToday, mayDecide } from '#domain/requests/eligibility.ts';
import {
  type Facts,
  factsOf,
  judgePlan,
  whyAskAgain,
  whyNotNow,
} from '#domain/requests/judgement.ts';
import type { Gate, ReaskedWhy } from '#domain/requests/launch-request.ts';
import { takeSeat } from '#domain/requests/take-seat.ts';

/** An approval by somebody who may decide, judged by the facts of the moment. */
export interface Approval {
  readonly state: Governed;
  readonly facts: Facts;
  readonly evaluation: Evaluation;
  /** Of today. */
  readonly gate: Gate;
  readonly command: ClickOf<'approve'>;
}

/**
 * Record an approval. The plan is judged again by today's inventory, policy and ledgers: where that
 * gives another gate, verdict or price, the click is not counted and all are asked again. While a request
 * that waited does not fit, nothing is recorded and it stays pending. A soft limit is theirs to exceed.
 */
export function approve(
  state: Governed,
  command: ClickOf<'approve'>,
  now: Date,
  sha256: Sha256,
): DecisionOutcome {
  const { request, actor } = state;
  const gate = gateToday(state);
  if (isInterested(request, actor.id)) {
    return refuse(request, command, { code: 'own-request' }, now);
  }
  if (!mayDecide(gate, actor, request)) {
    return refuse(request, command, { code: 'not-an-approver' }, now);
  }
  const facts = factsOf(state);
  if (facts === null) return refuse(request, command, FIGURES_MISSING, now);
  const { id: requestId, plan } = request;
  const judgement = judgePlan(facts, { requestId, plan, interested: request }, now);
  const { evaluation } = judgement;
  // Also where policy needs nobody any more: then the new generation is approved by policy.
  const judged = { evaluation, gate: judgement.gate ?? gate };
  const why = evaluation.verdict === 'refuse' ? null : whyAskAgain(request, judged);
  const approval = { state, facts, ...judged, command };
  if (why !== null) return askInstead(approval, why, now, sha256);
  const whyNot = whyNotNow(evaluation);
  return whyNot === null ? takeSeat(approval, now) : refuse(request, command, whyNot, now);
}

function askInstead(
  { state, facts, evaluation, command }: Approval,
  why: ReaskedWhy,
  now: Date,
  sha256: Sha256,
): DecisionOutcome {
  const { request } = state;
  const { by, key } = command;
  const messages = [
    noticeTo(command, { kind: 'asked-again', why }),
    ...tellAskedAgain(request, { why, key }, by),
  ];
  const opened = askAgain(request, facts, { why, evaluation, by, key, messages }, now, sha256);
  if (opened.kind === 'opened') return { kind: 'asked-again', why, step: opened.step };
  return refuse(request, command, { code: 'cannot-launch', reasons: [opened.reason] }, now);
}
