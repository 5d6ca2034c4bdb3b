/** What the items from one on are worth together at most, where there is that much room. Never too little. */
export type SuffixBound = (from: number, room: number) => number;

/**
 * One knapsack table for every suffix of the items, in one dimension. Where capacity is more than the table is wide, sizes are rounded down.
 * Whole numbers, so that no rounding makes a bound too low.
 */
export function suffixBound(
  items: readonly { readonly value: number; readonly size: number }[],
  capacity: number,
  widest: number,
): SuffixBound {
  const unit = Math.max(1, Math.ceil(capacity / widest));
  const width = Math.floor(capacity / unit) + 1;
  const table = new Float64Array((items.length + 1) * width);
  for (let from = items.length - 1; from >= 0; from--) {
    const item = items[from];
    const row = table.subarray(from * width, (from + 1) * width);
    row.set(table.subarray((from + 1) * width, (from + 2) * width));
    if (item !== undefined)
      addItem(table.subarray((from + 1) * width), row, Math.floor(item.size / unit), item.value);
  }
  return (from, room) => at(table, from * width + Math.floor(room / unit));
}

function addItem(without: Float64Array, row: Float64Array, size: number, value: number): void {
  for (let room = size; room < row.length; room++) {
    const beside = at(without, room - size) + value;
    if (beside > at(row, room)) row[room] = beside;
  }
}

function at(table: Float64Array, index: number): number {
  return table[index] ?? 0;
}
