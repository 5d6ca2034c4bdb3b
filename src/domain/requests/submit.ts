import type { Sha256 } from '#domain/audit/audit-chain.ts';
import type { Reason } from '#domain/launch/launch-reason.ts';
import type { Elsewhere } from '#domain/launch/places-elsewhere.ts';
import type { Refusal } from '#domain/notice.ts';
import type { Person } from '#domain/person.ts';
import { mayRequest } from '#domain/policy/roles.ts';
import { type Asked, ask, planChoice } from '#domain/requests/asked.ts';
import { NO_STEP, type Step } from '#domain/requests/change.ts';
import {
  type DecisionOutcome,
  type DecisionState,
  FIGURES_MISSING,
  refuse,
  type SubmitCommand,
} from '#domain/requests/decision-outcome.ts';
import { type Facts, factsOf, holdingsOf } from '#domain/requests/judgement.ts';
import type { LaunchRequest, RequestStatus } from '#domain/requests/launch-request.ts';
import { type Opening, openGeneration, openingEvent } from '#domain/requests/open-generation.ts';
import { NO_PERSON, ruleOn } from '#domain/requests/ruling.ts';

/** What a new request is judged on, read consistently. */
export interface SubmitState
  extends Pick<
    DecisionState,
    'ledgers' | 'terms' | 'quota' | 'shard' | 'published' | 'userGroups'
  > {
  /** A request with the command's id, when there is one already. */
  readonly existing: LaunchRequest | null;
  /** The request that the command tries again. */
  readonly retried: LaunchRequest | null;
  /** Who submitted, as Slack says now. */
  readonly requester: Person;
  /** Other accounts where it might be launched; absent: nobody looked. */
  readonly elsewhere?: readonly Elsewhere[] | undefined;
}

/**
 * Where a new request begins: denied by policy with its reasons, approved by policy, held, or waiting.
 * What cannot even be planned makes no request and is refused.
 */
export function submit(
  state: SubmitState,
  command: SubmitCommand,
  now: Date,
  sha256: Sha256,
): DecisionOutcome {
  const { existing, requester, published } = state;
  if (existing !== null) return { kind: 'repeated', step: NO_STEP };
  if (requester.outsider !== null) return refuse(null, command, { code: 'outsider' }, now);
  if (published === null) return refuse(null, command, { code: 'policy-missing' }, now);
  const why = whyNotAgain(state, command);
  if (why !== null) return refuse(null, command, why, now);
  const facts = factsOf(state);
  if (facts === null) return refuse(null, command, FIGURES_MISSING, now);
  const { requestId, choice, by, for: beneficiary } = command;
  const planning = planChoice(facts, choice);
  if (!planning.ok) {
    return refuse(null, command, { code: 'cannot-launch', reasons: planning.reasons }, now);
  }
  const interested = { requestedBy: by, for: beneficiary, editors: [by] };
  const asking = { requestId, choice, plan: planning.plan, interested };
  const asked = limited(ask(facts, asking, now, sha256), state, facts);
  const request = newRequest(asked, command, now);
  return { kind: 'decided', step: begin({ request, facts, command, now }) };
}

/** Only what ended without a launch may be tried again, by whoever asked for it. */
function whyNotAgain({ retried }: SubmitState, { retryOf, by }: SubmitCommand): Refusal | null {
  if (retryOf === null) return null;
  if (retried === null) return { code: 'not-found' };
  if (retried.requestedBy !== by) return { code: 'not-your-request' };
  const { status, decisions } = retried;
  if (AGAIN.includes(status)) return null;
  return { code: 'already-decided', status, by: decisions.at(-1)?.by ?? null };
}
const AGAIN: readonly RequestStatus[] = ['expired', 'failed', 'denied', 'cancelled'];

/** What policy says about who asks, whatever they ask for. */
function limited(
  asked: Asked,
  { requester }: Pick<SubmitState, 'requester'>,
  { published, quota }: Facts,
): Asked {
  const { policy } = published;
  const { openRequestsPerPerson: maximum } = policy.limits;
  if (!mayRequest(policy, requester)) {
    return { ...refusedFor(asked, { code: 'not-a-requester' }), alternatives: [] };
  }
  if (quota.openRequestIds.length < maximum) return asked;
  return refusedFor(asked, { code: 'too-many-open-requests', maximum });
}

function refusedFor<Kept extends Pick<LaunchRequest, 'evaluation' | 'gate'>>(
  asked: Kept,
  reason: Reason,
): Kept {
  const { evaluation } = asked;
  const reasons = [reason, ...evaluation.reasons];
  return { ...asked, gate: null, evaluation: { ...evaluation, verdict: 'refuse', reasons } };
}

/** Version 0: the first write makes it 1. */
function newRequest(
  asked: Asked,
  { requestId, by, for: beneficiary, reason, retryOf }: SubmitCommand,
  now: Date,
): LaunchRequest {
  return {
    ...asked,
    id: requestId,
    generation: 1,
    reasked: null,
    version: 0,
    requestedBy: by,
    for: beneficiary,
    editors: [by],
    reason,
    status: 'pending',
    standing: null,
    decisions: [],
    counter: null,
    notes: [],
    retryOf,
    submittedAt: now,
    updatedAt: now,
    dueAt: null,
    remindAt: null,
    reminded: 0,
    escalatedAt: null,
    instanceIds: [],
    failure: null,
  };
}

interface Beginning {
  readonly request: LaunchRequest;
  readonly facts: Facts;
  readonly command: SubmitCommand;
  readonly now: Date;
}

function begin(beginning: Beginning): Step {
  const { request, facts, command, now } = beginning;
  if (request.evaluation.verdict === 'refuse') return denyByPolicy(beginning);
  const opened = openGeneration(openingOf(request, facts, command), now);
  return opened.kind === 'opened'
    ? opened.step
    : denyByPolicy({ ...beginning, request: refusedFor(request, opened.reason) });
}

function openingOf(request: LaunchRequest, facts: Facts, { by, key }: SubmitCommand): Opening {
  return { request, facts, event: 'request.submitted', by, key, messages: [], notAfter: null };
}

/** A request that is refused on arrival is kept: people see why, and it is audited. */
function denyByPolicy({ request, facts, command, now }: Beginning): Step {
  const { hash: policyHash } = facts.published;
  const { key } = command;
  const holdings = holdingsOf(facts);
  const step = ruleOn(
    {
      ruling: { kind: 'deny', by: 'policy', policyHash, reason: null, ...NO_PERSON, key },
      request: { ...request, status: 'denied' },
      before: holdings,
      after: holdings,
      messages: [],
      notAfter: null,
    },
    now,
  );
  const opening = {
    stream: `request/${request.id}`,
    at: now,
    ...openingEvent(openingOf(request, facts, command)),
  };
  return { ...step, audit: [opening, ...step.audit] };
}
