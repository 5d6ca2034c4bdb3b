import type { AuditEntry, AuditEvent } from '#domain/audit/audit.ts';
import { chain, type Sha256 } from '#domain/audit/audit-chain.ts';
import type { FollowUp } from '#domain/follow-ups/follow-up.ts';
import type { OutboxEntry, OutboxMessage } from '#domain/jobs/outbox.ts';
import type { PoolLedger } from '#domain/licenses/license-pool.ts';
import type { RegisterMove } from '#domain/licenses/license-register.ts';
import type { FollowedRecommendation } from '#domain/optimization/followed-recommendation.ts';
import type { PolicyProposal } from '#domain/policy/policy-proposal.ts';
import type { LaunchRequest } from '#domain/requests/launch-request.ts';
import type { PersonQuota } from '#domain/requests/person-quota.ts';
import type { TermsLedger } from '#domain/terms/terms-ledger.ts';

/**
 * All that one step writes, together or not at all. Every versioned value carries the version it
 * will have; it is written only while the stored one is the version before (absent before 1).
 */
export interface Change {
  readonly request: LaunchRequest | null;
  readonly ledgers: readonly PoolLedger[];
  readonly termsLedgers?: readonly TermsLedger[] | undefined;
  readonly quotas: readonly PersonQuota[];
  readonly followUps?: readonly FollowUp[] | undefined;
  readonly recommendations?: readonly FollowedRecommendation[] | undefined;
  /** A confirmed one moves the pointer to the published policy, from the one it expected. */
  readonly proposal?: PolicyProposal | undefined;
  /** Moves the pointer to the register in force, from the one it expected. */
  readonly register?: RegisterMove | undefined;
  /** Appended: written only while nothing has that sequence number in its stream. */
  readonly audit: readonly AuditEntry[];
  readonly outbox: OutboxEntry | null;
  /** The change is void at and after this instant, judged when it is written: expiry cannot be raced. */
  readonly notAfter: Date | null;
}

/** A change as the domain decides it: its audit not yet chained, its messages not yet in an outbox. */
export interface Step extends Omit<Change, 'audit' | 'outbox'> {
  readonly audit: readonly AuditEvent[];
  readonly messages: readonly OutboxMessage[];
}

/** A step that writes nothing yet. */
export const NO_STEP: Step = {
  request: null,
  ledgers: [],
  quotas: [],
  audit: [],
  messages: [],
  notAfter: null,
};

/** The audit streams whose newest entries `sealStep` must be given. */
export function streamsOf({ audit }: Pick<Step, 'audit'>): readonly string[] {
  return [...new Set(audit.map(({ stream }) => stream))];
}

/**
 * Make a step ready to commit.
 *
 * @param heads the newest entry of each of `streamsOf(step)`; streams without one are new
 * @param outboxId a new id for the outbox entry
 */
export function sealStep(
  step: Step,
  heads: readonly AuditEntry[],
  outboxId: string,
  now: Date,
  sha256: Sha256,
): Change {
  const { messages, audit: events, ...written } = step;
  const audit = streamsOf(step).flatMap((stream) =>
    chain(
      heads.find((head) => head.stream === stream) ?? null,
      events.filter((event) => event.stream === stream),
      sha256,
    ),
  );
  const outbox = messages.length === 0 ? null : { id: outboxId, messages, writtenAt: now };
  return { ...written, audit, outbox };
}
