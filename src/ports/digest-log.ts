import type { StreamHead } from '#domain/audit/audit-verify.ts';
import type { DayHeads } from '#domain/audit/chain-digest.ts';

/** What digests of the audit are made of, and the lists that they stand for. */
export interface DigestLog {
  /** Everything audited on a UTC day, in no particular order. Eventually consistent. */
  audited(day: string): Promise<readonly StreamHead[]>;
  /** Keep a list under its hash, for good. Safe to repeat. */
  keep(hash: string, heads: DayHeads): Promise<void>;
  /** The list with this hash, or `null`. */
  list(hash: string): Promise<DayHeads | null>;
}
