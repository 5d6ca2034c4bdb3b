import type { AuditEvent } from '#domain/audit/audit.ts';
import { type FollowUp, followUpStream } from '#domain/follow-ups/follow-up.ts';
import type { FollowUpNotice, FollowUpRefusal } from '#domain/follow-ups/follow-up-notice.ts';
import type { DecisionCommand } from '#domain/jobs/decision-command.ts';
import type { OutboxMessage } from '#domain/jobs/outbox.ts';
import type { PoolLedger } from '#domain/licenses/license-pool.ts';
import type { Person } from '#domain/person.ts';
import type { PublishedPolicy } from '#domain/policy/policy.ts';
import { NO_STEP, type Step } from '#domain/requests/change.ts';
import type { LaunchRequest } from '#domain/requests/launch-request.ts';

export type FollowUpClick = Extract<DecisionCommand, { kind: 'follow-up' }>;
export type FollowUpDue = Extract<DecisionCommand, { kind: 'follow-up-due' }>;

/** What a decision on a follow-up is made on, read consistently. */
export interface FollowUpState {
  readonly followUp: FollowUp | null;
  /** That a time box is of: whoever lets it run longer passes the gate of its launch. */
  readonly request: LaunchRequest | null;
  /** Those that exist of the pools that it is about. */
  readonly ledgers: readonly PoolLedger[];
  readonly published: PublishedPolicy | null;
  /** Who clicked, as Slack says now; `clock` for what is due. */
  readonly actor: Person | 'clock';
  /** Those of `othersOfFollowUp` whom Slack still knows, as it says now. */
  readonly others: readonly Person[];
  /** Whether it was clicked in a channel that people of another organization see. */
  readonly shared: boolean;
}

/** What came of a command. Every `step` is to be committed, also of those that decided nothing. */
export type FollowUpOutcome =
  | { readonly kind: 'decided'; readonly step: Step }
  /** The same person decided the same before. The step tells them so, once per click. */
  | { readonly kind: 'repeated'; readonly step: Step }
  | { readonly kind: 'refused'; readonly why: FollowUpRefusal; readonly step: Step }
  /** A timer that rang early, late or twice. Nothing to write. */
  | { readonly kind: 'ignored' };

/** The people beside the actor whom a click depends on: who agreed to a later end before. */
export function othersOfFollowUp(
  followUp: FollowUp | null,
  { action }: Pick<FollowUpClick, 'action'>,
): readonly string[] {
  if (followUp?.kind !== 'time-box' || action.do !== 'extend') return [];
  return (followUp.extension?.agreed ?? []).map(({ by }) => by);
}

/**
 * Refuse a click. Also one on what is not there is audited, under the id that it names: delivered again,
 * it is known to be answered.
 */
export function refuse(command: FollowUpClick, why: FollowUpRefusal, now: Date): FollowUpOutcome {
  const { action } = command;
  const details = { why: why.code, action: action.do };
  const notice: FollowUpNotice = { kind: 'refused', action, why };
  return { kind: 'refused', why, step: answered(command, 'refused', details, notice, now) };
}

/** Answer a decision that was made before; a click delivered twice is answered once. */
export function repeat(command: FollowUpClick, key: string, now: Date): FollowUpOutcome {
  const { action } = command;
  if (key === command.key) return { kind: 'repeated', step: NO_STEP };
  const notice: FollowUpNotice = { kind: 'repeated', action };
  const step = answered(command, 'repeated', { action: action.do }, notice, now);
  return { kind: 'repeated', step };
}

/** A click that changed nothing, audited and told. */
function answered(
  command: FollowUpClick,
  what: 'refused' | 'repeated',
  details: AuditEvent['details'],
  notice: FollowUpNotice,
  now: Date,
): Step {
  const { by, key, followUpId } = command;
  const event: AuditEvent = {
    stream: followUpStream({ id: followUpId }),
    at: now,
    event: `follow-up.${what}`,
    by,
    details: { ...details, command: key },
  };
  return { ...NO_STEP, audit: [event], messages: [noticeTo(command, notice)] };
}

/** Tell the person who clicked something about the follow-up. */
export function noticeTo(
  { key, followUpId, replyTo }: FollowUpClick,
  notice: FollowUpNotice,
): OutboxMessage {
  return {
    queue: 'answers',
    message: { kind: 'follow-up-notice', key, followUpId, notice, replyTo },
  };
}
