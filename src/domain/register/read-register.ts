import type { LicenseRegister } from '#domain/licenses/license-register.ts';
import { type CellContext, type Reading, readCell } from '#domain/register/cell.ts';
import type { Column, RegisterFile } from '#domain/register/column.ts';
import { ENTITLEMENT_FILE } from '#domain/register/entitlement-file.ts';
import { columnLetter, type Header, readHeader, recognized } from '#domain/register/header.ts';
import {
  type ImportProblems,
  type ProblemList,
  problemList,
} from '#domain/register/import-problem.ts';
import type { ProductCatalog } from '#domain/register/product-catalog.ts';
import { SERVER_FILE } from '#domain/register/server-file.ts';

/** The cells of a file. */
export interface Sheet {
  /** As a spreadsheet shows them; the first names the columns. */
  readonly rows: readonly (readonly string[])[];
  /** Fractions are written with a comma. */
  readonly decimalComma: boolean;
}

/** The part of a register that a file says, whole, or everything that is wrong with it. */
export type ReadRegister =
  | {
      readonly ok: true;
      readonly part: Pick<LicenseRegister, 'entitlements'> | Pick<LicenseRegister, 'servers'>;
    }
  | ({ readonly ok: false } & ImportProblems);

/** Read a file of entitlements or of servers, told apart by the names of its columns. */
export function readRegister(sheet: Sheet, catalog: ProductCatalog): ReadRegister {
  const names = sheet.rows[0] ?? [];
  const problems = problemList();
  const entitlements = recognized(ENTITLEMENT_FILE, names);
  const servers = recognized(SERVER_FILE, names);
  if (entitlements + servers === 0) {
    problems.add(1, null, 'Name the columns in row 1: Contract, Product, Metric, Quantity …');
    return { ok: false, ...problems.found() };
  }
  const part =
    servers > entitlements
      ? { servers: readRows(SERVER_FILE, names, sheet, catalog, problems) }
      : { entitlements: readRows(ENTITLEMENT_FILE, names, sheet, catalog, problems) };
  return problems.none() ? { ok: true, part } : { ok: false, ...problems.found() };
}

/** The items of every row that has any text; rows with problems are left out. */
function readRows<Item>(
  file: RegisterFile<Item>,
  names: readonly string[],
  { rows, decimalComma }: Sheet,
  catalog: ProductCatalog,
  problems: ProblemList,
): readonly Item[] {
  const header = readHeader(file, names, problems);
  if (!problems.none()) return [];
  const places = placesOf(header);
  const productIndex = header.findIndex((column) => column?.key === 'product');
  const rowOf = new Map<string, number>();
  const items: Item[] = [];
  for (const [index, cells] of rows.slice(1).entries()) {
    if (cells.every((cell) => cell.trim() === '')) continue;
    const row = index + 2;
    const complain: Complain = (column, message) =>
      problems.add(row, column?.header ?? null, message);
    complainOfStrayCells(names, cells, complain);
    const product = catalog.find(cells[productIndex] ?? '');
    const context = { catalog, product, decimalComma };
    const item = readRow(file, places, cells, context, complain);
    if (item === null) continue;
    const key = file.keyOf(item);
    const first = rowOf.get(key);
    if (first !== undefined) {
      complain(undefined, `Repeats row ${first}: the same ${file.keyNames}. Keep one row`);
      continue;
    }
    rowOf.set(key, row);
    items.push(item);
  }
  return items;
}

/** Says what is wrong with a cell or, without a column, with the row. */
type Complain = (column: { readonly header: string } | undefined, message: string) => void;

interface Place<Item> {
  readonly column: Column<Item>;
  readonly index: number;
}

function placesOf<Item>(header: Header<Item>): readonly Place<Item>[] {
  return header.flatMap((column, index) => (column === null ? [] : [{ column, index }]));
}

/** A cell without a column is most often the rest of a text that was not quoted. */
function complainOfStrayCells(
  names: readonly string[],
  cells: readonly string[],
  complain: Complain,
): void {
  for (const [index, cell] of cells.entries()) {
    if (cell.trim() === '' || (names[index] ?? '').trim() !== '') continue;
    const message = 'This cell has no column: name it in row 1 or remove it';
    complain({ header: columnLetter(index) }, message);
  }
}

function readRow<Item>(
  file: RegisterFile<Item>,
  places: readonly Place<Item>[],
  cells: readonly string[],
  context: CellContext,
  complain: Complain,
): Item | null {
  const values: Record<string, unknown> = Object.fromEntries(
    file.columns.map(({ key, reader }) => [key, reader.empty]),
  );
  let isGood = true;
  for (const { column, index } of places) {
    const reading = readColumn(column, cells[index] ?? '', context);
    if ('value' in reading) {
      values[column.key] = reading.value;
    } else {
      isGood = false;
      complain(column, reading.problem);
    }
  }
  return isGood ? checked(file, values, complain) : null;
}

function readColumn<Item>(
  { reader, required }: Column<Item>,
  cell: string,
  context: CellContext,
): Reading {
  const isEmpty = cell.trim() === '';
  return required && isEmpty
    ? { problem: 'Write something: it must not be empty' }
    : readCell(cell, reader, context);
}

/** The item that the values say, if the schema agrees; one complaint for each column. */
function checked<Item>(
  file: RegisterFile<Item>,
  values: Readonly<Record<string, unknown>>,
  complain: Complain,
): Item | null {
  const parsed = file.schema.safeParse(file.assemble(values));
  if (parsed.success) return parsed.data;
  const complaints = new Map(
    parsed.error.issues
      .toReversed()
      .map(
        ({ path, message }) =>
          [file.columns.findLast(({ key }) => path.includes(key)), message] as const,
      ),
  );
  for (const [column, message] of complaints) complain(column, message);
  return null;
}
