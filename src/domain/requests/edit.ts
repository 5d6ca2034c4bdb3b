import type { Sha256 } from '#domain/audit/audit-chain.ts';
import type { Reason } from '#domain/launch/launch-reason.ts';
import type { Refusal } from '#domain/notice.ts';
import { mayRequest } from '#domain/policy/roles.ts';
import { tellAskedAgain } from '#domain/requests/ask-again.ts';
import { ask, nextGeneration, planChoice } from '#domain/requests/asked.ts';
import {
  type ClickOf,
  type DecisionOutcome,
  FIGURES_MISSING,
  type Governed,
  noticeTo,
  refuse,
} from '#domain/requests/decision-outcome.ts';
import { type Facts, factsOf, withoutOwn } from '#domain/requests/judgement.ts';
import type { LaunchRequest } from '#domain/requests/launch-request.ts';
import { type Opening, openGeneration } from '#domain/requests/open-generation.ts';

/** True for who asked and for whom it is: they may change it, cancel it, and answer offers. */
export function isRequester(
  { requestedBy, for: beneficiary }: Pick<LaunchRequest, 'requestedBy' | 'for'>,
  personId: string,
): boolean {
  return personId === requestedBy || personId === beneficiary;
}

/**
 * The requester wants something else: a new generation with a plan of its own, which nobody has approved.
 * What cannot be launched changes nothing.
 */
export function edit(
  state: Governed,
  command: ClickOf<'edit'>,
  now: Date,
  sha256: Sha256,
): DecisionOutcome {
  const { request } = state;
  const { by, choice } = command;
  const why = whyNotEdit(state);
  if (why !== null) return refuse(request, command, why, now);
  const facts = factsOf(state);
  if (facts === null) return refuse(request, command, FIGURES_MISSING, now);
  const planning = planChoice(facts, choice);
  if (!planning.ok) return impossible(request, command, planning.reasons, now);

  const editors = [...new Set([...request.editors, by])];
  const interested = { ...request, editors };
  const asking = { requestId: request.id, choice, plan: planning.plan, interested };
  const asked = ask(withoutOwn(facts, request.id), asking, now, sha256);
  const { verdict, reasons } = asked.evaluation;
  if (verdict === 'refuse') return impossible(request, command, reasons, now);
  const next = {
    ...nextGeneration(request, asked, 'edited', now),
    editors,
    reason: command.reason,
  };
  const opened = openGeneration(openingOf(request, next, facts, command), now);
  return opened.kind === 'opened'
    ? { kind: 'decided', step: opened.step }
    : impossible(request, command, [opened.reason], now);
}

function whyNotEdit({ request, actor, published }: Governed): Refusal | null {
  if (!isRequester(request, actor.id)) return { code: 'not-your-request' };
  if (mayRequest(published.policy, actor)) return null;
  return { code: 'cannot-launch', reasons: [{ code: 'not-a-requester' }] };
}

function impossible(
  request: LaunchRequest,
  command: ClickOf<'edit'>,
  reasons: readonly Reason[],
  now: Date,
): DecisionOutcome {
  return refuse(request, command, { code: 'cannot-launch', reasons }, now);
}

function openingOf(
  before: LaunchRequest,
  request: LaunchRequest,
  facts: Facts,
  command: ClickOf<'edit'>,
): Opening {
  const { by, key } = command;
  const messages = [
    noticeTo(command, { kind: 'done', action: 'edit' }),
    ...tellAskedAgain(before, { why: 'edited', key }, by),
  ];
  return { request, facts, event: 'request.edited', by, key, messages, notAfter: before.dueAt };
}
