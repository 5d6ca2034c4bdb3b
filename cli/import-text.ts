import type { ImportProblem, ImportProblems } from '#domain/register/import-problem.ts';
import {
  countsOf,
  type RegisterChange,
  type RegisterDiff,
} from '#domain/register/register-change.ts';

const SIGNS = { added: '+', changed: '~', removed: '-' } as const;

/** What is wrong in a file, a line each, by row and column. */
export function problemLines({ problems, more }: ImportProblems): readonly string[] {
  return listed(
    problems.map((problem) => `  ${placeOf(problem)}: ${problem.message}`),
    more,
  );
}

function placeOf({ row, column }: ImportProblem): string {
  if (row === null) return 'file';
  return column === null ? `row ${row}` : `row ${row}, ${column}`;
}

/** What changes in the register, a line each. */
export function changeLines({ changes }: RegisterDiff): readonly string[] {
  return listed(
    changes.slice(0, SHOWN).map((change) => `  ${SIGNS[change.kind]} ${textOf(change)}`),
    Math.max(0, changes.length - SHOWN),
  );
}

/** How many lines of the register it touches. */
export function countsText(diff: RegisterDiff): string {
  const { added, changed, removed, unchanged } = countsOf(diff);
  return `${added} added, ${changed} changed, ${removed} removed, ${unchanged} as before.`;
}

const SHOWN = 200;

function textOf({ kind, what, which, amount, fields }: RegisterChange): string {
  const facts = fields.map(({ field, before, after }) => `${field} ${before} → ${after}`);
  return `${what}, ${which}: ${kind === 'changed' ? facts.join(', ') : amount}`;
}

/** What somebody typed into a file must not steer a terminal. */
function listed(lines: readonly string[], more: number): readonly string[] {
  const printable = lines.map((line) => line.replaceAll(/\p{C}/gu, '�'));
  return more > 0 ? [...printable, `  and ${more} more`] : printable;
}
