import type { ImportNotice } from '#domain/register/import-notice.ts';
import { countsOf } from '#domain/register/register-change.ts';
import type { ImportShown } from '#ports/import-form.ts';
import { ACTION } from '#slack/views/action-ids.ts';
import { failureMessage } from '#slack/views/apology.ts';
import { button } from '#slack/views/buttons.ts';
import { figure } from '#slack/views/figures.ts';
import { targetText } from '#slack/views/import-target.ts';
import {
  CHANGE_TEXT,
  countsText,
  fieldsText,
  importRefusalLine,
  placeText,
} from '#slack/views/import-words.ts';
import { LIMITS } from '#slack/views/limits.ts';
import { context, fitted, type Message, message } from '#slack/views/message.ts';
import { type Line, lines, spoken } from '#slack/views/rich-text.ts';
import { table, textCell } from '#slack/views/table.ts';
import { mrkdwn, nameText } from '#slack/views/text.ts';

/** What an import came to, for somebody who closed its form; `null` when there is nothing to say. */
export function importMessage(shown: ImportShown): Message | null {
  switch (shown.kind) {
    case 'form':
      return null;
    case 'refused':
      return sentence([...importRefusalLine(shown.why), ' Nothing was changed.']);
    case 'failed':
      return failureMessage('I could not read your file. Nothing was changed.', shown.reference);
    case 'unchanged':
      return sentence([`${nameText(shown.fileName, 150)} changes nothing in the register.`]);
    case 'problems':
      return fitted(Math.min(shown.problems.length, ROWS), (rows) => problemsMessage(shown, rows));
    case 'changes':
      return fitted(Math.min(shown.diff.changes.length, ROWS), (rows) =>
        changesMessage(shown, rows),
      );
  }
}

/** What came of confirming an import. */
export function importNoticeMessage(notice: ImportNotice): Message {
  if (notice.kind === 'refused') {
    return sentence([...importRefusalLine(notice.why), ' Your import changed nothing.']);
  }
  const counts = countsText(notice.counts);
  const text = mrkdwn`Your import is in force: ${counts}`;
  return message(text, [
    lines([`✅ Your import is in force: ${counts}`]),
    context(mrkdwn`Register ${notice.hash.slice(0, 12)}`),
  ]);
}

/** With the row of names within Slack's limit. */
const ROWS = LIMITS.tableRows;

function sentence(line: Line): Message {
  return message(spoken(line), [lines(line)]);
}

function problemsMessage(
  { fileName, problems, more }: Extract<ImportShown, { kind: 'problems' }>,
  rows: number,
): Message {
  const total = problems.length + more;
  const line: Line = [
    `⛔ Nothing was imported from ${nameText(fileName, 150)}: ${total === 1 ? 'one problem' : `${figure(total)} problems`}. Correct the file and import it again.`,
  ];
  const shown = problems.slice(0, rows);
  return message(spoken(line), [
    lines(line),
    ...(shown.length === 0
      ? []
      : [
          table(
            'What to correct',
            ['Where', 'What'],
            shown.map((problem) => [
              textCell(placeText(problem)),
              textCell(problem.message, LIMITS.markupPiece),
            ]),
          ),
        ]),
    ...moreLine(total - shown.length),
  ]);
}

function changesMessage(shown: Extract<ImportShown, { kind: 'changes' }>, rows: number): Message {
  const { changes } = shown.diff;
  const line: Line = [
    `${nameText(shown.fileName, 150)}: ${countsText(countsOf(shown.diff))} Nothing is changed before you confirm.`,
  ];
  const visible = changes.slice(0, rows);
  return message(spoken(line), [
    lines(line),
    ...(visible.length === 0
      ? []
      : [
          table(
            'What the import changes',
            ['Change', 'What', 'Which', 'How'],
            visible.map(({ kind, what, which, amount, fields }) => [
              textCell(CHANGE_TEXT[kind]),
              textCell(what, 100),
              textCell(which, 140),
              textCell(kind === 'changed' ? fieldsText(fields) : amount, LIMITS.markupPiece),
            ]),
          ),
        ]),
    ...moreLine(changes.length - visible.length),
    {
      type: 'actions',
      elements: [
        button(ACTION.confirmImport, 'Confirm', {
          value: targetText(shown),
          style: 'primary',
          label: 'Confirm this import',
        }),
      ],
    },
  ]);
}

function moreLine(count: number) {
  return count > 0 ? [lines([`and ${figure(count)} more`])] : [];
}
