import { createReadStream, createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import * as z from 'zod';
import { DayHeads, DIGEST_STREAM } from '#domain/audit/chain-digest.ts';
import type { AuditRow, AuditRows } from '#ports/audit-rows.ts';
import { BadDocument } from '#src/errors.ts';

const List = z.object({ list: z.string(), heads: DayHeads });
const Row = z.object({ stream: z.string(), sequence: z.int(), document: z.unknown() });

/** A line of the file: a row and where it lay, or a digest's list under its hash. */
const Line = z.union([List, Row]);

/** An audit that was exported: JSON Lines. Read anew at every call. */
export function auditFile(path: string): AuditRows {
  async function* lines(): AsyncGenerator<z.output<typeof Line>> {
    const reader = createInterface({ input: createReadStream(path), crlfDelay: Infinity });
    let number = 0;
    for await (const text of reader) {
      number += 1;
      yield lineOf(text, number);
    }
  }

  let lists: Promise<ReadonlyMap<string, DayHeads>> | null = null;
  async function readLists(): Promise<ReadonlyMap<string, DayHeads>> {
    const found = new Map<string, DayHeads>();
    for await (const line of lines()) if ('list' in line) found.set(line.list, line.heads);
    return found;
  }

  return {
    async *rows(stream) {
      for await (const line of lines()) {
        if ('list' in line || (stream !== undefined && line.stream !== stream)) continue;
        const { document, sequence } = line;
        yield { document, place: { stream: line.stream, sequence } };
      }
    },
    async list(hash) {
      lists ??= readLists();
      return (await lists).get(hash) ?? null;
    },
  };
}

function lineOf(text: string, number: number): z.output<typeof Line> {
  const line = Line.safeParse(parsed(text));
  if (line.success) return line.data;
  throw new BadDocument(`line ${number} is no row of an exported audit`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const DigestDocument = z.object({ details: z.object({ headsHash: z.string() }) });

/** Write a whole audit to a file that `auditFile` reads. Answers how many rows it has. */
export async function writeAuditFile(path: string, audit: AuditRows): Promise<number> {
  let rows = 0;
  async function* text(): AsyncGenerator<string> {
    for await (const { document, place } of audit.rows()) {
      rows += 1;
      yield `${JSON.stringify({ ...place, document })}\n`;
    }
    for await (const row of audit.rows(DIGEST_STREAM)) yield await listLine(audit, row);
  }
  await pipeline(text, createWriteStream(path, { mode: 0o600 }));
  return rows;
}

async function listLine(audit: AuditRows, { document }: AuditRow): Promise<string> {
  const hash = DigestDocument.safeParse(document).data?.details.headsHash;
  const heads = hash === undefined ? null : await audit.list(hash);
  return heads === null ? '' : `${JSON.stringify({ list: hash, heads })}\n`;
}
