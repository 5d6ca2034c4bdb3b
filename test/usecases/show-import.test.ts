import { describe, expect, it } from 'vitest';
import { readSheet } from '#adapters/csv/read-sheet.ts';
import type { AnswerJob } from '#domain/jobs/answer-job.ts';
import type { ImportPlace, ImportShown } from '#ports/import-form.ts';
import type { UploadedFile } from '#ports/uploaded-files.ts';
import { showImportForm, showImportPreview } from '#usecases/show-import.ts';
import { aPerson, aPolicy, NOW } from '../builders.ts';
import { memoryLicenseRegisters } from '../fakes/memory-license-registers.ts';
import { memoryPolicies } from '../fakes/memory-policies.ts';

const FILE = [
  'Contract,Product,Metric,Quantity,Kind,Purchase date',
  'EA-1,SQL Server,core,40,perpetual,2019-06-30',
].join('\n');
const JOB = {
  key: 'key-1',
  viewKey: 'view-1',
  replyTo: { personId: 'U0ADMIN001', channelId: null, responseUrl: null },
};
const PREVIEW = { kind: 'import-preview', fileId: 'F1', ...JOB } satisfies AnswerJob;
const READ: UploadedFile = {
  kind: 'read',
  name: 'a.csv',
  bytes: new TextEncoder().encode(FILE),
};

/** What an import needs, one file in Slack, and what was shown. */
function aWorld(file: UploadedFile = READ) {
  const { roles } = aPolicy();
  const policy = aPolicy({
    roles: { ...roles, administrator: { users: ['U0ADMIN001'], userGroups: [] } },
  });
  const registers = memoryLicenseRegisters();
  const shown: { place: ImportPlace; shown: ImportShown }[] = [];
  const asked: [string, number][] = [];
  const ports = {
    registers,
    policies: memoryPolicies({ hash: 'p'.repeat(64), policy }),
    people: { get: async (id: string) => aPerson(id), members: async () => new Map() },
    firstAdministrators: [],
    files: {
      read: async (fileId: string, mostBytes: number) => {
        asked.push([fileId, mostBytes]);
        return file;
      },
    },
    readSheet,
    notifier: {
      showImport: async (place: ImportPlace, what: ImportShown) => {
        shown.push({ place, shown: what });
      },
    },
  };
  return { ports, registers, asked, last: () => shown.at(-1)?.shown };
}
const by = (personId: string) => ({ replyTo: { ...JOB.replyTo, personId } });

describe('the form of an import', () => {
  it('is shown to administrators only', async () => {
    const { ports, last } = aWorld();
    await showImportForm(ports, { kind: 'import-form', ...JOB });
    expect(last()).toEqual({ kind: 'form' });

    await showImportForm(ports, { kind: 'import-form', ...JOB, ...by('U0APPROVE1') });
    expect(last()).toEqual({ kind: 'refused', why: { code: 'not-an-administrator' } });
  });
});

describe('the preview of an import', () => {
  it('keeps what it shows, under the hash that is confirmed', async () => {
    const { ports, registers, asked, last } = aWorld();
    await showImportPreview(ports, PREVIEW);

    const shown = last();
    if (shown?.kind !== 'changes') throw new Error(`Shown: ${shown?.kind}`);
    expect(shown).toMatchObject({ fileName: 'a.csv', expected: null });
    expect(await registers.draft(shown.hash)).toMatchObject({
      entitlements: [{ contract: 'EA-1', quantity: 40 }],
    });
    expect(asked).toEqual([['F1', 20_000_000]]);
  });

  it('reads no file for who may not import', async () => {
    const { ports, asked, last } = aWorld();
    await showImportPreview(ports, { ...PREVIEW, ...by('U0APPROVE1') });

    expect(last()).toMatchObject({ kind: 'refused' });
    expect(asked).toEqual([]);
  });

  it('says that nothing changes', async () => {
    const { ports, registers, last } = aWorld();
    await showImportPreview(ports, PREVIEW);
    const shown = last();
    if (shown?.kind !== 'changes') throw new Error(`Shown: ${shown?.kind}`);
    const draft = await registers.draft(shown.hash);
    if (draft === null) throw new Error('No draft');
    const hash = await registers.store(draft);
    registers.move({ hash, expected: null, importedBy: 'U0ADMIN001', importedAt: NOW });

    await showImportPreview(ports, PREVIEW);

    expect(last()).toMatchObject({ kind: 'unchanged', fileName: 'a.csv', unchanged: 1 });
  });

  it.each<[string, UploadedFile, string]>([
    ['is gone', { kind: 'gone' }, 'Slack does not have the file any more'],
    ['has 50 MB', { kind: 'too-large', name: 'a.csv' }, 'The file has more than 20 MB'],
    [
      'is an Excel workbook',
      { kind: 'read', name: 'a.xlsx', bytes: Buffer.from('PK\u0003\u0004') },
      'save it as CSV UTF-8',
    ],
    [
      'is wrong',
      { kind: 'read', name: 'a.csv', bytes: Buffer.from(FILE.replace('40', '-40')) },
      'The number is negative',
    ],
  ])('names the problem of a file that %s', async (_what, file, message) => {
    const { ports, last } = aWorld(file);
    await showImportPreview(ports, PREVIEW);

    expect(last()).toMatchObject({
      kind: 'problems',
      problems: [{ message: expect.stringContaining(message) }],
      more: 0,
    });
  });
});
