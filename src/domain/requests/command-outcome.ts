import * as z from 'zod';
import type { AuditEntry } from '#domain/audit/audit.ts';
import type { LaunchRequest } from '#domain/requests/launch-request.ts';

/** What became of a command, found by its key. */
export const CommandOutcome = z.object({
  key: z.string(),
  /**
   * `pending`: nothing is written about it yet. `repeated`: the same person had done the same before.
   */
  outcome: z.enum(['pending', 'done', 'repeated', 'refused']),
  /** Code of the refusal. */
  why: z.string().nullable(),
});
export type CommandOutcome = z.output<typeof CommandOutcome>;

/** A command, by its key and what it was for. */
export interface GivenCommand {
  readonly key: string;
  readonly kind: string;
}

/**
 * Look a command up in what was written. A click that was refused may have written more than that: what
 * it found to be no longer so.
 */
export function commandOutcome(
  { key, kind }: GivenCommand,
  request: LaunchRequest | null,
  trail: readonly AuditEntry[],
): CommandOutcome {
  const entries = trail.filter(({ details }) => details['command'] === key);
  const refused = entries.find(({ event }) => event.endsWith('.refused'));
  if (refused !== undefined) {
    return { key, outcome: 'refused', why: String(refused.details['why'] ?? 'unknown') };
  }
  if (entries.some(({ event }) => event.endsWith('.repeated'))) {
    return { key, outcome: 'repeated', why: null };
  }
  const isDone = entries.length > 0 || isRecorded(request, key, kind);
  return { key, outcome: isDone ? 'done' : 'pending', why: null };
}

function isRecorded(request: LaunchRequest | null, key: string, kind: string): boolean {
  if (request === null) return false;
  return kind === 'submit' || request.decisions.some((decision) => decision.key === key);
}
