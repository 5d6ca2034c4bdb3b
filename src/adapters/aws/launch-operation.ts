import type { LaunchSession } from '#adapters/aws/launch-session.ts';
import type { Refusal } from '#domain/launch/launch-failure.ts';
import type { LaunchOutcome, LaunchTicket, UndoOutcome } from '#ports/launcher.ts';

/** One operation on one plan. What AWS refuses or does not answer throws as the SDK throws it. */
export interface LaunchOperation {
  launch(session: LaunchSession, ticket: LaunchTicket): Promise<LaunchOutcome>;
  find(session: LaunchSession, ticket: LaunchTicket): Promise<readonly string[]>;
  /** Why the plan cannot be launched as it was approved; `null` when it can. */
  problem(session: LaunchSession, ticket: LaunchTicket): Promise<Refusal | null>;
  undo(session: LaunchSession, ticket: LaunchTicket): Promise<UndoOutcome>;
}

/** EC2 needs time. */
export const UNDER_WAY = { kind: 'under-way' } as const;
/** Nothing is left behind. */
export const UNDONE: UndoOutcome = { kind: 'undone', left: [] };
