import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { live } from '../../test/faults/life.ts';

/* Lives every `stride`th seed from `first` on, and tells which promises were broken in how many of them. */

const { first, stride, last } = z
  .object({ first: z.int(), stride: z.int(), last: z.int() })
  .parse(workerData);
const broken: Record<string, number> = {};
for (let seed = first; seed <= last; seed += stride) {
  for (const violation of await live(seed)) broken[violation] = (broken[violation] ?? 0) + 1;
}
parentPort?.postMessage(broken);
