import { readFile, stat } from 'node:fs/promises';
import * as z from 'zod';
import { loadHighs } from '#adapters/highs/highs-solver.ts';
import type { PackingInstance } from '#domain/packing/packing-instance.ts';
import { PACKING_FORMATS, type PackingFormat, readPacking } from '#domain/packing/read-packing.ts';
import { type PackingAnswer, solvePacking } from '#domain/packing/solve-packing.ts';
import { BadInput, type Outcome } from './command.ts';
import { unreadable } from './file-errors.ts';

/** What `optimize --packing --json` prints, unless it is stopped. */
export const PackingResult = z.object({
  bins: z.int().nonnegative(),
  /** Of bins and setups; the number of bins, where the format knows no costs. */
  cost: z.int().nonnegative(),
  /** No way of packing costs less: proven. */
  lowerBound: z.int().nonnegative(),
  /** No way of packing is cheaper than this one. */
  proven: z.boolean(),
  seconds: z.number().nonnegative(),
});

const SECONDS = 'Write for how many seconds at most: a number above 0, up to 86400';
const FORMAT = `Write one of ${PACKING_FORMATS.join(', ')}; docs/packing.md describes them`;

/** The flags of `optimize` that are about a packing instance. */
export const PACKING_FLAGS = {
  '--packing': z.string('Name the file of a packing instance').optional(),
  '--format': z.enum(PACKING_FORMATS, FORMAT).optional(),
  '--time': z.coerce.number(SECONDS).positive(SECONDS).max(86_400, SECONDS).optional(),
};

/** Unless it is said. */
const DEFAULT_SECONDS = 60;

/** @throws {BadInput} naming the flag, or the line of the file, that cannot be used */
export async function optimizePacking(
  path: string,
  format: PackingFormat | undefined,
  seconds = DEFAULT_SECONDS,
): Promise<Outcome> {
  if (format === undefined) throw new BadInput(`--format: ${FORMAT}`);
  const instance = await instanceIn(path, format);
  const answer = solvePacking(instance, await loadHighs(), {
    seconds,
    now: () => performance.now(),
  });
  return { exitCode: 0, document: documentOf(answer), text: textOf(answer) };
}

const MOST_BYTES = 100_000_000;

async function instanceIn(path: string, format: PackingFormat): Promise<PackingInstance> {
  const result = readPacking(await readAll(path), format);
  if (result.ok) return result.instance;
  throw new BadInput(`--packing: ${path} is not in the format ${format}. ${result.problem}`);
}

async function readAll(path: string): Promise<string> {
  const size = await stat(path).then(
    (found) => found.size,
    (cause) => {
      throw new BadInput(`--packing: ${path}: ${unreadable(cause)}`, { cause });
    },
  );
  if (size > MOST_BYTES) throw new BadInput(`--packing: ${path} has more than 100 MB`);
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new BadInput(`--packing: ${path}: ${unreadable(cause)}`, { cause });
  }
}

function documentOf({ bins, cost, lowerBound, proven, seconds }: PackingAnswer) {
  const measured = Number(seconds.toFixed(3));
  return z.encode(PackingResult, { bins, cost, lowerBound, proven, seconds: measured });
}

function textOf({ bins, cost, lowerBound, proven, seconds }: PackingAnswer): string {
  const gap = cost === 0 ? 0 : (cost - lowerBound) / cost;
  return [
    `${bins} bins, which cost ${cost}.`,
    proven
      ? 'No way of packing costs less: proven.'
      : `No way of packing costs less than ${lowerBound}, so at most ${(gap * 100).toFixed(2)} % could be saved.`,
    `Found in ${seconds.toFixed(1)} seconds.`,
  ].join('\n');
}
