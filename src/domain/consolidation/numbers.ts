/** An element; 0 beyond the end. */
export function at(values: ArrayLike<number>, index: number): number {
  return values[index] ?? 0;
}

export function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

/** What a map holds of something; 0 where it holds none. */
export function amount<Key>(of: ReadonlyMap<Key, number>, key: Key): number {
  return of.get(key) ?? 0;
}

/** What a map holds of something; nothing where it holds none. */
export function listed<Key, Value>(
  of: ReadonlyMap<Key, readonly Value[]>,
  key: Key,
): readonly Value[] {
  return of.get(key) ?? [];
}
