import { cell } from '#domain/packing/cell.ts';

/** Items of one size; all of them have to be packed. */
export interface ItemType {
  /** By dimension: whole numbers, one of them at least above 0. One below 0 gives room to what is beside it. */
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

/**
 * Bins, all alike and as many as one likes, and what has to go into them at the least cost. Whole numbers throughout. What gives room fits
 * into one bin together, however much of it is left out.
 */
export interface PackingInstance {
  /** By dimension; above 0. */
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

/** Such an item cannot be left out of a bin that holds it. */
export function givesRoom({ size }: Pick<ItemType, 'size'>): boolean {
  return size.some((part) => part < 0);
}

/** Whether what gives room fits into one bin, even if only the sizes above 0 counted. */
export function roomGiversFit({
  capacity,
  items,
}: Pick<PackingInstance, 'capacity' | 'items'>): boolean {
  const givers = items.filter(givesRoom);
  return capacity.every(
    (room, at) =>
      givers.reduce((sum, { size, demand }) => sum + demand * Math.max(0, cell(size, at)), 0) <=
      room,
  );
}

/** @throws {Error} where there is no such type */
export function itemOf({ items }: PackingInstance, type: number): ItemType {
  const item = items[type];
  if (item === undefined) throw new Error(`There is no item type ${type}`);
  return item;
}

/** @throws {Error} where there is no such setup */
export function setupOf({ setups }: PackingInstance, at: number): Setup {
  const setup = setups[at];
  if (setup === undefined) throw new Error(`There is no setup ${at}`);
  return setup;
}

/** The same items, with equal ones together. */
export function grouped(items: readonly ItemType[]): readonly ItemType[] {
  const alike = new Map<string, ItemType>();
  for (const item of items) {
    const key = [item.setup, ...item.size].join();
    const before = alike.get(key)?.demand ?? 0;
    alike.set(key, { ...item, demand: before + item.demand });
  }
  return [...alike.values()];
}
