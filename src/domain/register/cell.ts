import type { Product } from '#domain/licenses/product.ts';
import type { ProductCatalog } from '#domain/register/product-catalog.ts';

/** What a cell says, or what is wrong with it and what to write. */
export type Reading = { readonly value: unknown } | { readonly problem: string };

/** What the rest of the file says that a cell is read by. */
export interface CellContext {
  readonly catalog: ProductCatalog;
  /** The row's product; `null` where it is not known. */
  readonly product: Product | null;
  /** Fractions are written with a comma. */
  readonly decimalComma: boolean;
}

/** How the cells of a column are read. */
export interface Reader {
  /** What an empty cell means. */
  readonly empty: unknown;
  /** A sign at the beginning belongs to a number, not to a formula. */
  readonly signed: boolean;
  /** `text` has no spaces around it and is not empty. */
  read(text: string, context: CellContext): Reading;
}

const FORMULA = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/u;
const SIGN = /^\s*[+\-＋－]/u;
const QUOTED_FORMULA = /^'+[=+\-@＝＋－＠]/u;
const QUOTABLE = /^'*[=+\-@＝＋－＠]/u;

/**
 * Read one cell. What a spreadsheet would run as a formula is refused; an apostrophe before it makes
 * it text.
 */
export function readCell(raw: string, reader: Reader, context: CellContext): Reading {
  if (FORMULA.test(raw) && !(reader.signed && SIGN.test(raw))) {
    const start = JSON.stringify([...raw.trimStart(), ...raw][0]);
    return {
      problem: `Begins with ${start}: a spreadsheet would run it as a formula. Write the text itself, or an apostrophe (') before it`,
    };
  }
  const text = raw.trim();
  if (text === '') return { value: reader.empty };
  return reader.read(QUOTED_FORMULA.test(text) ? text.slice(1) : text, context);
}

/** A cell that no spreadsheet runs as a formula, and that `readCell` reads as it was. */
export function harmlessCell(text: string): string {
  return QUOTABLE.test(text) ? `'${text}` : text;
}
