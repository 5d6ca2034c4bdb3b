import type { BlockOf } from './known-block.ts';
import { RichText } from './rich-text.tsx';

/** A cell of either kind of table. */
export type Cell = BlockOf<'table'>['rows'][number][number];

/** What a cell shows. */
export function CellContent({ cell }: { cell: Cell }) {
  return cell.type === 'rich_text' ? <RichText block={cell} /> : cell.text;
}

/** Rows in order: numbers by size, text as people sort it, what is no number after the numbers. */
export function compareCells(left: Cell | undefined, right: Cell | undefined): number {
  if (left?.type === 'raw_number' && right?.type === 'raw_number') return left.value - right.value;
  if (left?.type === 'raw_number') return -1;
  if (right?.type === 'raw_number') return 1;
  return wordsIn(left).localeCompare(wordsIn(right), undefined, { numeric: true });
}

function wordsIn(cell: Cell | undefined): string {
  if (cell === undefined) return '';
  return cell.type === 'rich_text' ? JSON.stringify(cell.elements) : cell.text;
}
