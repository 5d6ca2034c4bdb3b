import Papa from 'papaparse';
import { type DecodedText, decodeText } from '#adapters/csv/decode-text.ts';
import type { ReadSheet } from '#ports/read-sheet.ts';

const DELIMITERS = [',', ';', '\t'] as const;

const NO_TEXT = {
  empty: 'The file is empty',
  workbook: 'This is an Excel workbook: save it as CSV UTF-8 and import that',
  binary: 'This is no text: save it as CSV UTF-8 and import that',
} as const satisfies Record<Extract<DecodedText, { problem: string }>['problem'], string>;

/** Read a CSV file in any of the encodings and with any of the delimiters that spreadsheets write. */
export const readSheet: ReadSheet = (bytes) => {
  const decoded = decodeText(bytes);
  if ('problem' in decoded) return problem(null, NO_TEXT[decoded.problem]);
  const text = decoded.text.replaceAll(/\r\n?/g, '\n');
  const delimiter = delimiterOf(text);
  const { data, errors } = parse(text, delimiter);
  const [error] = errors;
  if (error !== undefined) {
    return problem(
      (error.row ?? 0) + 1,
      'A quotation mark is not closed, or text follows it: write a quotation mark within quoted text twice',
    );
  }
  return { sheet: { rows: data, decimalComma: delimiter === ';' } };
};

/** The one that makes the most cells of the first row. */
function delimiterOf(text: string): string {
  const cells = DELIMITERS.map((delimiter) => parse(text, delimiter, 1).data[0]?.length ?? 0);
  return DELIMITERS[cells.indexOf(Math.max(...cells))] ?? ',';
}

function parse(text: string, delimiter: string, preview = 0): Papa.ParseResult<string[]> {
  return Papa.parse<string[]>(text, { delimiter, newline: '\n', preview });
}

function problem(row: number | null, message: string) {
  return { problem: { row, column: null, message } };
}
