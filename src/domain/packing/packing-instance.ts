/** Items of one size; all of them have to be packed. */
export interface ItemType {
  /** By dimension: whole numbers, one of them at least above 0. */
  readonly size: readonly number[];
  /** Which of the instance's setups its bin needs. */
  readonly setup: number;
  readonly demand: number;
}

/** What a bin needs before the first item of a class goes in, such as a license for its host. */
export interface Setup {
  /** Room it takes, in the first dimension. */
  readonly weight: number;
  readonly cost: number;
}

/** Bins, all alike and as many as one likes, and what has to go into them at the least cost. Whole numbers throughout. */
export interface PackingInstance {
  /** By dimension. */
  readonly capacity: readonly number[];
  readonly binCost: number;
  readonly setups: readonly Setup[];
  /** No two of one size and setup. */
  readonly items: readonly ItemType[];
}

/** How many of each type. */
export type Counts = readonly (readonly [type: number, count: number])[];

/** Bins that are filled alike. */
export interface PackedBins {
  readonly times: number;
  readonly counts: Counts;
}

export type PackingPlan = readonly PackedBins[];

/** The same items, with equal ones together. */
export function grouped(items: readonly ItemType[]): readonly ItemType[] {
  const alike = Map.groupBy(items, ({ size, setup }) => [setup, ...size].join());
  return [...alike.values()].flatMap(([first, ...others]) =>
    first === undefined
      ? []
      : { ...first, demand: others.reduce((sum, { demand }) => sum + demand, first.demand) },
  );
}
