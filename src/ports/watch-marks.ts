import type { Scope } from '#domain/scope.ts';

/** What functions/watch remembers, so that nothing is looked at for ever. */
export interface WatchMarks {
  /** Whether a use was found to be of a request of ours. */
  isRequested(followUpId: string): Promise<boolean>;
  /** Remember it, until then at least. */
  noteRequested(followUpId: string, until: Date): Promise<void>;
  /** Up to which moment the snapshots of a scope were looked through; `null`: never. */
  lookedThrough(scope: Scope): Promise<Date | null>;
  noteLookedThrough(scope: Scope, asOf: Date): Promise<void>;
}
