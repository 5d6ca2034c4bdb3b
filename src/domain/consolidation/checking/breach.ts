/** What is wrong with a plan. `host` is its place among the plan's hosts. */
export type Breach =
  | { readonly code: 'unknown-workload'; readonly workloadId: string }
  | { readonly code: 'unknown-host-type'; readonly hostTypeId: string }
  | { readonly code: 'unknown-right'; readonly rightId: string }
  /** None of the workload's ways to run, or one on hosts of another type. */
  | { readonly code: 'unknown-option'; readonly workloadId: string; readonly optionId: string }
  /** So many machines cannot be placed: a fraction, or none. */
  | { readonly code: 'bad-count'; readonly workloadId: string; readonly count: number }
  /** Machines are missing, or planned more than once. */
  | {
      readonly code: 'machines';
      readonly workloadId: string;
      readonly wanted: number;
      readonly planned: number;
    }
  | { readonly code: 'wrong-zone'; readonly host: number; readonly workloadId: string }
  /** The host type has no such size. */
  | { readonly code: 'unknown-size'; readonly host: number; readonly cores: number }
  /** No such compartment; or a part of one for what spans them, or all for what does not. */
  | { readonly code: 'wrong-compartment'; readonly host: number; readonly workloadId: string }
  /** More cores than the compartment has. */
  | {
      readonly code: 'over-capacity';
      readonly host: number;
      readonly compartment: number;
      readonly cores: number;
    }
  /** More of the whole host than may be filled. */
  | { readonly code: 'over-filled'; readonly host: number; readonly cores: number }
  | { readonly code: 'not-apart'; readonly host: number; readonly group: string }
  /** More machines on hosts than the workload has in the group; `null`: in none. */
  | {
      readonly code: 'wrong-group';
      readonly workloadId: string;
      readonly group: string | null;
      readonly most: number;
      readonly planned: number;
    }
  | { readonly code: 'loaded-spare'; readonly host: number }
  | {
      readonly code: 'spare-missing';
      readonly family: string;
      readonly zone: string;
      readonly wanted: number;
      readonly planned: number;
    }
  /** Not there, of another type, or in another zone. */
  | { readonly code: 'unknown-host'; readonly host: number; readonly hostId: string }
  | { readonly code: 'host-twice'; readonly hostId: string }
  | {
      readonly code: 'too-many-new';
      readonly hostTypeId: string;
      readonly zone: string;
      readonly most: number;
      readonly planned: number;
    }
  | {
      readonly code: 'wrong-units';
      readonly rightId: string;
      readonly computed: number;
      readonly planned: number;
    }
  | {
      readonly code: 'wrong-bought';
      readonly rightId: string;
      readonly computed: number;
      readonly planned: number;
    }
  | {
      readonly code: 'right-exceeded';
      readonly rightId: string;
      readonly units: number;
      readonly most: number;
    }
  | { readonly code: 'drawn-twice'; readonly rightId: string }
  | { readonly code: 'wrong-cost'; readonly computed: number; readonly planned: number }
  /** A bound above what was found cannot be one. */
  | { readonly code: 'bound-above-cost'; readonly bound: number; readonly cost: number };
