import * as z from 'zod';
import { writeAuditFile } from '#adapters/audit-file/audit-file.ts';
import { wireAuditRows } from '#src/wiring/audit-rows.ts';
import { awsSettings } from './aws-settings.ts';
import { command } from './command.ts';
import { TableOption } from './table-option.ts';

/** What `audit export --json` prints, unless it is stopped. */
export const AuditExportResult = z.object({ ok: z.literal(true), file: z.string(), rows: z.int() });

export const auditExport = command({
  name: 'audit export',
  usage: 'FILE [--table NAME]',
  summary: 'Writes the whole audit to a file of JSON lines, which audit verify reads',
  operands: ['FILE'],
  flags: ['table'],
  input: z.object({ FILE: z.string('Name the file to write'), '--table': TableOption }),
  async run({ FILE: file, '--table': table }) {
    const rows = await writeAuditFile(file, wireAuditRows({ ...awsSettings(), table }));
    return { exitCode: 0, document: { ok: true, file, rows }, text: `${rows} rows in ${file}.` };
  },
});
