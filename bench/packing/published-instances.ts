import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { PackingInstance } from '#domain/packing/packing-instance.ts';
import { PACKING_FORMATS, readPacking } from '#domain/packing/read-packing.ts';

/** What published instances lie beside the repository, with what is known of each. */
const FOLDER = new URL('../../../shared/data/packing/', import.meta.url);

const Known = z.object({
  id: z.string(),
  file: z.string(),
  format: z.enum(PACKING_FORMATS),
  best: z.number(),
  /** Whether nothing better is possible. */
  optimal: z.boolean(),
  /** What a first trial of ours reached. */
  prototype: z.object({ lb: z.number().nullable(), ub: z.number() }),
});
export type Known = z.output<typeof Known>;

/** `null` where they are not there. Other problems than packing into equal bins are left out. */
export async function publishedInstances(): Promise<readonly Known[] | null> {
  const index = await readFile(new URL('index.json', FOLDER), 'utf8').catch(() => null);
  if (index === null) return null;
  return z
    .array(z.unknown())
    .parse(JSON.parse(index))
    .flatMap((entry) => Known.safeParse(entry).data ?? []);
}

export async function instanceOf({ file, format }: Known): Promise<PackingInstance> {
  const result = readPacking(await readFile(new URL(file, FOLDER), 'utf8'), format);
  if (!result.ok) throw new Error(`${file}: ${result.problem}`);
  return result.instance;
}
