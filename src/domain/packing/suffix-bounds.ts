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
  const most = items.reduce((room, { size }) => room - Math.min(0, size), capacity);
  const unit = Math.max(1, Math.ceil(most / widest));
  const width = Math.floor(most / unit) + 1;
  const table = new Float64Array((items.length + 1) * width);
  for (const [from, { value, size }] of [...items.entries()].reverse()) {
    const without = table.subarray((from + 1) * width, (from + 2) * width);
    const row = table.subarray(from * width, (from + 1) * width);
    row.set(without);
    addItem(without, row, Math.floor(size / unit), value);
  }
  return (from, room) => at(table, from * width + Math.floor(room / unit));
}

function addItem(without: Float64Array, row: Float64Array, size: number, value: number): void {
  const last = row.length - 1;
  for (let room = Math.max(0, size); room <= last; room++) {
    const beside = at(without, Math.min(room - size, last)) + value;
    row[room] = Math.max(at(without, room), beside);
  }
}

/** Of its own: what reads arrays of one kind only is faster. */
function at(table: Float64Array, index: number): number {
  return table[index] ?? 0;
}
