import type { Sha256 } from '#domain/audit/audit-chain.ts';
import { isBlank } from '#domain/blank.ts';
import type { OutboxMessage } from '#domain/jobs/outbox.ts';
import type { Refusal } from '#domain/notice.ts';
import { rolesOf } from '#domain/policy/roles.ts';
import { accept } from '#domain/requests/accept-offer.ts';
import { advance } from '#domain/requests/advance.ts';
import { approve } from '#domain/requests/approve.ts';
import type { Step } from '#domain/requests/change.ts';
import { counter, decline } from '#domain/requests/counter-offer.ts';
import {
  type Click,
  type Clicked,
  type ClickOf,
  type DecisionOutcome,
  type DecisionState,
  type Expiry,
  type Governed,
  noticeTo,
  type Reminding,
  type RequestCommand,
  refuse,
  repeat,
} from '#domain/requests/decision-outcome.ts';
import { edit, isRequester } from '#domain/requests/edit.ts';
import { gateToday, mayDecide } from '#domain/requests/eligibility.ts';
import { holdingsOf } from '#domain/requests/judgement.ts';
import type { Decision, LaunchRequest, RequestStatus } from '#domain/requests/launch-request.ts';
import { note } from '#domain/requests/note.ts';
import { override } from '#domain/requests/override.ts';
import { remind } from '#domain/requests/remind.ts';
import { NO_PERSON, type Ruling, ruleOn } from '#domain/requests/ruling.ts';
import { giveBack } from '#domain/requests/transition.ts';

/**
 * The only way to a decision, from every route: who may, what it changes, and what follows. Pure; the
 * commit of its step makes it stick or fails as a whole.
 */
export function decide(
  state: DecisionState,
  command: RequestCommand,
  now: Date,
  sha256: Sha256,
): DecisionOutcome {
  const { request, actor } = state;
  if (command.kind === 'expire' || command.kind === 'remind') {
    return request === null ? { kind: 'ignored' } : ring({ ...state, request }, command, now);
  }
  if (request === null) return refuse(null, command, { code: 'not-found' }, now);
  if (actor === 'clock') return refuse(request, command, { code: 'not-an-approver' }, now);
  return click({ ...state, request, actor }, command, now, sha256);
}

interface WithRequest extends DecisionState {
  readonly request: LaunchRequest;
}

function ring(state: WithRequest, command: Expiry | Reminding, now: Date): DecisionOutcome {
  return command.kind === 'remind' ? remind(state, command, now) : expire(state, command, now);
}

function click(state: Clicked, command: Click, now: Date, sha256: Sha256): DecisionOutcome {
  const { request, actor } = state;
  if (actor.outsider !== null) return refuse(request, command, { code: 'outsider' }, now);
  const before = request.decisions.find((decision) => isSame(decision, request, command));
  if (before !== undefined) return repeat(request, command, before, now);
  const why = whyNotOpen(request, command, now);
  return why === null ? act(state, command, now, sha256) : refuse(request, command, why, now);
}

/** One approval fills one seat of a person and generation; one that was voided fills none. */
function isSame(
  { kind, by, generation, level }: Decision,
  request: LaunchRequest,
  command: Click,
): boolean {
  return (
    kind === command.kind &&
    by === command.by &&
    generation === request.generation &&
    (kind !== 'approve' || level !== null)
  );
}

function act(state: Clicked, command: Click, now: Date, sha256: Sha256): DecisionOutcome {
  if (command.kind === 'cancel') return cancel(state, command, now);
  if (command.kind === 'decline') return decline(state, command, now);
  if (command.kind === 'note') return note(state, command, now);
  const { request, published } = state;
  if (published === null) return refuse(request, command, { code: 'policy-missing' }, now);
  return govern({ ...state, published }, command, now, sha256);
}

/** What only policy can allow. Nobody approves what they requested, edited or benefit from. */
function govern(
  state: Governed,
  command: Exclude<Click, ClickOf<'cancel' | 'decline' | 'note'>>,
  now: Date,
  sha256: Sha256,
): DecisionOutcome {
  switch (command.kind) {
    case 'approve':
      return approve(state, command, now, sha256);
    case 'deny':
      return deny(state, command, now);
    case 'override':
      return override(state, command, now, sha256);
    case 'edit':
      return edit(state, command, now, sha256);
    case 'counter':
      return counter(state, command, now, sha256);
    case 'accept':
      return accept(state, command, now, sha256);
  }
}

const PENDING: readonly RequestStatus[] = ['pending'];
const BEFORE_LAUNCH: readonly RequestStatus[] = ['pending', 'approved'];
const UNDER_WAY: readonly RequestStatus[] = ['launching', 'launched', 'unknown'];

/** Deny wins: it also undoes an approval whose launch has not begun. */
const OPEN_TO: Readonly<Record<Click['kind'], readonly RequestStatus[]>> = {
  approve: PENDING,
  deny: BEFORE_LAUNCH,
  cancel: BEFORE_LAUNCH,
  override: PENDING,
  edit: PENDING,
  counter: PENDING,
  accept: PENDING,
  decline: PENDING,
  note: [...BEFORE_LAUNCH, ...UNDER_WAY],
};

/** The request's side: is there still something to decide, and is it what the card showed? */
function whyNotOpen(request: LaunchRequest, command: Click, now: Date): Refusal | null {
  const { status, dueAt, decisions } = request;
  if (!OPEN_TO[command.kind].includes(status)) {
    return command.kind === 'cancel' && UNDER_WAY.includes(status)
      ? { code: 'too-late-to-cancel', status }
      : { code: 'already-decided', status, by: decisions.at(-1)?.by ?? null };
  }
  const expired = BEFORE_LAUNCH.includes(status) && dueAt !== null && dueAt <= now;
  return expired ? { code: 'expired' } : whyNotShown(request, command);
}

/** Whoever decides has seen what they decide on; words go with any plan. */
function whyNotShown(request: LaunchRequest, { kind, planHash }: Click): Refusal | null {
  if (kind === 'note') return null;
  if (kind !== 'accept' && kind !== 'decline') {
    return planHash === request.planHash ? null : { code: 'plan-changed' };
  }
  const shown = request.counter?.planHash ?? planHash;
  return planHash === shown ? null : { code: 'plan-changed' };
}

function cancel(state: Clicked, command: ClickOf<'cancel'>, now: Date): DecisionOutcome {
  const { request, actor, published } = state;
  const administers = published !== null && rolesOf(published.policy, actor).has('administrator');
  return isRequester(request, actor.id) || administers
    ? end(state, command, null, now)
    : refuse(request, command, { code: 'not-your-request' }, now);
}

/** By any approver of any level, whoever has approved, and with a reason. */
function deny(state: Governed, command: ClickOf<'deny'>, now: Date): DecisionOutcome {
  const { request, actor } = state;
  if (!mayDecide(gateToday(state), actor, request)) {
    return refuse(request, command, { code: 'not-an-approver' }, now);
  }
  return isBlank(command.reason)
    ? refuse(request, command, { code: 'reason-missing' }, now)
    : end(state, command, command.reason, now);
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
  if (BEFORE_LAUNCH.includes(request.status)) {
    const ruling = { kind: 'expire', by: 'clock', reason: null, ...NO_PERSON, key } as const;
    return { kind: 'decided', step: endStep(state, ruling, [], now) };
  }
  const terms = state.terms.ledgers;
  const step = advance({ ...state, terms, generation }, { kind: 'unlisted' }, now);
  return step === null ? { kind: 'ignored' } : { kind: 'decided', step };
}

function end(
  state: WithRequest,
  command: ClickOf<'deny' | 'cancel'>,
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
  state: WithRequest,
  ruling: Omit<Ruling, 'policyHash'> & { readonly kind: keyof typeof ENDINGS },
  messages: readonly OutboxMessage[],
  now: Date,
): Step {
  const { request, published } = state;
  const before = holdingsOf(state);
  const status = ENDINGS[ruling.kind];
  return ruleOn(
    {
      ruling: { ...ruling, policyHash: published?.hash ?? request.plan.policyHash },
      request: { ...request, status, standing: null, dueAt: null, remindAt: null, counter: null },
      before,
      after: giveBack(before, request.id),
      messages,
      notAfter: ruling.kind === 'expire' ? null : request.dueAt,
    },
    now,
  );
}
