import type { RowPlace } from '#domain/audit-verify.ts';

/** One audit row as it is stored, whatever it has become, and where it lies. */
export interface AuditRow {
  readonly document: unknown;
  readonly place: RowPlace;
}

/** The whole audit, for auditors. */
export interface AuditRows {
  /** Every row there is; those of one stream in the order in which they lie. */
  rows(): AsyncIterable<AuditRow>;
}
