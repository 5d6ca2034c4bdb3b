/** About this many lines cross a chart. */
const LINES = 5;

/** Round values from at most the lowest to at least the highest value; zero is always among them. */
export function ticksFor(values: readonly number[]): readonly [number, number, ...number[]] {
  const low = Math.min(0, ...values);
  const high = Math.max(0, ...values);
  const step = roundStep((high - low) / LINES || 1 / LINES);
  const first = Math.floor(low / step);
  const last = Math.max(first + 1, Math.ceil(high / step));
  const ticks = Array.from({ length: last - first - 1 }, (_, index) => (first + 2 + index) * step);
  return [first * step, (first + 1) * step, ...ticks];
}

/** The next of 1, 2, 5, 10, 20 … */
function roundStep(atLeast: number): number {
  const power = 10 ** Math.floor(Math.log10(atLeast));
  const factor = [1, 2, 5].find((each) => each * power >= atLeast) ?? 10;
  return factor * power;
}
