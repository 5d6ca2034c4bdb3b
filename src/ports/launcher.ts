import type { LaunchPlan } from '#domain/launch-plan.ts';

/** What came of a launch call. Expected outcomes are values; only bugs and outages throw. */
export type LaunchOutcome =
  | { readonly kind: 'launched'; readonly instanceIds: readonly string[] }
  /** AWS said no, for good: capacity, a license limit, a permission, a vanished image. */
  | { readonly kind: 'refused'; readonly code: string; readonly message: string }
  /** No answer that settles it: repeat with the same token, then look. */
  | { readonly kind: 'unclear'; readonly code: string; readonly message: string };

/** For whom and for which request a launch is made: it marks the session and the instances. */
export interface LaunchTicket {
  readonly requestId: string;
  readonly generation: number;
  readonly requestedBy: string;
}

/** The only port that spends money. Called by one use case, after an approval is stored. */
export interface Launcher {
  /** Start what the plan says. The same ticket never starts a second set of instances. */
  launch(plan: LaunchPlan, ticket: LaunchTicket): Promise<LaunchOutcome>;
  /** The instances that this ticket started, as EC2 shows them now; empty when it shows none. */
  find(plan: LaunchPlan, ticket: LaunchTicket): Promise<readonly string[]>;
  /** Whether the sealed plan's image, template version and host still are what was approved. */
  check(plan: LaunchPlan, ticket: LaunchTicket): Promise<PlanCheck>;
}

/** Whether a sealed plan can still be launched as it was approved. */
export type PlanCheck =
  | { readonly ok: true }
  | { readonly ok: false; readonly code: string; readonly message: string };
