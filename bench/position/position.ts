import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { Row } from '../row.ts';
import { type Summary, summarize } from '../statistics.ts';

const FOLD = fileURLToPath(new URL('fold-once.ts', import.meta.url));
const Folded = z.object({ ms: z.array(z.number()), maxRssKb: z.number() });

const WARM_UP = 2;
const RUNS = 7;
const NOISE = 1.1;
const REMARK =
  'five of ten instances with Windows Server and SQL Server or Oracle of their own, four Linux';

/** The position of a large estate and of one ten times larger: time, memory, and how they grow. */
export async function position(): Promise<readonly Row[]> {
  const small = await fold(100, WARM_UP + RUNS);
  const large = await fold(1000, 1);
  const warm = summarize(small.ms.slice(WARM_UP));
  const million = summarize(large.ms);
  return [
    row('position of 100,000 instances, 1,000 pools, median', 'ms', warm.median, [1000, 500], warm),
    row(
      'position of 1,000,000 instances, 10,000 pools',
      'ms',
      million.max,
      [10_000, 5000],
      million,
    ),
    row('the same, most memory', 'KB', large.maxRssKb, [1_572_864, 786_432], million),
    row(
      'the same, time against ten times the smaller',
      'ratio',
      million.max / 10 / warm.median,
      [NOISE, 1],
      million,
    ),
  ];
}

function row(
  what: string,
  unit: Row['unit'],
  measured: number,
  [must, aim]: readonly [must: number, aim: number],
  duration: Summary,
): Row {
  return { what, unit, measured, must, aim, samples: { duration }, remarks: [REMARK] };
}

async function fold(shards: number, runs: number): Promise<z.output<typeof Folded>> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--max-old-space-size=1280',
    FOLD,
    '--shards',
    `${shards}`,
    '--runs',
    `${runs}`,
  ]);
  return Folded.parse(JSON.parse(stdout));
}
