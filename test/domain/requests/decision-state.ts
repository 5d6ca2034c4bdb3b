import { HOUR_MS, later } from '#domain/instant.ts';
import type { TermsDraw } from '#domain/launch/launch-evaluation.ts';
import { gateFor } from '#domain/policy/approval-rules.ts';
import { approvalSubject } from '#domain/policy/approval-subject.ts';
import { decide } from '#domain/requests/decide.ts';
import type {
  Click,
  ClickOf,
  DecisionState,
  RequestCommand,
} from '#domain/requests/decision-outcome.ts';
import type { Decision, LaunchRequest } from '#domain/requests/launch-request.ts';
import type { TermsLedger } from '#domain/terms/terms-ledger.ts';
import { NO_TERMS } from '#domain/terms/terms-view.ts';
import {
  aChoice,
  aHold,
  aLedger,
  aPerson,
  aPublishedPolicy,
  aQuota,
  aRequest,
  aShard,
  aType,
  NOW,
  PLAN_HASH,
  POLICY_HASH,
  sha256,
} from '../../builders.ts';

export const ID = 'req-0000000001';

/** One rule with these levels; the rest as `aPublishedPolicy` has it. */
export function rule(
  levels: readonly Readonly<Record<string, unknown>>[],
  changes: Readonly<Record<string, unknown>> = {},
) {
  return { approvals: [{ name: 'one', levels, channel: 'C0APPROVAL', ...changes }] };
}

/** Levels of one seat for each of these people, or quorums of several. */
export const TWO_LEVELS = rule([
  { approvers: { users: ['UAPPROVER', 'UBOTH'] }, silent: { users: ['USILENT'] } },
  { approvers: { users: ['USECOND', 'UBOTH'] } },
]);
export const TWO_SEATS = rule([{ approvers: 'approver', quorum: 2 }]);

/** A type of a quarter of the vCPUs, and what takes two licenses. */
export const TYPES = [
  aType(),
  aType({
    name: 'r6i.large',
    defaultVcpus: 2,
    defaultCores: 1,
    validCores: [1],
    memoryMib: 16_384,
  }),
];
export const SMALL = aChoice({ instanceType: 'r6i.large' });

/** A held request that UAPPROVER is about to decide, gated by the policy given. */
export function aState(changes: Partial<DecisionState> = {}): DecisionState {
  const state: DecisionState = {
    request: aRequest(),
    ledgers: [aLedger({ holds: [aHold()] })],
    terms: NO_TERMS,
    quota: aQuota({ heldRequestIds: [ID], openRequestIds: [ID] }),
    shard: aShard({ instanceTypes: TYPES }),
    published: aPublishedPolicy(),
    userGroups: new Map(),
    others: [],
    actor: aPerson('UAPPROVER'),
    ...changes,
  };
  return { ...state, request: state.request && gated(state.request, state) };
}

/** A request that has no gate gets the one of the policy. */
function gated(
  request: LaunchRequest,
  { published, ledgers }: Pick<DecisionState, 'published' | 'ledgers'>,
): LaunchRequest {
  const asks = request.evaluation.verdict === 'ask';
  if (request.gate !== null || published === null || !asks) return request;
  const { policy } = published;
  return { ...request, gate: gateFor(policy, approvalSubject(policy, request, ledgers)) };
}

const WORDS = { reason: 'Not now', text: 'See the ticket' };

export function aClick<Kind extends Click['kind']>(
  kind: Kind,
  by?: string,
  changes?: Partial<ClickOf<Kind>>,
): Click;
export function aClick(
  kind: Click['kind'],
  by = 'UAPPROVER',
  changes: Partial<Click> = {},
): unknown {
  const replyTo = { personId: by, channelId: 'C0APPROVAL', responseUrl: null };
  const click = { kind, key: 'T1', at: NOW, requestId: ID, planHash: PLAN_HASH, by, replyTo };
  return { ...WORDS, ...click, route: 'slack', principal: null, choice: SMALL, ...changes };
}

export function aDecision(changes: Partial<Decision> = {}): Decision {
  return {
    kind: 'approve',
    by: 'UAPPROVER',
    at: NOW,
    generation: 1,
    planHash: PLAN_HASH,
    policyHash: POLICY_HASH,
    reason: null,
    level: 0,
    route: 'slack',
    principal: null,
    key: 'T0',
    ...changes,
  };
}

export function decided(state: DecisionState, command: RequestCommand, now = NOW) {
  const outcome = decide(state, command, now, sha256);
  if (outcome.kind !== 'decided') throw new Error(JSON.stringify(outcome));
  return outcome.step;
}

/** When a pending request of `aRequest` ends. */
export const ENDS = later(NOW, HOUR_MS);

const LINE = { product: 'sql-server', edition: 'Enterprise', metric: 'core' } as const;
export const TERMS_DRAW: TermsDraw = {
  ledgerId: 'owned core',
  ...LINE,
  licenses: 4,
  consumer: `request/${ID}`,
};

/** Sixteen are owned, and none is needed yet. */
export function aTerms(changes: Partial<TermsLedger> = {}): TermsLedger {
  const holds = changes.holds ?? [];
  return {
    id: 'owned core',
    ...LINE,
    entitled: 16,
    expiresAt: null,
    entitledThen: 0,
    required: 0,
    requiredAtLeast: 0,
    held: holds.reduce((sum, { licenses }) => sum + licenses, 0),
    holds,
    waiting: [],
    asOf: NOW,
    version: 1,
    ...changes,
  };
}

/** What kinds of messages a step causes, notices by their kind and person. */
export function said(messages: DecisionMessages): readonly string[] {
  return messages.map(({ message }) =>
    message.kind === 'notice'
      ? `${message.notice.kind} to ${message.replyTo.personId}`
      : message.kind,
  );
}
type DecisionMessages = ReturnType<typeof decided>['messages'];
