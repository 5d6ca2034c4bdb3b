/** Where every machine runs. */
export interface ConsolidationPlan {
  readonly hosts: readonly PlannedHost[];
  readonly alone: readonly Placement[];
  /** By right: how many units are drawn, and how many of them would have to be bought. */
  readonly drawn: readonly {
    readonly rightId: string;
    readonly units: number;
    readonly bought: number;
  }[];
  /** A month. */
  readonly micros: number;
}

export interface PlannedHost {
  readonly hostTypeId: string;
  readonly zone: string;
  /** `null`: a new one. */
  readonly hostId: string | null;
  /** Kept without load, for when another one fails. */
  readonly spare: boolean;
  readonly machines: readonly HostedMachine[];
}

/** One machine on a host. */
export interface HostedMachine {
  readonly workloadId: string;
  readonly optionId: string;
  /** Which of the host's compartments it is in; `null`: an even share of each. */
  readonly compartment: number | null;
  /** The group that it stays apart from others of; `null`: none. */
  readonly apart: string | null;
}

/** So many machines of a workload that run by themselves in one way. */
export interface Placement {
  readonly workloadId: string;
  readonly optionId: string;
  readonly count: number;
}

/** A plan, and how good it is. */
export interface Consolidation {
  /** `null`: none could be found. */
  readonly plan: ConsolidationPlan | null;
  /** Nothing can cost less a month: proven. */
  readonly lowerBoundMicros: number;
  /** How far the plan may be above the best there is: 0.004 is 0.4 %. */
  readonly gap: number;
  /** True: no plan is cheaper. */
  readonly proven: boolean;
  /** What one unit more of a right would save a month, by the relaxation. */
  readonly unitValues: ReadonlyMap<string, number>;
  /** Why there is no plan; `null` when there is one. */
  readonly infeasible: Infeasible | null;
  readonly seconds: number;
}

/** Which requirement cannot be met. */
export type Infeasible =
  /** No way to run it at all, of what was allowed. */
  | { readonly code: 'no-option'; readonly workloadId: string }
  /** A size that no compartment of its hosts takes. */
  | { readonly code: 'too-large'; readonly workloadId: string }
  /** More units are needed than are owned and may be bought. */
  | { readonly code: 'right-short'; readonly rightId: string; readonly missing: number }
  /** More machines must stay apart than there may be hosts. */
  | { readonly code: 'apart-short'; readonly group: string }
  /** Too few hosts may be allocated. */
  | { readonly code: 'hosts-short'; readonly zone: string }
  /** Time or memory ran out before anything was found. */
  | { readonly code: 'out-of-time' };
