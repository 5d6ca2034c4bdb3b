/** A constraint: what the columns' entries in it add up to. `-Infinity` and `Infinity` leave a side open. */
export interface Row {
  readonly lower: number;
  readonly upper: number;
}

/** A decision: how much or how many of something. */
export interface Column {
  readonly cost: number;
  readonly lower: number;
  /** `Infinity`: as many as one likes. */
  readonly upper: number;
  readonly integer: boolean;
  /** Each row at most once. */
  readonly entries: readonly (readonly [row: number, value: number])[];
}

/** Minimize the sum of the columns' costs within every row's bounds. */
export interface LinearProgram {
  readonly rows: readonly Row[];
  readonly columns: readonly Column[];
}

/** What the solver came to. */
export interface Solution {
  readonly status:
    | 'optimal'
    /** Something was found; time ran out before it was proven to be the best. */
    | 'feasible'
    | 'infeasible'
    | 'unbounded'
    /** Time or memory ran out before anything was found. */
    | 'nothing-found';
  /** `Infinity` where nothing was found. */
  readonly objective: number;
  /** Nothing can cost less: proven. `-Infinity` where nothing is known. */
  readonly bound: number;
  /** By column; empty where nothing was found. */
  readonly values: Float64Array;
  /** What one unit more of a row's bound would change the cost by; of relaxations only, else empty. */
  readonly rowDuals: Float64Array;
}

/** How long to look, and how good is good enough. */
export interface SolverLimits {
  readonly seconds: number;
  /** Stop when the best found is proven to be no more than this part above the best there is: 0.001 is 0.1 %. */
  readonly relativeGap: number;
  /** Values by column to start from. */
  readonly start?: Float64Array;
}

/** A relaxation that columns are added to; each solve starts where the last one ended. */
export interface Relaxation {
  /** Integrality is ignored. As long as it takes, unless it is said. */
  solve(seconds?: number): Solution;
  add(columns: readonly Column[]): void;
  /** Other bounds for a column, by its place among all that were given. */
  limit(column: number, lower: number, upper: number): void;
  /** With what was added as whole numbers. */
  solveInteger(limits: SolverLimits): Solution;
  /** Gives back the memory; nothing may be called afterwards. */
  dispose(): void;
}

/** Solves linear and mixed-integer programs. Blocks its thread until it is done. */
export interface LinearSolver {
  solve(program: LinearProgram, limits: SolverLimits): Solution;
  relaxation(program: LinearProgram): Relaxation;
}
