import type { Fault } from '../faults.ts';

/** One launch request, as GET /sandbox/state shows it. */
export interface RequestSummary {
  readonly id: string;
  readonly status: string;
  readonly generation: number;
  readonly plan_hash: string | null;
  readonly decisions: readonly unknown[];
  readonly instance_ids: readonly string[];
}

/** A call to simulated AWS that somebody else makes. */
export interface AwsCall {
  readonly service: string;
  readonly operation: string;
  readonly input: unknown;
  readonly account?: string | undefined;
  readonly region?: string | undefined;
  readonly principal?: string | undefined;
}

/** What the control API needs of the rest of the sandbox. */
export interface Host {
  /** Moves the one clock forward, running everything that falls due on the way (Slack's event retries too). */
  advanceClock(ms: number): Promise<void>;
  /** Runs a function now. @returns what it returned */
  invoke(functionName: string, event: unknown): Promise<unknown>;
  /** Delivers an EventBridge or SNS event to whoever listens. */
  deliverEvent(event: unknown): Promise<void>;
  /** @returns the operation's output. @throws the error that AWS answers */
  callAws(call: AwsCall): Promise<unknown>;
  replaceFaults(faults: readonly Fault[]): void;
  /** Starts over from a named estate, Slack included. */
  reset(seed?: string): Promise<void>;
  /** Resolves when no handler runs and no queue holds a message that is due. */
  settle(): Promise<void>;
  requests(): Promise<readonly RequestSummary[]>;
  queues(): Promise<{ readonly decisions: number; readonly jobs: number; readonly dead: number }>;
  /** What stands in for the language model, e.g. `off`, `scripted` or a model id. */
  model(): unknown;
}
