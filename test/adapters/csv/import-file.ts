import { readSheet } from '#adapters/csv/read-sheet.ts';
import type { LicensingSettings } from '#domain/estate/licensing-settings.ts';
import type { ImportProblem, ImportProblems } from '#domain/register/import-problem.ts';
import { productCatalog } from '#domain/register/product-catalog.ts';
import { type ReadRegister, readRegister } from '#domain/register/read-register.ts';

/** The columns that must not be empty, and one row that can be used. */
export const HEADER = 'Contract,Product,Metric,Quantity,Kind,Purchase date';
export const ROW = 'EA-1,SQL Server,core,40,perpetual,2019-06-30';

/** The file with these columns, and one row of these cells. */
export function fileOf(cells: Readonly<Record<string, string>>, delimiter = ','): string {
  const names = HEADER.split(',');
  const known = Object.fromEntries(ROW.split(',').map((cell, index) => [names[index], cell]));
  const all = { ...known, ...cells };
  const quote = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
  return [Object.keys(all), Object.values(all)]
    .map((line) => line.map((cell) => quote(String(cell))).join(delimiter))
    .join('\n');
}

/** Reads a whole file as an import does. */
export function readFile(
  content: string | Uint8Array,
  products: LicensingSettings['products'] = [],
): ReadRegister {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const reading = readSheet(bytes);
  if ('problem' in reading) return { ok: false, problems: [reading.problem], more: 0 };
  return readRegister(reading.sheet, productCatalog({ products }));
}

/** The entitlements of a file that can be used. @throws Error with its problems otherwise */
export function entitlementsOf(content: string | Uint8Array) {
  const read = readFile(content);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  if (!('entitlements' in read.part)) throw new Error('Not entitlements');
  return read.part.entitlements;
}

/** What is wrong with a file: `row column: message`, a line each. */
export function problemsOf(content: string | Uint8Array): readonly string[] {
  const read = readFile(content);
  return read.ok ? [] : textsOf(read);
}

export function textsOf({ problems }: ImportProblems): readonly string[] {
  return problems.map(({ row, column, message }: ImportProblem) => `${row} ${column}: ${message}`);
}
