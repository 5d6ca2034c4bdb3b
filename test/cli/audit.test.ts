import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { writeAuditFile } from '#adapters/audit-file/audit-file.ts';
import { AuditEntry, type AuditEvent } from '#domain/audit/audit.ts';
import { chain } from '#domain/audit/audit-chain.ts';
import { digestEvent, headsHash, headsOf } from '#domain/audit/chain-digest.ts';
import { AuditEraseResult } from '../../cli/audit-erase.ts';
import { AuditExportResult } from '../../cli/audit-export.ts';
import { AuditVerifyResult } from '../../cli/audit-verify.ts';
import { NOW, sha256 } from '../builders.ts';
import { runCli } from './run-cli.ts';

const folder = await mkdtemp(join(tmpdir(), 'quartermaster-audit-'));
afterAll(() => rm(folder, { recursive: true }));
const GOOD = join(folder, 'audit.jsonl');

const events = (stream: string, count: number): AuditEvent[] =>
  Array.from({ length: count }, (_, step) => ({
    stream,
    at: NOW,
    event: 'hold.placed',
    by: 'UREQUESTER',
    details: { step },
  }));
const entries = [
  ...chain(null, events('pool/1', 4), sha256),
  ...chain(null, events('request/req-0000000001', 3), sha256),
];
const heads = headsOf('2026-11-21', entries);
const digests = chain(null, [digestEvent(heads, NOW, sha256)], sha256);
const POSTED = digests[0]?.hash ?? '';

beforeAll(async () => {
  const rows = [...entries, ...digests].map((entry) => ({
    document: z.encode(AuditEntry, entry),
    place: entry,
  }));
  await writeAuditFile(GOOD, {
    async *rows(stream) {
      for (const { document, place } of rows) {
        const { sequence } = place;
        if (stream === undefined || place.stream === stream) {
          yield { document, place: { stream: place.stream, sequence } };
        }
      }
    },
    list: async (hash) => (hash === headsHash(heads, sha256) ? heads : null),
  });
});

/** Verifies the file after its lines were changed. */
async function verify(change: (lines: string[]) => string[], ...args: readonly string[]) {
  const file = join(folder, 'changed.jsonl');
  const lines = (await readFile(GOOD, 'utf8')).trimEnd().split('\n');
  await writeFile(file, `${change(lines).join('\n')}\n`);
  const plain = await runCli(['audit', 'verify', '--file', file, ...args]);
  const json = await runCli(['audit', 'verify', '--file', file, ...args, '--json']);
  return { ...plain, json: json.stdout };
}

describe('audit verify', () => {
  it('says that all is as it was written', async () => {
    const { exitCode, stdout, json } = await verify((lines) => lines, '--digest', POSTED);

    expect(exitCode).toBe(0);
    expect(stdout).toBe(
      `8 rows in 3 streams are as they were written.\nCompared with the digest of 2026-11-21: ${POSTED}\n`,
    );
    expect(AuditVerifyResult.parse(JSON.parse(json))).toEqual({
      ok: true,
      rows: 8,
      streams: 3,
      digest: { day: '2026-11-21', hash: POSTED },
      faults: [],
    });
  });

  it.each([
    [
      'changes a row',
      (lines: string[]) => lines.with(1, (lines[1] ?? '').replace('UREQUESTER', 'UADMIN')),
      'pool/1',
      2,
      'changed',
    ],
    ['takes a row out', (lines: string[]) => lines.toSpliced(1, 1), 'pool/1', 2, 'missing'],
    [
      'swaps two rows',
      ([a = '', b = '', c = '', ...rest]: string[]) => [a, c, b, ...rest],
      'pool/1',
      2,
      'reordered',
    ],
    ['writes a row twice', ([a = '', ...rest]: string[]) => [a, a, ...rest], 'pool/1', 1, 'forked'],
    ['cuts the end off', (lines: string[]) => lines.toSpliced(3, 1), 'pool/1', 4, 'truncated'],
    [
      'cuts a whole stream off',
      (lines: string[]) => lines.toSpliced(4, 3),
      'request/req-0000000001',
      1,
      'truncated',
    ],
    [
      'takes the digest’s list out',
      (lines: string[]) => lines.slice(0, -1),
      'digest',
      1,
      'missing',
    ],
  ])('names the first bad row when somebody %s', async (_what, change, stream, sequence, what) => {
    const { exitCode, stderr, json } = await verify(change);

    expect(exitCode).toBe(1);
    expect(stderr).toContain(`First bad row: ${stream} ${sequence} `);
    expect(AuditVerifyResult.parse(JSON.parse(json)).faults).toEqual([{ stream, sequence, what }]);
  });

  it('misses a digest that was posted', async () => {
    const { stderr } = await verify((lines) => lines.slice(0, 7), '--digest', POSTED);

    expect(stderr).toContain('First bad row: digest 1 and what followed it is cut off');
  });

  it.each([
    [
      ['--file', '/nowhere'],
      '--file: Name a file that audit export wrote. /nowhere: there is no such file',
    ],
    [['--file', GOOD, '--digest', 'abc'], '--digest: Write the hash of a digest'],
    [['--file', import.meta.filename], '--file: line 1 is no row of an exported audit'],
  ])('names what it cannot use: %j', async (args, message) => {
    const { exitCode, stderr } = await runCli(['audit', 'verify', ...args]);

    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
  });

  it.each([
    ['audit-verify', AuditVerifyResult],
    ['audit-export', AuditExportResult],
    ['audit-erase', AuditEraseResult],
  ])('prints JSON as docs/cli/%s.schema.json says', async (name, shape) => {
    const file = new URL(`../../docs/cli/${name}.schema.json`, import.meta.url);

    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(z.toJSONSchema(shape));
  });
});
