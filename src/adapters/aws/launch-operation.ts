import { type Failed, launchFailure } from '#adapters/aws/launch-failure.ts';
import type { LaunchSession } from '#adapters/aws/launch-session.ts';
import type { LeftBehind, Refusal } from '#domain/launch/launch-failure.ts';
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

/** Two changes, the start, and EC2 showing one of them late. More is for the next job. */
export const MOST_STEPS = 6;

/** Everything is put back, but for what is left. */
type Undone = Extract<UndoOutcome, { readonly kind: 'undone' }>;

/** What putting something back comes to, or what stays as it is when AWS refuses that. */
export async function unlessRefused<Result>(
  left: LeftBehind,
  act: () => Promise<Result>,
): Promise<Result | Undone> {
  try {
    return await act();
  } catch (error) {
    const failed = launchFailure(error);
    if (failed.kind === 'unclear' || isPassing(failed)) throw error;
    return { kind: 'undone', left: [left] };
  }
}

/** Whether an instance was not in the state that it was seen in: look again. */
export function isPassing({ code }: Pick<Failed, 'code'>): boolean {
  return code === 'IncorrectInstanceState' || code === 'InvalidInstanceState';
}
