import type { RowPlace } from '#domain/audit/audit-verify.ts';
import type { DayHeads } from '#domain/audit/chain-digest.ts';

/** One audit row as it is stored, whatever it has become, and where it lies. */
export interface AuditRow {
  readonly document: unknown;
  readonly place: RowPlace;
}

/** The whole audit, for auditors: nothing of it is taken to be as it should. */
export interface AuditRows {
  /** Every row there is, or one stream's; those of one stream in the order in which they lie. */
  rows(stream?: string): AsyncIterable<AuditRow>;
  /** The list that a digest names by its hash, or `null`. */
  list(hash: string): Promise<DayHeads | null>;
}
