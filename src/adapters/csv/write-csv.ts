import { stringify } from 'csv-stringify/sync';

/** Rows as CSV in UTF-8 with a byte order mark, by which spreadsheets know the encoding. */
export function writeCsv(rows: readonly (readonly string[])[]): string {
  return stringify(
    rows.map((row) => [...row]),
    { bom: true },
  );
}
