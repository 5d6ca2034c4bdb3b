import type { DataTableBlock } from '@slack/types';
import { figure } from '#slack/views/figures.ts';
import { nameText } from '#slack/views/text.ts';

type Cell = DataTableBlock['rows'][number][number];

/** A native table; `caption` says what it shows to people who do not see it. */
export function table(
  caption: string,
  columns: readonly string[],
  rows: readonly (readonly Cell[])[],
): DataTableBlock {
  const heading = columns.map((column): Cell => ({ type: 'raw_text', text: column }));
  return {
    type: 'data_table',
    caption: nameText(caption, 200),
    rows: [heading, ...rows.map((row) => [...row])],
    page_size: PAGE_SIZE,
  };
}

const PAGE_SIZE = 20;

/** A cell of text; names in it are taken literally. */
export function textCell(text: string | null, limit = 60): Cell {
  return { type: 'raw_text', text: text === null ? '–' : nameText(text, limit) };
}

/** A cell with a number, sorted as one; a dash where there is none. */
export function numberCell(value: number | null): Cell {
  return value === null
    ? { type: 'raw_text', text: '–' }
    : { type: 'raw_number', value, text: figure(value) };
}
