import * as z from 'zod';
import type { AuditEntry } from '#domain/audit.ts';
import type { LaunchRequest } from '#domain/launch-request.ts';

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

/** What a command was: who gave it, and what for. */
export interface GivenCommand {
  readonly key: string;
  readonly kind: string;
  readonly by: string;
}

/**
 * Look a command up in what was written: its audit entry says it, and a repeat, which leaves none, is
 * known by the decision that it repeats.
 */
export function commandOutcome(
  { key, kind, by }: GivenCommand,
  request: LaunchRequest | null,
  trail: readonly AuditEntry[],
): CommandOutcome {
  const entry = trail.find(({ details }) => details['command'] === key);
  if (entry?.event.endsWith('.refused') === true) {
    return { key, outcome: 'refused', why: String(entry.details['why'] ?? 'unknown') };
  }
  if (entry !== undefined || isRecorded(request, key, kind)) {
    return { key, outcome: 'done', why: null };
  }
  const repeats = request?.decisions.some(
    (decision) =>
      decision.kind === kind && decision.by === by && decision.generation === request.generation,
  );
  return { key, outcome: repeats === true ? 'repeated' : 'pending', why: null };
}

function isRecorded(request: LaunchRequest | null, key: string, kind: string): boolean {
  if (request === null) return false;
  return kind === 'submit' || request.decisions.some((decision) => decision.key === key);
}
