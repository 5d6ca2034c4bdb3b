import { readFile, stat } from 'node:fs/promises';
import * as z from 'zod';
import { writeCsv } from '#adapters/csv/write-csv.ts';
import { EMPTY_REGISTER } from '#domain/licenses/license-register.ts';
import { exportRows } from '#domain/register/export-register.ts';
import { ImportCounts } from '#domain/register/import-notice.ts';
import {
  type ImportProblems,
  MOST_IMPORT_BYTES,
  TOO_LARGE,
} from '#domain/register/import-problem.ts';
import { countsOf, type RegisterDiff } from '#domain/register/register-change.ts';
import { wireImporting } from '#src/wiring/import.ts';
import { importRegister } from '#usecases/import-register.ts';
import { type FilePreview, previewFile } from '#usecases/preview-file.ts';
import { awsSettings } from './aws-settings.ts';
import { BadInput, command, type Outcome } from './command.ts';
import { unreadable } from './file-errors.ts';
import { changeLines, countsText, problemLines } from './import-text.ts';
import { TableOption } from './table-option.ts';

const HASH = 'Write the hash of the register in force (64 hexadecimal digits), or none';
const FILE = 'Name a CSV file; docs/entitlements.md says what is in it';

/** What `import --json` prints, unless it is stopped. */
export const ImportResult = z.object({
  ok: z.boolean(),
  /** `changes`: what an import without `--dry-run` would do. `stale`: another register is in force. */
  outcome: z.enum(['imported', 'changes', 'unchanged', 'stale', 'unusable', 'shown']),
  /** Hash of the register in force, after an import the new one; `null` for none. */
  inForce: z.string().nullable(),
  counts: ImportCounts.nullable(),
  changes: z.array(
    z.object({
      kind: z.enum(['added', 'changed', 'removed']),
      what: z.string(),
      which: z.string(),
      amount: z.string(),
      fields: z.array(z.object({ field: z.string(), before: z.string(), after: z.string() })),
    }),
  ),
  problems: z.array(
    z.object({
      /** As a spreadsheet counts; `null`: the whole file. */
      row: z.int().nullable(),
      column: z.string().nullable(),
      message: z.string(),
    }),
  ),
  /** How many problems there are besides. */
  moreProblems: z.int(),
  /** What `--show` was asked for. */
  csv: z.string().nullable(),
});
type Result = z.output<typeof ImportResult>;

type Ports = Awaited<ReturnType<typeof wireImporting>>;

export const importFile = command({
  name: 'import',
  usage: '[FILE] [--expect HASH|none] [--dry-run] [--show entitlements|servers] [--table NAME]',
  summary:
    'Puts a CSV file of entitlements or servers in force, or shows the register as such a file',
  operands: ['FILE'],
  flags: ['expect', 'show', 'table'],
  switches: ['dry-run'],
  input: z
    .object({
      FILE: z.string(FILE).optional(),
      '--expect': z
        .string(HASH)
        .regex(/^([0-9a-f]{64}|none)$/, HASH)
        .transform((hash) => (hash === 'none' ? null : hash))
        .optional(),
      '--dry-run': z.boolean().default(false),
      '--show': z.enum(['entitlements', 'servers'], 'Write entitlements or servers').optional(),
      '--table': TableOption,
    })
    .refine((input) => (input.FILE === undefined) !== (input['--show'] === undefined), {
      path: ['FILE'],
      message: `${FILE}, or leave it out and write --show`,
    }),
  async run({ FILE: path, '--show': shown, '--table': table, ...options }) {
    const bytes = path === undefined ? null : await bytesOf(path);
    if (bytes === 'too-large') return unusable({ problems: [TOO_LARGE], more: 0 }, null);
    const ports = await wireImporting({ ...awsSettings(), table });
    if (bytes === null) return show(ports, shown ?? 'entitlements');
    const preview = await previewFile(ports, bytes);
    const { '--expect': expected = preview.expected, '--dry-run': isDry } = options;
    if (preview.kind === 'problems') return unusable(preview, preview.expected);
    if (expected !== preview.expected) return stale(preview.expected);
    if (preview.kind === 'unchanged') return unchanged(preview.expected);
    return isDry ? changes(preview) : change(ports, preview);
  },
});

type Changes = Extract<FilePreview, { kind: 'changes' }>;

async function bytesOf(path: string): Promise<Uint8Array | 'too-large'> {
  try {
    const { size } = await stat(path);
    return size > MOST_IMPORT_BYTES ? 'too-large' : await readFile(path);
  } catch (cause) {
    throw new BadInput(`FILE: ${FILE}. ${path}: ${unreadable(cause)}`, { cause });
  }
}

async function show({ registers }: Ports, kind: 'entitlements' | 'servers'): Promise<Outcome> {
  const inForce = await registers.current();
  const csv = writeCsv(exportRows(inForce?.register ?? EMPTY_REGISTER, kind));
  return outcome('shown', inForce?.hash ?? null, csv.trimEnd(), { csv });
}

function unchanged(inForce: string | null): Outcome {
  return outcome('unchanged', inForce, 'Nothing changes: the register already says exactly this.');
}

function unusable(found: ImportProblems, inForce: string | null): Outcome {
  const text = ['The file cannot be used, and nothing was imported:', ...problemLines(found)];
  const { problems, more } = found;
  const details = { problems: [...problems], moreProblems: more };
  return outcome('unusable', inForce, text.join('\n'), details);
}

function stale(inForce: string | null): Outcome {
  const text = [
    'Another register is in force than the one that was expected. Nothing was imported.',
    `In force now: ${inForce ?? 'none'}`,
    'Look at what changed since (--dry-run), then write that hash.',
  ];
  return outcome('stale', inForce, text.join('\n'));
}

function changes({ diff, expected }: Changes): Outcome {
  const text = ['An import would change the register:', ...changeLines(diff), countsText(diff)];
  return outcome('changes', expected, text.join('\n'), changed(diff));
}

/** Put it in force. Between preview and commit somebody else may have: then nothing is. */
async function change(ports: Ports, { register, expected, diff }: Changes): Promise<Outcome> {
  const hash = await ports.registers.storeDraft(register);
  const command = { key: ports.newId(), hash, expected, by: ports.principal, replyTo: null };
  const decided = await importRegister(ports, command, 'aws');
  if (decided?.kind !== 'imported') return stale((await ports.registers.current())?.hash ?? null);
  const text = ['Imported. In force now:', `  ${hash}`, ...changeLines(diff), countsText(diff)];
  return outcome('imported', hash, text.join('\n'), changed(diff));
}

function changed(diff: RegisterDiff): Pick<Result, 'counts' | 'changes'> {
  const listed = diff.changes.map(({ fields, ...rest }) => ({ ...rest, fields: [...fields] }));
  return { counts: countsOf(diff), changes: listed };
}

const EXIT_CODES = {
  imported: 0,
  changes: 0,
  unchanged: 0,
  shown: 0,
  stale: 1,
  unusable: 2,
} as const satisfies Record<Result['outcome'], number>;

function outcome(
  kind: Result['outcome'],
  inForce: string | null,
  text: string,
  details: Partial<Result> = {},
): Outcome {
  const exitCode = EXIT_CODES[kind];
  const nothing = { counts: null, changes: [], problems: [], moreProblems: 0, csv: null };
  const document: Result = {
    ok: exitCode === 0,
    outcome: kind,
    inForce,
    ...nothing,
    ...details,
  };
  return { exitCode, document, text };
}
