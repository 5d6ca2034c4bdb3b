import { parseArgs } from 'node:util';
import { gapOf, isWorse, percent, type Solved, solvePublished, totalsOf } from './packing.ts';

/** `node bench/packing/table.ts [--only WORD] [--seconds N]`: every published instance in one table. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', default: '' },
      seconds: { type: 'string', default: '20' },
    },
  });
  print(['instance', 'best known', 'ours', 'bound', 'proven', 'gap', 'time', '']);
  const results = await solvePublished(values.only, Number(values.seconds), (solved) =>
    print(cellsOf(solved)),
  );
  for (const line of totalsOf(results)) console.log(line);
}

function cellsOf(solved: Solved): readonly string[] {
  const { id, best, optimal, answer } = solved;
  return [
    id,
    `${optimal ? '' : '<='} ${best}`,
    `${answer.cost}`,
    `${answer.lowerBound}`,
    answer.proven ? 'yes' : 'no',
    percent(gapOf(solved)),
    `${answer.seconds.toFixed(1)} s`,
    isWorse(solved) ? 'WORSE than a first trial' : '',
  ];
}

const WIDTHS = [46, 10, 6, 6, 7, 8, 8, 0];

function print(cells: readonly string[]): void {
  const padded = cells.map((text, at) =>
    at === 0 ? text.padEnd(WIDTHS[at] ?? 0) : text.padStart(WIDTHS[at] ?? 0),
  );
  console.log(padded.join(' ').trimEnd());
}

await main();
