import { nearest } from '#domain/nearest.ts';
import { type Column, headerName, type RegisterFile } from '#domain/register/column.ts';
import type { ProblemList } from '#domain/register/import-problem.ts';
import { quoted } from '#domain/register/readers.ts';

/** The columns of a file in its own order; `null` for one that is not read. */
export type Header<Item> = readonly (Column<Item> | null)[];

/** Columns that people keep for themselves. */
const NOT_READ: ReadonlySet<string> = new Set(
  ['Vendor', 'Publisher', 'Note', 'Notes', 'Comment', 'Comments'].map(headerName),
);

/** How many of the names are columns of such a file. */
export function recognized<Item>(file: RegisterFile<Item>, names: readonly string[]): number {
  const known = byName(file);
  return names.filter((name) => known.has(headerName(name))).length;
}

/** Find the columns by their names; what cannot be used is said. */
export function readHeader<Item>(
  file: RegisterFile<Item>,
  names: readonly string[],
  problems: ProblemList,
): Header<Item> {
  const known = byName(file);
  const seen = new Set<Column<Item>>();
  const header = names.map((name) => {
    const column = known.get(headerName(name)) ?? null;
    if (column === null) {
      if (isUnknown(name)) problems.add(1, name, unknownColumn(file, name));
    } else if (seen.has(column)) {
      problems.add(1, name, `The column ${column.header} is there twice: keep one`);
    } else {
      seen.add(column);
    }
    return column;
  });
  for (const column of file.columns) {
    if (!column.required || seen.has(column)) continue;
    problems.add(1, column.header, 'This column is missing: add it');
  }
  return header;
}

/** `A`, `B` … `Z`, `AA`: how spreadsheets name a column without a header. */
export function columnLetter(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : `${columnLetter(Math.floor(index / 26) - 1)}${last}`;
}

function byName<Item>({ columns }: RegisterFile<Item>): ReadonlyMap<string, Column<Item>> {
  return new Map(
    columns.flatMap((column) =>
      [column.header, ...column.also].map((name) => [headerName(name), column] as const),
    ),
  );
}

function isUnknown(name: string): boolean {
  return name.trim() !== '' && !NOT_READ.has(headerName(name));
}

function unknownColumn<Item>({ columns }: RegisterFile<Item>, name: string): string {
  const near = nearest(
    headerName(name),
    columns.map(({ header }) => headerName(header)),
  );
  const meant = columns.find(({ header }) => headerName(header) === near);
  const advice = meant === undefined ? 'remove it or rename it' : `did you mean ${meant.header}?`;
  return `I do not know the column ${quoted(name)}: ${advice}`;
}
