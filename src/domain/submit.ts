import type { AuditEvent } from '#domain/audit.ts';
import type { Sha256 } from '#domain/audit-chain.ts';
import { NO_STEP, type Step } from '#domain/change.ts';
import { type DecisionOutcome, refuse, type SubmitCommand } from '#domain/decision-outcome.ts';
import { obstacleToHold } from '#domain/hold-caps.ts';
import { later } from '#domain/instant.ts';
import type { InventoryShard } from '#domain/inventory.ts';
import { findAlternatives } from '#domain/launch-alternatives.ts';
import { type Evaluation, evaluateLaunch, type Reason } from '#domain/launch-evaluation.ts';
import { type LaunchPlan, templateOf } from '#domain/launch-plan.ts';
import { resolvePlan, sealPlan } from '#domain/launch-planning.ts';
import type { LaunchRequest } from '#domain/launch-request.ts';
import { allLedgers } from '#domain/ledger.ts';
import type { PoolLedger } from '#domain/license-pool.ts';
import type { Person } from '#domain/person.ts';
import { addHeld, type PersonQuota } from '#domain/person-quota.ts';
import type { PublishedPolicy } from '#domain/policy.ts';
import { mayRequest } from '#domain/roles.ts';
import { NO_PERSON, ruleOn } from '#domain/ruling.ts';
import type { LaunchTerms } from '#domain/terms-view.ts';
import { type Holdings, joinLines, takeHolds, transitionStep } from '#domain/transition.ts';

/** What a new request is judged on, read consistently. */
export interface SubmitState {
  /** A request with the command's id, when there is one already. */
  readonly existing: LaunchRequest | null;
  /** Those that exist of `poolsToRead(null, shard)`. */
  readonly ledgers: readonly PoolLedger[];
  /** What the launch may draw on by the vendors' terms. */
  readonly terms: LaunchTerms;
  /** The requester's. */
  readonly quota: PersonQuota;
  /** The newest inventory of the account and Region chosen. */
  readonly shard: InventoryShard | null;
  readonly published: PublishedPolicy | null;
  /** Who submitted, as Slack says now. */
  readonly requester: Person;
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
  const { existing, requester, published, shard } = state;
  if (existing !== null) return { kind: 'repeated', step: NO_STEP };
  if (requester.outsider !== null) return refuse(null, command, { code: 'outsider' }, now);
  if (published === null) return refuse(null, command, { code: 'policy-missing' }, now);
  if (shard === null) {
    const reasons = [{ code: 'figures-missing' } as const];
    return refuse(null, command, { code: 'cannot-launch', reasons }, now);
  }
  const planning = resolvePlan(command.choice, shard, published.hash);
  if (!planning.ok) {
    return refuse(null, command, { code: 'cannot-launch', reasons: planning.reasons }, now);
  }
  const ledgers = allLedgers(shard, state.ledgers);
  const judged = judge({ ...state, ledgers, published, shard }, command, planning.plan, now);
  const request = newRequest(judged, command, now, sha256);
  return { kind: 'decided', step: begin(judged, request, command, now) };
}

interface Judgeable extends SubmitState {
  readonly published: PublishedPolicy;
  readonly shard: InventoryShard;
}

interface Judged extends Judgeable, Pick<LaunchRequest, 'plan' | 'evaluation' | 'alternatives'> {}

function judge(
  state: Judgeable,
  { requestId, choice, by, for: beneficiary }: SubmitCommand,
  plan: LaunchPlan,
  now: Date,
): Judged {
  const { requester, shard, ledgers, terms, published } = state;
  const { policy } = published;
  const interested = { requestedBy: by, for: beneficiary, editors: [by] };
  const question = { requestId, plan, interested, shard, ledgers, terms, policy, now };
  const evaluation = evaluateLaunch(question);
  if (!mayRequest(policy, requester)) {
    return { ...state, plan, evaluation: refusedToAsk(evaluation), alternatives: [] };
  }
  const alternatives = findAlternatives(question, choice, evaluation);
  return { ...state, plan, evaluation, alternatives };
}

function refusedToAsk(evaluation: Evaluation): Evaluation {
  const reasons = [{ code: 'not-a-requester' } as const, ...evaluation.reasons];
  return { ...evaluation, verdict: 'refuse', reasons };
}

/** Version 0: the first write makes it 1. */
function newRequest(
  { plan, evaluation, alternatives, shard, published }: Judged,
  { requestId, by, for: beneficiary, choice, reason }: SubmitCommand,
  now: Date,
  sha256: Sha256,
): LaunchRequest {
  const account = published.policy.accounts.find(({ id }) => id === choice.account);
  const draw = evaluation.draws.find(({ poolId }) => poolId === choice.poolId);
  const pool = shard.configurations.find(({ arn }) => arn === draw?.configurationArn);
  return {
    id: requestId,
    generation: 1,
    reasked: null,
    version: 0,
    requestedBy: by,
    for: beneficiary,
    editors: [by],
    reason,
    choice,
    labels: {
      account: account?.name ?? choice.account,
      pool: pool?.name ?? choice.poolId,
      source: templateOf(plan)?.name ?? '',
    },
    plan,
    planHash: sealPlan(plan, sha256),
    evaluation,
    alternatives,
    status: 'pending',
    standing: null,
    gate: null,
    decisions: [],
    counter: null,
    notes: [],
    retryOf: null,
    submittedAt: now,
    updatedAt: now,
    dueAt: later(now, published.policy.expiry.pending),
    remindAt: null,
    reminded: 0,
    escalatedAt: null,
    instanceIds: [],
    failure: null,
  };
}

function begin(judged: Judged, request: LaunchRequest, command: SubmitCommand, now: Date): Step {
  switch (judged.evaluation.verdict) {
    case 'refuse':
      return withSubmission(denyByPolicy(judged, request, command, now), request, now);
    case 'allow':
      return withSubmission(approveByPolicy(judged, request, command, now), request, now);
    case 'ask':
      return place(judged, request, command, now);
  }
}

/** A ledger is one stored item: a longer line could outgrow it. */
const LONGEST_LINE = 1000;

function place(judged: Judged, request: LaunchRequest, command: SubmitCommand, now: Date): Step {
  const { ledgers, evaluation, published } = judged;
  const { draws } = evaluation;
  if (obstacleToHold(evaluation, holdingsOf(judged), published.policy.limits, now) === null) {
    return putDown(judged, { ...request, standing: 'held' }, now);
  }
  const full = ledgers.find(
    ({ poolId, waiting }) =>
      waiting.length >= LONGEST_LINE && draws.some((draw) => draw.poolId === poolId),
  );
  if (full === undefined) return putDown(judged, { ...request, standing: 'waiting' }, now);
  const { poolId, waiting } = full;
  const reason: Reason = { code: 'line-full', poolId, waiting: waiting.length };
  const reasons = [reason, ...evaluation.reasons];
  const refused = {
    ...request,
    evaluation: { ...evaluation, verdict: 'refuse' as const, reasons },
  };
  return withSubmission(denyByPolicy(judged, refused, command, now), refused, now);
}

function denyByPolicy(
  judged: Judged,
  request: LaunchRequest,
  { key }: SubmitCommand,
  now: Date,
): Step {
  const { published } = judged;
  const holdings = holdingsOf(judged);
  const ruling = {
    kind: 'deny',
    by: 'policy',
    policyHash: published.hash,
    reason: null,
    ...NO_PERSON,
    key,
  } as const;
  return ruleOn(
    {
      ruling,
      request: { ...request, status: 'denied', dueAt: null },
      before: holdings,
      after: holdings,
      messages: [],
      notAfter: null,
    },
    now,
  );
}

function approveByPolicy(
  judged: Judged,
  request: LaunchRequest,
  { key }: SubmitCommand,
  now: Date,
): Step {
  const { published, evaluation } = judged;
  const before = holdingsOf(judged);
  const { id, generation } = request;
  const { hash: policyHash, policy } = published;
  const hold = { requestId: id, firm: true, at: now };
  return ruleOn(
    {
      ruling: { kind: 'auto-approve', by: 'policy', policyHash, reason: null, ...NO_PERSON, key },
      request: { ...request, status: 'approved', dueAt: later(now, policy.expiry.approved) },
      before,
      after: takeHolds(before, evaluation, hold),
      messages: [{ queue: 'launches', message: { kind: 'launch', requestId: id, generation } }],
      notAfter: null,
    },
    now,
  );
}

function putDown(judged: Judged, request: LaunchRequest, now: Date): Step {
  return transitionStep({
    before: holdingsOf(judged),
    after: request.standing === 'held' ? hold(judged, request.id, now) : wait(judged, request.id),
    request,
    event: submission(request),
    messages: [],
    notAfter: null,
    now,
  });
}

function hold(judged: Judged, requestId: string, at: Date): Holdings {
  const held = takeHolds(holdingsOf(judged), judged.evaluation, { requestId, firm: false, at });
  return { ...held, quota: addHeld(judged.quota, requestId) };
}

function wait(judged: Judged, requestId: string): Holdings {
  return joinLines(holdingsOf(judged), judged.evaluation, requestId);
}

function holdingsOf({ ledgers, terms, quota }: Judged) {
  return { ledgers, terms: terms.ledgers, quota };
}

function submission(request: LaunchRequest): Pick<AuditEvent, 'event' | 'by' | 'details'> {
  const { generation, planHash, plan, standing, evaluation } = request;
  const { verdict } = evaluation;
  return {
    event: 'request.submitted',
    by: request.requestedBy,
    details: { generation, planHash, policyHash: plan.policyHash, verdict, standing },
  };
}

/** What policy decides at once is audited as two events: the submission and the decision. */
function withSubmission(step: Step, request: LaunchRequest, at: Date): Step {
  const event = { stream: `request/${request.id}`, at, ...submission(request) };
  return { ...step, audit: [event, ...step.audit] };
}
