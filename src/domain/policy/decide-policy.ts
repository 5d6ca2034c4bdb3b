import type { DecisionCommand } from '#domain/jobs/decision-command.ts';
import type { OutboxMessage } from '#domain/jobs/outbox.ts';
import type { Person } from '#domain/person.ts';
import type { PublishedPolicy } from '#domain/policy/policy.ts';
import type { PolicyNotice, PolicyRefusal } from '#domain/policy/policy-notice.ts';
import {
  mayConfirmAlone,
  POLICY_STREAM,
  type PolicyProposal,
  type ProposalStatus,
  proposalEvent,
} from '#domain/policy/policy-proposal.ts';
import { isAdministrator } from '#domain/policy/roles.ts';
import { NO_STEP, type Step } from '#domain/requests/change.ts';

export type PolicyClick = Extract<DecisionCommand, { kind: 'confirm-policy' | 'reject-policy' }>;

/** What a decision on a policy proposal is made on, read consistently. */
export interface ProposalState {
  readonly proposal: PolicyProposal | null;
  /** The proposed document, as it is stored. */
  readonly document: PublishedPolicy | null;
  readonly published: PublishedPolicy | null;
  /** Slack user ids that administer while no policy is published. */
  readonly firstAdministrators: readonly string[];
  /** Who clicked, as Slack says now. */
  readonly actor: Person;
  /** Whether it was clicked in a channel that people of another organization see. */
  readonly shared: boolean;
}

/** What came of a click. Every `step` is to be committed, also of those that decided nothing. */
export type PolicyOutcome =
  | { readonly kind: 'decided'; readonly step: Step }
  /** The same person decided the same before. */
  | { readonly kind: 'repeated'; readonly step: Step }
  | { readonly kind: 'refused'; readonly why: PolicyRefusal; readonly step: Step };

const ENDINGS = {
  'confirm-policy': 'confirmed',
  'reject-policy': 'rejected',
} as const satisfies Record<PolicyClick['kind'], ProposalStatus>;

/**
 * The only way to a published policy: an administrator of the policy in force confirms it, who is not
 * its proposer. Pure; the commit of its step moves the pointer or fails as a whole.
 */
export function decidePolicy(state: ProposalState, command: PolicyClick, now: Date): PolicyOutcome {
  const { proposal, actor } = state;
  if (proposal === null) return refuse(null, command, { code: 'not-found' }, now);
  if (actor.outsider !== null) return refuse(proposal, command, { code: 'outsider' }, now);
  if (state.shared) return refuse(proposal, command, { code: 'shared-channel' }, now);
  if (proposal.status !== 'open') return tooLate(proposal, command, now);
  if (!isAdministrator(state.published, state.firstAdministrators, actor)) {
    return refuse(proposal, command, { code: 'not-an-administrator' }, now);
  }
  const over = whyOver(state, proposal, now);
  if (over !== null) return close(proposal, command, over, now);
  const why = command.kind === 'confirm-policy' ? whyNotConfirm(state, proposal) : null;
  return why === null ? settle(proposal, command, now) : refuse(proposal, command, why, now);
}

function whyOver(
  { published }: ProposalState,
  { expiresAt, expected }: PolicyProposal,
  now: Date,
): 'expired' | 'superseded' | null {
  if ((published?.hash ?? null) !== expected) return 'superseded';
  return expiresAt <= now ? 'expired' : null;
}

function whyNotConfirm(
  { actor, firstAdministrators, document }: ProposalState,
  proposal: PolicyProposal,
): PolicyRefusal | null {
  if (actor.id === proposal.proposedBy && !mayConfirmAlone(proposal, firstAdministrators)) {
    return { code: 'own-proposal' };
  }
  return document === null ? { code: 'document-missing' } : null;
}

function settle(proposal: PolicyProposal, command: PolicyClick, now: Date): PolicyOutcome {
  const { kind, by, key } = command;
  const status = ENDINGS[kind];
  const details = { proposedBy: proposal.proposedBy, command: key };
  const step: Step = {
    ...NO_STEP,
    proposal: {
      ...proposal,
      status,
      decision: { by, at: now, key },
      version: proposal.version + 1,
    },
    audit: [proposalEvent(proposal, `policy.${status}`, by, details, now)],
    messages: [noticeTo(command, { kind: 'done', action: kind }), card(proposal)],
    notAfter: proposal.expiresAt,
  };
  return { kind: 'decided', step };
}

/** A click that finds the proposal over closes it, so that its card says so too. */
function close(
  proposal: PolicyProposal,
  command: PolicyClick,
  status: 'expired' | 'superseded',
  now: Date,
): PolicyOutcome {
  const refusal = refuse(proposal, command, { code: status }, now);
  const step: Step = {
    ...refusal.step,
    proposal: { ...proposal, status, version: proposal.version + 1 },
    audit: [proposalEvent(proposal, `policy.${status}`, 'clock', {}, now), ...refusal.step.audit],
    messages: [...refusal.step.messages, card(proposal)],
  };
  return { ...refusal, step };
}

function tooLate(proposal: PolicyProposal, command: PolicyClick, now: Date): PolicyOutcome {
  const { status, decision } = proposal;
  if (decision?.by !== command.by || status !== ENDINGS[command.kind]) {
    const by = decision?.by ?? null;
    return refuse(proposal, command, { code: 'already-decided', status, by }, now);
  }
  if (decision.key === command.key) return { kind: 'repeated', step: NO_STEP };
  const { kind: action, by, key } = command;
  const audit = [proposalEvent(proposal, `${action}.repeated`, by, { command: key }, now)];
  const messages = [noticeTo(command, { kind: 'repeated', action })];
  return { kind: 'repeated', step: { ...NO_STEP, audit, messages } };
}

/** Also what is not there is audited, under the id that was named: delivered again, it was answered. */
function refuse(
  proposal: PolicyProposal | null,
  command: PolicyClick,
  why: PolicyRefusal,
  now: Date,
): Extract<PolicyOutcome, { kind: 'refused' }> {
  const { kind: action, by, key, proposalId } = command;
  const details = { why: why.code, command: key };
  const event = `${action}.refused`;
  const unknown = { proposal: proposalId, ...details };
  const audit = [
    proposal === null
      ? { stream: POLICY_STREAM, at: now, event, by, details: unknown }
      : proposalEvent(proposal, event, by, details, now),
  ];
  const messages = [noticeTo(command, { kind: 'refused', action, why })];
  return { kind: 'refused', why, step: { ...NO_STEP, audit, messages } };
}

function noticeTo({ key, proposalId, replyTo }: PolicyClick, notice: PolicyNotice): OutboxMessage {
  return { queue: 'answers', message: { kind: 'policy-notice', key, proposalId, notice, replyTo } };
}

function card({ id }: PolicyProposal): OutboxMessage {
  return { queue: 'answers', message: { kind: 'policy-card', proposalId: id } };
}
