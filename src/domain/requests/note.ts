import { isBlank } from '#domain/blank.ts';
import { isInterested } from '#domain/policy/approval-rules.ts';
import {
  type Clicked,
  type ClickOf,
  type DecisionOutcome,
  noticeTo,
  refuse,
} from '#domain/requests/decision-outcome.ts';
import { gateToday, mayDecide } from '#domain/requests/eligibility.ts';
import { NO_HOLDINGS, transitionStep } from '#domain/requests/transition.ts';

/** A request is one stored item, and a card one message. */
const MOST_NOTES = 20;
const LONGEST = 500;

/** Keep somebody's words with a request: of those who take part in it, and of those who may approve it. */
export function note(state: Clicked, command: ClickOf<'note'>, now: Date): DecisionOutcome {
  const { request, actor } = state;
  const { by, key, text } = command;
  if (!takesPart(state)) return refuse(request, command, { code: 'not-an-approver' }, now);
  if (isBlank(text)) return refuse(request, command, { code: 'reason-missing' }, now);
  if (request.notes.length >= MOST_NOTES) {
    return refuse(request, command, { code: 'too-many-notes', maximum: MOST_NOTES }, now);
  }
  const notes = [...request.notes, { by: actor.id, at: now, text: text.slice(0, LONGEST) }];
  const { generation } = request;
  const step = transitionStep({
    before: NO_HOLDINGS,
    after: NO_HOLDINGS,
    request: { ...request, notes },
    event: {
      event: 'request.noted',
      by,
      details: { generation, notes: notes.length, command: key },
    },
    messages: [noticeTo(command, { kind: 'done', action: 'note' })],
    notAfter: null,
    now,
  });
  return { kind: 'decided', step };
}

function takesPart(state: Clicked): boolean {
  const { request, actor, published } = state;
  if (isInterested(request, actor.id) || request.decisions.some(({ by }) => by === actor.id)) {
    return true;
  }
  return published !== null && mayDecide(gateToday({ ...state, published }), actor, request);
}
