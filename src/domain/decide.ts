import { advance } from '#domain/advance.ts';
import { isApprover, isInterested } from '#domain/approval-rules.ts';
import { approvalSubject } from '#domain/approval-subject.ts';
import { type Approvable, approve } from '#domain/approve.ts';
import type { Step } from '#domain/change.ts';
import {
  type Click,
  type DecisionOutcome,
  type DecisionState,
  type Expiry,
  noticeTo,
  refuse,
  repeat,
} from '#domain/decision-outcome.ts';
import type { OutboxMessage } from '#domain/job.ts';
import type { Decision, LaunchRequest, RequestStatus } from '#domain/launch-request.ts';
import type { Refusal } from '#domain/notice.ts';
import type { Person } from '#domain/person.ts';
import { rolesOf } from '#domain/roles.ts';
import { NO_PERSON, type Ruling, ruleOn } from '#domain/ruling.ts';
import { giveBack } from '#domain/transition.ts';

/**
 * The only way to a decision, from every route: who may, what it changes, and what follows. Pure; the
 * commit of its step makes it stick or fails as a whole.
 */
export function decide(state: DecisionState, command: Click | Expiry, now: Date): DecisionOutcome {
  const { request, actor } = state;
  if (command.kind === 'expire') {
    return request === null ? { kind: 'ignored' } : expire({ ...state, request }, command, now);
  }
  if (request === null) return refuse(null, command, { code: 'not-found' }, now);
  if (actor === 'clock') return refuse(request, command, { code: 'not-an-approver' }, now);
  return click({ ...state, request, actor }, command, now);
}

interface WithRequest extends DecisionState {
  readonly request: LaunchRequest;
}
interface Clicked extends WithRequest {
  readonly actor: Person;
}

function click(state: Clicked, command: Click, now: Date): DecisionOutcome {
  const { request, actor, published } = state;
  if (actor.outsider !== null) return refuse(request, command, { code: 'outsider' }, now);
  const before = request.decisions.find(
    ({ kind, by, generation }) =>
      kind === command.kind && by === actor.id && generation === request.generation,
  );
  if (before !== undefined) return repeat(request, command, before, now);

  const why = whyNotOpen(request, command, now);
  if (why !== null) return refuse(request, command, why, now);
  if (command.kind === 'cancel') {
    if (!mayCancel(state)) return refuse(request, command, { code: 'not-your-request' }, now);
    return end(state, command, null, now);
  }
  if (published === null) return refuse(request, command, { code: 'policy-missing' }, now);
  return judge({ ...state, published }, command, now);
}

/** The approvers' side. Nobody approves what they requested, edited or benefit from. */
function judge(
  state: Clicked & Approvable,
  command: Exclude<Click, { kind: 'cancel' }>,
  now: Date,
): DecisionOutcome {
  const { request, ledgers, actor, published } = state;
  if (command.kind === 'approve' && isInterested(request, actor.id)) {
    return refuse(request, command, { code: 'own-request' }, now);
  }
  if (!isApprover(published.policy, approvalSubject(published.policy, request, ledgers), actor)) {
    return refuse(request, command, { code: 'not-an-approver' }, now);
  }
  return command.kind === 'approve'
    ? approve(state, command, now)
    : end(state, command, command.reason, now);
}

/** Deny wins: it also undoes an approval whose launch has not begun. */
const OPEN_TO: Readonly<Record<Click['kind'], readonly RequestStatus[]>> = {
  approve: ['pending'],
  deny: ['pending', 'approved'],
  cancel: ['pending', 'approved'],
};
const UNDER_WAY: readonly RequestStatus[] = ['launching', 'launched', 'unknown'];

/** The request's side: is there still something to decide, and is it what the card showed? */
function whyNotOpen(request: LaunchRequest, command: Click, now: Date): Refusal | null {
  const { status, dueAt, decisions, planHash } = request;
  if (!OPEN_TO[command.kind].includes(status)) {
    return command.kind === 'cancel' && UNDER_WAY.includes(status)
      ? { code: 'too-late-to-cancel', status }
      : { code: 'already-decided', status, by: decisions.at(-1)?.by ?? null };
  }
  if (dueAt !== null && dueAt <= now) return { code: 'expired' };
  return command.planHash === planHash ? null : { code: 'plan-changed' };
}

function mayCancel({ request, actor, published }: Clicked): boolean {
  if (request.requestedBy === actor.id || request.for === actor.id) return true;
  return published !== null && rolesOf(published.policy, actor).has('administrator');
}

const ENDINGS = {
  deny: 'denied',
  cancel: 'cancelled',
  expire: 'expired',
} as const satisfies Partial<Record<Decision['kind'], RequestStatus>>;

/** What is due: a request nobody decided or launched in time, or a launch still not listed. */
function expire(state: WithRequest, { key, generation }: Expiry, now: Date): DecisionOutcome {
  const { request } = state;
  const due = request.dueAt !== null && request.dueAt <= now;
  if (!due || request.generation !== generation) return { kind: 'ignored' };
  if (EXPIRING.includes(request.status)) {
    const ruling = { kind: 'expire', by: 'clock', reason: null, ...NO_PERSON, key } as const;
    return { kind: 'decided', step: endStep(state, ruling, [], now) };
  }
  const step = advance({ ...state, generation }, { kind: 'unlisted' }, now);
  return step === null ? { kind: 'ignored' } : { kind: 'decided', step };
}
const EXPIRING: readonly RequestStatus[] = ['pending', 'approved'];

function end(
  state: WithRequest,
  command: Click & { readonly kind: 'deny' | 'cancel' },
  reason: string | null,
  now: Date,
): DecisionOutcome {
  const { kind, by, route, principal, key } = command;
  const messages = [noticeTo(command, { kind: 'done', action: kind })];
  return {
    kind: 'decided',
    step: endStep(state, { kind, by, reason, level: null, route, principal, key }, messages, now),
  };
}

/** A request that ends gives everything back. A click must come before the request is due; the clock after. */
function endStep(
  { request, ledgers, quota, published }: WithRequest,
  ruling: Omit<Ruling, 'policyHash'> & { readonly kind: keyof typeof ENDINGS },
  messages: readonly OutboxMessage[],
  now: Date,
): Step {
  const before = { ledgers, quota };
  return ruleOn(
    {
      ruling: { ...ruling, policyHash: published?.hash ?? request.plan.policyHash },
      request: { ...request, status: ENDINGS[ruling.kind], standing: null, dueAt: null },
      before,
      after: giveBack(before, request.id),
      messages,
      notAfter: ruling.kind === 'expire' ? null : request.dueAt,
    },
    now,
  );
}
