import type * as z from 'zod';
import type { Reader } from '#domain/register/cell.ts';
import { plain } from '#domain/register/product-catalog.ts';

/** A column of a file, and what of an item it holds. */
export interface Column<Item> {
  /** The name of its value among those of a row. */
  readonly key: string;
  /** As an export names it. */
  readonly header: string;
  /** What people call it as well. */
  readonly also: readonly string[];
  /** No cell of it may be empty. */
  readonly required: boolean;
  readonly reader: Reader;
  /** What it says, as it is read again. */
  write(item: Item): string;
}

/** A kind of file: its columns, and what its rows are. */
export interface RegisterFile<Item> {
  readonly kind: 'entitlements' | 'servers';
  readonly columns: readonly Column<Item>[];
  readonly schema: z.ZodType<Item>;
  /** What the schema takes, from a row's values by the keys of its columns. */
  assemble(values: Readonly<Record<string, unknown>>): unknown;
  /** The same for two rows that mean the same thing. */
  keyOf(item: Item): string;
  /** Of which columns the key is made, for people. */
  readonly keyNames: string;
  /** How people recognize an item: what, which of them, how much. */
  describe(item: Item): readonly [what: string, which: string, amount: string];
}

/** A column without its names and with what is usual. */
export function column<Item>(
  header: string,
  reader: Reader,
  write: (item: Item) => string | number | null,
  { key = plain(header), also = [], required = false }: Partial<Column<Item>> = {},
): Column<Item> {
  return { key, header, also, required, reader, write: (item) => String(write(item) ?? '') };
}

/** The name by which a header is recognized: case, spaces, hyphens and remarks in brackets do not matter. */
export function headerName(text: string): string {
  return plain(text.replaceAll(/\([^)]*\)/g, ''));
}
