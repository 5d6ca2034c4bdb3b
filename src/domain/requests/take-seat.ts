import type { AuditEvent } from '#domain/audit/audit.ts';
import type { Refusal } from '#domain/notice.ts';
import type { Approval } from '#domain/requests/approve.ts';
import type { Step } from '#domain/requests/change.ts';
import { type DecisionOutcome, noticeTo, refuse } from '#domain/requests/decision-outcome.ts';
import {
  lostSeats,
  whyNotAtLevel,
  whyNotSigned,
  withoutSeats,
} from '#domain/requests/eligibility.ts';
import { grant } from '#domain/requests/grant.ts';
import { holdingsOf } from '#domain/requests/judgement.ts';
import type { LaunchRequest } from '#domain/requests/launch-request.ts';
import { askThem } from '#domain/requests/remind.ts';
import { openLevel, type SeatTaken, seatsLeft, seatsTaken } from '#domain/requests/request-gate.ts';
import { type Ruled, ruleOn } from '#domain/requests/ruling.ts';
import { NO_HOLDINGS, transitionStep } from '#domain/requests/transition.ts';

/**
 * Fill a seat of the open level. Seats of those who may no longer sit there are open again first. With
 * the last seat the request is approved; before, it stays pending with what it holds.
 */
export function takeSeat(approval: Approval, now: Date): DecisionOutcome {
  const { state, gate, command } = approval;
  const { request, others } = state;
  const lost = lostSeats(request, gate, others);
  const standing = withoutSeats(request, lost);
  const level = openLevel(gate, seatsTaken(standing));
  const reopened = lost.length === 0 ? null : reopeningOf(standing, lost, command.by, now);
  const why = whyNotSeated(approval, level);
  if (why !== null) {
    return refuse(
      request,
      command,
      why,
      now,
      reopened ? reopen(standing, reopened, now) : undefined,
    );
  }
  const step = fill(approval, standing, level, now);
  const audit = reopened === null ? step.audit : [reopened, ...step.audit];
  return { kind: 'decided', step: { ...step, audit } };
}

function whyNotSeated(
  { state: { request, actor, published }, gate, command }: Approval,
  level: number | null,
): Refusal | null {
  const why = whyNotAtLevel(gate, actor, request, level);
  return why ?? whyNotSigned(gate, command, published.policy);
}

function fill(
  { state, facts, evaluation, gate, command }: Approval,
  request: LaunchRequest,
  level: number | null,
  now: Date,
): Step {
  const { by, key, route, principal } = command;
  const { hash: policyHash, policy } = facts.published;
  const ruled: Omit<Ruled, 'after' | 'messages'> = {
    ruling: { kind: 'approve', by, policyHash, reason: null, level, route, principal, key },
    request,
    before: holdingsOf(facts),
    notAfter: state.request.dueAt,
  };
  const taken = [...seatsTaken(request), { level }];
  const left = seatsLeft(gate, taken);
  if (left === 0) {
    const messages = [noticeTo(command, { kind: 'done', action: 'approve' })];
    return grant({ ...ruled, request: { ...request, evaluation }, messages }, policy, now);
  }
  const notice = noticeTo(command, { kind: 'seat-filled', seatsLeft: left });
  const next = openLevel(gate, taken) === level ? [] : [askThem(request, key, false)];
  return ruleOn(
    {
      ...ruled,
      as: { event: 'request.seat-filled', by, command: key },
      before: NO_HOLDINGS,
      after: NO_HOLDINGS,
      messages: [notice, ...next],
    },
    now,
  );
}

function reopeningOf(
  { id, generation }: LaunchRequest,
  lost: readonly SeatTaken[],
  by: string,
  now: Date,
): AuditEvent {
  const people = lost.map((seat) => seat.by).join(' ');
  const event = 'request.seats-reopened';
  return { stream: `request/${id}`, at: now, event, by, details: { generation, people } };
}

/** Written though the click that found it out does not count. */
function reopen(request: LaunchRequest, { event, by, details }: AuditEvent, now: Date): Step {
  return transitionStep({
    before: NO_HOLDINGS,
    after: NO_HOLDINGS,
    request,
    event: { event, by, details },
    messages: [],
    notAfter: request.dueAt,
    now,
  });
}
