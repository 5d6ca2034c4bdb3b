/** A number of a list, 0 beyond its end. */
export function cell(numbers: ArrayLike<number>, index: number): number {
  return numbers[index] ?? 0;
}
