import type { LeftBehind, Refusal } from '#domain/launch/launch-failure.ts';
import type { LaunchPlan } from '#domain/launch/launch-plan.ts';
import type { Scope } from '#domain/scope.ts';

/** What came of a launch call. Expected outcomes are values; only bugs and outages throw. */
export type LaunchOutcome =
  | { readonly kind: 'launched'; readonly instanceIds: readonly string[] }
  /** EC2 is at it and needs time, to stop an instance that is resized: ask again in some seconds. */
  | { readonly kind: 'under-way' }
  /** AWS said no, for good: capacity, a license limit, a permission, a vanished image. */
  | ({ readonly kind: 'refused' } & Refusal)
  /** No answer that settles it: repeat with the same token, then look. */
  | ({ readonly kind: 'unclear' } & Refusal);

/** What came of putting back what a refused change had done already. */
export type UndoOutcome =
  | { readonly kind: 'undone'; readonly left: readonly LeftBehind[] }
  | Extract<LaunchOutcome, { readonly kind: 'under-way' | 'unclear' }>;

/** What came of stopping what a request started. */
export type StopOutcome =
  /** EC2 shows each of them stopped. */
  | { readonly kind: 'stopped' }
  | { readonly kind: 'under-way' }
  /** Somebody terminated them, or runs them for another request: nothing of this one is left to stop. */
  | { readonly kind: 'gone' }
  | ({ readonly kind: 'refused' } & Refusal)
  | ({ readonly kind: 'unclear' } & Refusal);

/** For whom and for which request a launch is made: it marks the session and the instances. */
export interface LaunchTicket {
  readonly requestId: string;
  readonly generation: number;
  readonly requestedBy: string;
  /** When it was decided: what AWS did before has nothing to do with it. */
  readonly approvedAt: Date;
}

/** The only port that spends money. Called by one use case, after an approval is stored. */
export interface Launcher {
  /**
   * Do what the plan says, as far as it is not done. The same ticket never starts a second set of
   * instances, and never starts an instance at another size than the plan's.
   */
  launch(plan: LaunchPlan, ticket: LaunchTicket): Promise<LaunchOutcome>;
  /** The instances that are as the plan says through this ticket, as EC2 shows them now; empty when it shows none. */
  find(plan: LaunchPlan, ticket: LaunchTicket): Promise<readonly string[]>;
  /** Whether the sealed plan's image, template version, host or instance still are what was approved. */
  check(plan: LaunchPlan, ticket: LaunchTicket): Promise<PlanCheck>;
  /**
   * Put back what a refused launch left half-way: the size of before, the licenses of before, running
   * if it ran. New instances start together or not at all: of them nothing is left half-way.
   */
  undo(plan: LaunchPlan, ticket: LaunchTicket): Promise<UndoOutcome>;
}

/** Ends what was launched until a date. */
export interface Stopper {
  /** Stop those of the instances that run for this request. Safe to repeat. */
  stop(scope: Scope, instanceIds: readonly string[], requestId: string): Promise<StopOutcome>;
}

/** Whether a sealed plan can still be launched as it was approved. */
export type PlanCheck = { readonly ok: true } | ({ readonly ok: false } & Refusal);
