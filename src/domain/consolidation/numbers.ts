/** An element; 0 beyond the end. */
export function at(values: ArrayLike<number>, index: number): number {
  return values[index] ?? 0;
}

export function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
