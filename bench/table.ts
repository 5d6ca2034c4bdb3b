import type { Machine } from './machine.ts';
import { type Row, verdict } from './row.ts';

const HEADER = ['what', 'measured', 'must', 'aim', 'verdict'];

/** The table, and below it what each figure was made of. */
export function printTable(
  rows: readonly Row[],
  { node, before, after, disturbances }: Machine,
): void {
  const lines = [
    HEADER,
    ...rows.map((row) => [
      row.what,
      shown(row, row.measured),
      `<= ${shown(row, row.must)}`,
      `<= ${shown(row, row.aim)}`,
      verdict(row),
    ]),
  ];
  const widths = HEADER.map((_, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  );
  for (const line of lines) {
    console.log(
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
  }
  for (const { what, samples, remarks } of rows) {
    console.log(`\n${what}`);
    for (const remark of remarks) console.log(`  ${remark}`);
    for (const [name, { n, min, median, p95, p99, max }] of Object.entries(samples)) {
      const figures = { min, median, p95, p99, max };
      const text = Object.entries(figures).map(([figure, ms]) => `${figure} ${ms.toFixed(1)}`);
      console.log(`  ${name}: n ${n}, ${text.join(', ')} ms`);
    }
  }
  const [first, last] = [before, after].map(
    ({ load, calibration: { min, median } }) =>
      `load ${load.toFixed(1)}, calibration ${min.toFixed(1)}/${median.toFixed(1)} ms`,
  );
  console.log(`\nNode ${node}, ${before.cores} cores. Before: ${first}. After: ${last}.`);
  if (disturbances.length > 0) {
    console.log(`The machine was busy (${disturbances.join('; ')}): the figures may be too high.`);
  }
}

function shown({ unit }: Row, value: number): string {
  if (unit === 'count') return value.toLocaleString('en');
  if (unit === '%') return `${value.toFixed(2)} %`;
  return unit === 'ratio' ? value.toFixed(3) : `${value.toFixed(1)} ${unit}`;
}
