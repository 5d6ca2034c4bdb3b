import type { ImportCounts } from '#domain/register/import-notice.ts';

/** An entitlement or server that a register has otherwise than the one before. */
export interface RegisterChange {
  readonly kind: 'added' | 'changed' | 'removed';
  /** As its vendor writes it: `SQL Server Enterprise 2022`. */
  readonly what: string;
  /** Contract and purchase date, or server and site: what somebody typed. */
  readonly which: string;
  /** `40 core`, `2 × 16 cores`: as it is after the change, or was before it is removed. */
  readonly amount: string;
  /** Where it changed, by the headers of the file. */
  readonly fields: readonly {
    readonly field: string;
    readonly before: string;
    readonly after: string;
  }[];
}

/** What one register has otherwise than another. */
export interface RegisterDiff {
  readonly changes: readonly RegisterChange[];
  readonly unchanged: number;
}

/** How many lines an import touches, by what becomes of them. */
export function countsOf({ changes, unchanged }: RegisterDiff): ImportCounts {
  const count = (kind: RegisterChange['kind']) =>
    changes.filter((change) => change.kind === kind).length;
  return {
    added: count('added'),
    changed: count('changed'),
    removed: count('removed'),
    unchanged,
  };
}
