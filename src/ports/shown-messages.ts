import type { ShownMessage } from '#domain/audit/shown-message.ts';

/** The approvers' cards as they were shown, kept apart from the audit, so that they can be erased. */
export interface ShownMessages {
  /** Keep what a request's card shows from now on, under a salt of its own. */
  keep(requestId: string, text: string): Promise<void>;
  /** The hash of what a request's card showed last; `null` where nothing is kept. Strongly consistent. */
  newestHash(requestId: string): Promise<string | null>;
  /** All that is kept of a request's card, first to last. */
  list(requestId: string): Promise<readonly ShownMessage[]>;
}
