import { access } from 'node:fs/promises';
import * as z from 'zod';
import { auditFile } from '#adapters/audit-file/audit-file.ts';
import { AuditFault } from '#domain/audit/audit-verify.ts';
import { BadDocument } from '#src/errors.ts';
import { wireAuditRows } from '#src/wiring/audit-rows.ts';
import { sha256 } from '#src/wiring/shared.ts';
import { type VerifiedAudit, verifyAudit } from '#usecases/verify-audit.ts';
import { awsSettings } from './aws-settings.ts';
import { BadInput, command } from './command.ts';
import { unreadable } from './file-errors.ts';
import { TableOption } from './table-option.ts';

/** What `audit verify --json` prints, unless it is stopped. */
export const AuditVerifyResult = z.object({
  /** True: every row is as it was written, as far as chains and digests tell. */
  ok: z.boolean(),
  rows: z.int(),
  streams: z.int(),
  /** The newest digest that it was compared with; `null` where there is none. */
  digest: z.object({ day: z.iso.date(), hash: z.string() }).nullable(),
  /** The first bad row of every stream that has one. */
  faults: z.array(AuditFault),
});

const HASH = 'Write the hash of a digest as Slack has it (64 hexadecimal digits)';

export const auditVerify = command({
  name: 'audit verify',
  usage: '[--file FILE | --table NAME] [--digest HASH]',
  summary: 'Checks every row of the audit, and names the first bad one of each stream',
  operands: [],
  flags: ['file', 'table', 'digest'],
  input: z.object({
    '--file': z.string('Name a file that audit export wrote').optional(),
    '--table': TableOption,
    '--digest': z
      .string()
      .regex(/^[0-9a-f]{64}$/, HASH)
      .optional(),
  }),
  async run({ '--file': file, '--table': table, '--digest': digest = null }) {
    const audit =
      file === undefined ? wireAuditRows({ ...awsSettings(), table }) : await exported(file);
    const verified = await verifyAudit({ audit, sha256 }, digest).catch(asBadInput);
    const ok = verified.faults.length === 0;
    return {
      exitCode: ok ? 0 : 1,
      document: { ok, ...verified },
      text: textOf(verified).join('\n'),
    };
  },
});

/** A file that is no exported audit is bad input; what its rows say is not. */
function asBadInput(error: unknown): never {
  if (error instanceof BadDocument)
    throw new BadInput(`--file: ${error.message}`, { cause: error });
  throw error;
}

async function exported(path: string) {
  try {
    await access(path);
  } catch (cause) {
    const what = 'Name a file that audit export wrote';
    throw new BadInput(`--file: ${what}. ${path}: ${unreadable(cause)}`, { cause });
  }
  return auditFile(path);
}

const WHAT: Readonly<Record<AuditFault['what'], string>> = {
  changed: 'was changed: it is not what its hash stands for',
  missing: 'is missing',
  reordered: 'is not where its number says',
  forked: 'is of another history than the rows before it, or than the digest saw',
  truncated: 'and what followed it is cut off: the digest saw it',
};

const MOST_LINES = 20;

function textOf({ rows, streams, digest, faults }: VerifiedAudit): readonly string[] {
  const compared =
    digest === null
      ? 'There is no digest yet, so that rows cut off at an end would not be found.'
      : `Compared with the digest of ${digest.day}: ${digest.hash}`;
  const [first, ...others] = faults;
  if (first === undefined) {
    return [`${rows} rows in ${streams} streams are as they were written.`, compared];
  }
  const hidden = others.length - MOST_LINES;
  return [
    `First bad row: ${lineOf(first)}`,
    ...others.slice(0, MOST_LINES).map(lineOf),
    ...(hidden > 0 ? [`and ${hidden} more streams`] : []),
    compared,
  ];
}

function lineOf({ stream, sequence, what }: AuditFault): string {
  return `${stream} ${sequence} ${WHAT[what]}`.replaceAll(/\p{C}/gu, '�');
}
