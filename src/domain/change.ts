import type { AuditEntry } from '#domain/audit.ts';
import type { OutboxEntry } from '#domain/job.ts';
import type { LaunchRequest } from '#domain/launch-request.ts';
import type { PoolLedger } from '#domain/license-pool.ts';
import type { PersonQuota } from '#domain/person-quota.ts';

/**
 * All that one step writes, together or not at all. Every versioned value carries the version it
 * will have; it is written only while the stored one is the version before (absent before 1).
 */
export interface Change {
  readonly request: LaunchRequest | null;
  readonly ledgers: readonly PoolLedger[];
  readonly quotas: readonly PersonQuota[];
  /** Appended: written only while nothing has that sequence number in its stream. */
  readonly audit: readonly AuditEntry[];
  readonly outbox: OutboxEntry | null;
  /** The change is void at and after this instant, judged when it is written: expiry cannot be raced. */
  readonly notAfter: Date | null;
}
