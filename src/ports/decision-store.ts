import type { AuditEntry } from '#domain/audit/audit.ts';
import type { FollowUp } from '#domain/follow-ups/follow-up.ts';
import type { PoolId, PoolLedger } from '#domain/licenses/license-pool.ts';
import type { FollowedRecommendation } from '#domain/optimization/followed-recommendation.ts';
import type { Change } from '#domain/requests/change.ts';
import type { LaunchRequest } from '#domain/requests/launch-request.ts';
import type { PersonQuota } from '#domain/requests/person-quota.ts';
import type { TermsLedger } from '#domain/terms/terms-ledger.ts';

/** What a decision is made on, read consistently. */
export interface DecisionStore {
  /** The request, or `null`. Strongly consistent. */
  request(id: string): Promise<LaunchRequest | null>;
  /** The ledgers that exist among `poolIds`, in no particular order. Strongly consistent. */
  ledgers(poolIds: readonly PoolId[]): Promise<readonly PoolLedger[]>;
  /** The terms ledgers that exist among `ids`, in no particular order. Strongly consistent. */
  termsLedgers(ids: readonly string[]): Promise<readonly TermsLedger[]>;
  /** A person's quota; version 0 when nothing was ever written. Strongly consistent. */
  quota(personId: string): Promise<PersonQuota>;
  /** The follow-up, or `null`. Strongly consistent. */
  followUp(id: string): Promise<FollowUp | null>;
  /** The recommendation with what became of it, or `null`. Strongly consistent. */
  recommendation(id: string): Promise<FollowedRecommendation | null>;
  /** The newest audit entry of a stream, or `null` before the first. Strongly consistent. */
  auditHead(stream: string): Promise<AuditEntry | null>;
  /** A stream's audit entries, first to last. Strongly consistent. */
  auditTrail(stream: string): Promise<readonly AuditEntry[]>;
  /**
   * Write the change, all or nothing.
   *
   * @throws {Conflict} when any version, sequence or `notAfter` no longer holds: read again, decide again.
   */
  commit(change: Change): Promise<void>;
  /**
   * Write changes that were each made on top of those before, all of them or none.
   *
   * @throws {Conflict} as `commit` does, when one of them lost or was not made on top of those before
   * @throws {RangeError} when they are more than can be written together
   */
  commitAll(changes: readonly Change[]): Promise<void>;
}
