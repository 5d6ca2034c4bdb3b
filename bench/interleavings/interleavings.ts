import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { liveBaseline, type Pattern } from '../../test/faults/baselines.ts';
import { type Forgotten, live } from '../../test/faults/life.ts';
import type { Row } from '../row.ts';

const SEEDS = 100_000;
const BASELINE_SEEDS = 20_000;
/** Of each condition that is left out, so many lives show what it was for. */
const WITHOUT_SEEDS = 2000;

const CONDITIONS: readonly Forgotten[] = [
  { what: 'request', kind: 'version' },
  { what: 'request', kind: 'not-due' },
  { what: 'ledger', kind: 'version' },
  { what: 'terms-ledger', kind: 'version' },
  { what: 'quota', kind: 'version' },
  { what: 'follow-up', kind: 'version' },
  { what: 'audit', kind: 'absent' },
];

const Broken = z.record(z.string(), z.int());

/** Seeded lives of approvals in which everything comes between everything, beside how others decide. */
export async function interleavings(): Promise<Row> {
  const start = performance.now();
  const broken = await liveAll();
  const seconds = (performance.now() - start) / 1000;
  const violations = Object.entries(broken);
  return {
    what: '100,000 seeded interleavings of approvals: oversold, launched twice, lost',
    unit: 'count',
    measured: violations.reduce((sum, [, lives]) => sum + lives, 0),
    must: 0,
    aim: 0,
    samples: {},
    remarks: [
      `crashes, lost answers, throttling, duplicates and any order at every port call; ${seconds.toFixed(0)} s`,
      ...violations.map(([violation, lives]) => `${violation} in ${lives}`),
      ...(await baselines()),
      ...(await withoutConditions()),
    ],
  };
}

async function liveAll(): Promise<Record<string, number>> {
  const stride = availableParallelism();
  const parts = await Promise.all(
    Array.from({ length: stride }, async (_, index) => {
      const workerData = { first: index + 1, stride, last: SEEDS };
      const worker = new Worker(new URL('worker.ts', import.meta.url), { workerData });
      const [broken] = await once(worker, 'message');
      return Broken.parse(broken);
    }),
  );
  const all: Record<string, number> = {};
  for (const [violation, lives] of parts.flatMap((part) => Object.entries(part))) {
    all[violation] = (all[violation] ?? 0) + lives;
  }
  return all;
}

/** What two common patterns do under the same schedule. */
async function baselines(): Promise<readonly string[]> {
  const patterns: readonly Pattern[] = ['check-then-act', 'process-flag'];
  const lines: string[] = [];
  for (const pattern of patterns) {
    let twice = 0;
    let oversold = 0;
    for (let seed = 1; seed <= BASELINE_SEEDS; seed += 1) {
      const outcome = await liveBaseline(pattern, seed);
      if (outcome.launchedTwice) twice += 1;
      if (outcome.oversold) oversold += 1;
    }
    lines.push(
      `baseline ${pattern}: launched twice in ${percent(twice)}, oversold in ${percent(oversold)} of ${BASELINE_SEEDS.toLocaleString('en')}`,
    );
  }
  return lines;
}

/** What becomes of ours when one condition of its transaction is left out. */
async function withoutConditions(): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const forgotten of CONDITIONS) {
    const seen = new Set<string>();
    let lives = 0;
    for (let seed = 1; seed <= WITHOUT_SEEDS; seed += 1) {
      const violations = await live(seed, { forgotten });
      if (violations.size > 0) lives += 1;
      for (const violation of violations) seen.add(violation);
    }
    const what = `${forgotten.kind} of the ${forgotten.what}`;
    lines.push(
      `without the condition ${what}: ${lives} of ${WITHOUT_SEEDS} (${[...seen].join('; ')})`,
    );
  }
  return lines;
}

function percent(lives: number): string {
  return `${((100 * lives) / BASELINE_SEEDS).toFixed(1)} %`;
}
