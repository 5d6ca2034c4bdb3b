import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import type { EstateFile } from '#adapters/estate-file/estate-file.ts';
import { readEstate } from '#adapters/estate-file/read-estate.ts';
import { BadInput } from './command.ts';
import { unreadable } from './file-errors.ts';

/** The flag that every command takes which can compute without AWS. */
export const EstateOption = z
  .string('Name an estate file; docs/estate.md says what is in it')
  .optional();

/** At most so many problems are printed; the rest is counted. */
const PROBLEMS_SHOWN = 20;

/** The estate in a file. @throws {BadInput} naming every field that is wrong, and what to write there */
export async function estateFrom(path: string): Promise<EstateFile> {
  const result = readEstate(await textOf(path));
  if (result.ok) return result.estate;
  const { problems } = result;
  const hidden = problems.length - PROBLEMS_SHOWN;
  throw new BadInput(
    [
      `--estate: ${path} cannot be used, and nothing was computed:`,
      ...problems
        .slice(0, PROBLEMS_SHOWN)
        .map(({ path: field, message }) => `  ${field || 'document'}: ${message}`),
      ...(hidden > 0 ? [`  and ${hidden} more`] : []),
    ].join('\n'),
  );
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new BadInput(`--estate: Name an estate file in JSON. ${path}: ${unreadable(cause)}`, {
      cause,
    });
  }
}
