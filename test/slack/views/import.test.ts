import { describe, expect, it } from 'vitest';
import { registerDiff } from '#domain/register/register-diff.ts';
import type { ImportShown } from '#ports/import-form.ts';
import { importMessage, importNoticeMessage } from '#slack/views/import-message.ts';
import { importView } from '#slack/views/import-view.ts';
import { blockProblems, viewProblems } from '../../../sandbox/slack/block-kit/validate.ts';
import { NOW } from '../../builders.ts';
import { anEntitlement, aRegister, aServer } from '../../register-builders.ts';
import { lengthOf, reading } from './reading.ts';

const BEFORE = aRegister({ entitlements: [anEntitlement()], servers: [aServer()] });
const AFTER = aRegister({
  entitlements: [
    anEntitlement({ quantity: 60, expiresOn: '2030-01-31' }),
    anEntitlement({ contract: 'EA-2' }),
  ],
});
const CHANGES: ImportShown = {
  kind: 'changes',
  fileName: 'entitlements.csv',
  hash: 'a'.repeat(64),
  expected: null,
  diff: registerDiff(BEFORE, AFTER),
};
const PROBLEMS: ImportShown = {
  kind: 'problems',
  fileName: 'entitlements.csv',
  problems: [
    { row: null, column: null, message: 'The file is empty' },
    { row: 7, column: null, message: 'Repeats row 3' },
    { row: 1234, column: 'Quantity', message: 'Write a whole number, such as 40' },
  ],
  more: 0,
};
/** 1,500 of them. */
const many = <Item>(items: readonly Item[]): Item[] => Array(500).fill(items).flat();

describe('the form of an import', () => {
  it('shows what changes, and confirms exactly that', () => {
    const view = importView('key-1', CHANGES);

    expect(reading(view.blocks)).toMatchInlineSnapshot(`
      "entitlements.csv
      Preview: 1 added, 1 changed, 1 removed; none stay as before.
      What changes
      • Changed: SQL Server Enterprise 2022 · EA-1 of 2019-06-30: Quantity 40 → 60, Expiry empty → 2030-01-31
      • Added: SQL Server Enterprise 2022 · EA-2 of 2019-06-30: 40 core licenses
      • Removed: Oracle Database Enterprise Edition 19c · ora-db-01, Frankfurt 2: 2 × 16 cores
      Nothing is changed before you confirm. The import is recorded under your name."
    `);
    expect(view).toMatchObject({
      external_id: 'key-1',
      callback_id: 'confirm_import',
      private_metadata: `${'a'.repeat(64)} none`,
      submit: { text: 'Confirm' },
    });
  });

  it('shows what is wrong, and confirms nothing', () => {
    const view = importView('key-1', PROBLEMS);

    expect(reading(view.blocks)).toMatchInlineSnapshot(`
      "entitlements.csv
      ⛔ Nothing was imported: 3 problems.
      What to correct
      • The file: The file is empty
      • Row 7: Repeats row 3
      • Row 1234, Quantity: Write a whole number, such as 40
      Correct the file and import it again."
    `);
    expect(view).not.toHaveProperty('submit');
  });

  it('shows as much as a person reads, and counts the rest', () => {
    const long = [
      importView('key-1', { ...PROBLEMS, problems: many(PROBLEMS.problems), more: 500 }),
      importView('key-1', {
        ...CHANGES,
        diff: { changes: many(CHANGES.diff.changes), unchanged: 0 },
      }),
    ];

    expect(reading(long[0]?.blocks ?? [])).toContain('2,000 problems');
    expect(reading(long[0]?.blocks ?? [])).toContain('and 1,960 more');
    expect(reading(long[1]?.blocks ?? [])).toContain('and 1,460 more');
    expect(long.flatMap((view) => viewProblems(view, 'modal'))).toEqual([]);
  });

  it.each([
    [{ kind: 'opening' }, 'One moment…'],
    [{ kind: 'reading' }, '⏳ Reading your file… If you close this, I send you the result.'],
    [{ kind: 'form' }, 'You see what changes before anything does.'],
    [{ kind: 'unchanged', fileName: 'a.csv', unchanged: 3 }, 'Nothing changes'],
    [{ kind: 'failed', reference: 'ref-1' }, 'tell your administrators this reference: ref-1'],
    [{ kind: 'refused', why: { code: 'outsider' } }, 'Guests and people of other organizations'],
  ] satisfies [Parameters<typeof importView>[1], string][])('says %j', (shown, text) => {
    const view = importView('key-1', shown);

    expect(reading(view.blocks)).toContain(text);
    expect(viewProblems(view, 'modal')).toEqual([]);
  });
});

describe('an import whose form was closed', () => {
  it('is shown as a table with a button', () => {
    const message = importMessage(CHANGES);

    expect(message?.text).toBe(
      'entitlements.csv: 1 added, 1 changed, 1 removed; none stay as before. Nothing is changed before you confirm.',
    );
    expect(reading(message?.blocks ?? [])).toMatchInlineSnapshot(`
      "entitlements.csv: 1 added, 1 changed, 1 removed; none stay as before. Nothing is changed before you confirm.
      Change | What | Which | How
      Changed | SQL Server Enterprise 2022 | EA-1 of 2019-06-30 | Quantity 40 → 60, Expiry empty → 2030-01-31
      Added | SQL Server Enterprise 2022 | EA-2 of 2019-06-30 | 40 core licenses
      Removed | Oracle Database Enterprise Edition 19c | ora-db-01, Frankfurt 2 | 2 × 16 cores
      [Confirm]"
    `);
  });

  it('is shown with what is wrong by row and column', () => {
    expect(reading(importMessage(PROBLEMS)?.blocks ?? [])).toMatchInlineSnapshot(`
      "⛔ Nothing was imported from entitlements.csv: 3 problems. Correct the file and import it again.
      Where | What
      The file | The file is empty
      Row 7 | Repeats row 3
      Row 1234, Quantity | Write a whole number, such as 40"
    `);
  });

  it('is shown as far as a message holds it', () => {
    const long = [
      importMessage({ ...PROBLEMS, problems: many(PROBLEMS.problems), more: 500 }),
      importMessage({ ...CHANGES, diff: { changes: many(CHANGES.diff.changes), unchanged: 0 } }),
    ];

    for (const message of long) {
      expect(blockProblems(message?.blocks ?? [], 'message')).toEqual([]);
      expect(message === null ? 0 : lengthOf(message)).toBeLessThan(12_000);
      expect(reading(message?.blocks ?? [])).toMatch(/and 1,\d{3} more/);
    }
  });

  it.each([
    [{ kind: 'unchanged', fileName: 'a.csv', unchanged: 3 }, 'a.csv changes nothing'],
    [{ kind: 'failed', reference: 'ref-1' }, 'I could not read your file. Nothing was changed.'],
    [{ kind: 'refused', why: { code: 'not-an-administrator' } }, 'Only administrators import'],
  ] satisfies [ImportShown, string][])('says %j', (shown, text) => {
    expect(importMessage(shown)?.text).toContain(text);
  });

  it('is not spoken of before a file was chosen', () => {
    expect(importMessage({ kind: 'form' })).toBeNull();
  });
});

describe('what came of an import', () => {
  it.each([
    [
      {
        kind: 'done',
        hash: 'a'.repeat(64),
        counts: { added: 1, changed: 0, removed: 0, unchanged: 1 },
      },
      'Your import is in force: 1 added, none changed, none removed; 1 stays as before.',
    ],
    [
      { kind: 'refused', why: { code: 'draft-missing' } },
      'more than a day old. Please import the file again.',
    ],
    [
      { kind: 'refused', why: { code: 'in-force', by: 'U0ADMIN002', at: NOW } },
      'imported by <@U0ADMIN002>',
    ],
    [
      { kind: 'refused', why: { code: 'superseded', by: null, at: null } },
      'Another import came between. Please',
    ],
  ] satisfies [Parameters<typeof importNoticeMessage>[0], string][])(
    'is told: %j',
    (notice, text) => {
      expect(importNoticeMessage(notice).text).toContain(text);
    },
  );
});
