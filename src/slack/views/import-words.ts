import type { ImportCounts, ImportRefusal } from '#domain/register/import-notice.ts';
import type { ImportProblem } from '#domain/register/import-problem.ts';
import type { RegisterChange } from '#domain/register/register-change.ts';
import { figure } from '#slack/views/figures.ts';
import { bold, type Line, moment, person } from '#slack/views/rich-text.ts';
import { nameText } from '#slack/views/text.ts';

/** `2 added, 1 changed, none removed; 40 stay as they are.` */
export function countsText({ added, changed, removed, unchanged }: ImportCounts): string {
  const parts = [
    `${amount(added)} added`,
    `${amount(changed)} changed`,
    `${amount(removed)} removed`,
  ];
  return `${parts.join(', ')}; ${amount(unchanged)} ${unchanged === 1 ? 'stays' : 'stay'} as before.`;
}

const amount = (count: number): string => (count === 0 ? 'none' : figure(count));

/** Where a problem is: `Row 7, Quantity`. */
export function placeText({ row, column }: ImportProblem): string {
  if (row === null) return 'The file';
  return column === null ? `Row ${row}` : `Row ${row}, ${nameText(column)}`;
}

export const CHANGE_TEXT = {
  added: 'Added',
  changed: 'Changed',
  removed: 'Removed',
} as const satisfies Record<RegisterChange['kind'], string>;

/** What changes in one line of the register. */
export function changeLine({ kind, what, which, amount: much, fields }: RegisterChange): Line {
  const subject = `${nameText(what, 100)} · ${nameText(which, 140)}`;
  const facts = kind === 'changed' ? fieldsText(fields) : much;
  return [bold(`${CHANGE_TEXT[kind]}: `), `${subject}: ${facts}`];
}

/** `Quantity 40 → 60, Expiry empty → 2027-06-30`. */
export function fieldsText(fields: RegisterChange['fields']): string {
  return fields
    .map(({ field, before, after }) => `${field} ${valueText(before)} → ${valueText(after)}`)
    .join(', ');
}

const valueText = (text: string): string => (text === '' ? 'empty' : nameText(text, 80));

/** Why somebody cannot import, or why nothing was imported, and what to do. */
export function importRefusalLine(why: ImportRefusal): Line {
  switch (why.code) {
    case 'outsider':
      return ['Guests and people of other organizations have no part in this.'];
    case 'shared-channel':
      return ['People of another organization are in this channel, so nothing is decided here.'];
    case 'not-an-administrator':
      return ['Only administrators import what the company owns. Please ask one of them.'];
    case 'draft-missing':
      return ['That preview is more than a day old. Please import the file again.'];
    case 'in-force':
      return ['That is in force already: imported by ', person(why.by), ', ', moment(why.at), '.'];
    case 'superseded':
      return [
        'Another import came between',
        ...(why.by === null || why.at === null
          ? []
          : [', by ', person(why.by), ', ', moment(why.at)]),
        '. Please import your file again: it shows what would change now.',
      ];
  }
}
