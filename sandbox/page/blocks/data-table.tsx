import { useId, useState } from 'react';
import { type Cell, CellContent, compareCells } from './cell.tsx';
import type { BlockOf } from './known-block.ts';

/** Slack's own default. */
const PAGE_SIZE = 5;

type Order = 'ascending' | 'descending';

/** A table to sort by its columns and to page through. */
export function DataTable({ block }: { block: BlockOf<'data_table'> }) {
  const id = useId();
  const [sort, setSort] = useState<{ column: number; order: Order } | null>(null);
  const [page, setPage] = useState(0);
  const [head = [], ...rows] = block.rows;
  const size = block.page_size ?? PAGE_SIZE;
  const sorted = sort === null ? rows : sortedRows(rows, sort.column, sort.order);
  const start = Math.min(page * size, Math.max(0, rows.length - 1));
  const isNumeric = (column: number) => rows.some((row) => row[column]?.type === 'raw_number');

  const sortBy = (column: number) => {
    const again = sort?.column === column && sort.order === 'ascending';
    setSort({ column, order: again ? 'descending' : 'ascending' });
    setPage(0);
  };

  return (
    <div className="data-table">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: wide tables scroll by keyboard */}
      <figure className="table-scroll" aria-labelledby={id} tabIndex={0}>
        <table className="table">
          <caption id={id}>{block.caption}</caption>
          <thead>
            <tr>
              {head.map((cell, column) => (
                <th
                  // biome-ignore lint/suspicious/noArrayIndexKey: columns never move
                  key={column}
                  scope="col"
                  className={isNumeric(column) ? 'number' : undefined}
                  aria-sort={sort?.column === column ? sort.order : 'none'}
                >
                  <button type="button" onClick={() => sortBy(column)}>
                    <CellContent cell={cell} />
                    <span aria-hidden="true" className="arrow">
                      {sort?.column !== column ? '↕' : ARROW[sort.order]}
                    </span>
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sorted.slice(start, start + size).map((row, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity
              <Row key={index} row={row} header={block.row_header_column_index ?? 0} />
            ))}
          </tbody>
        </table>
      </figure>
      {rows.length > size && (
        <Pages start={start} size={size} total={rows.length} onTurn={(to) => setPage(to / size)} />
      )}
    </div>
  );
}

const ARROW = { ascending: '↑', descending: '↓' } as const;

function sortedRows(rows: readonly Cell[][], column: number, order: Order) {
  const ascending = rows.toSorted((left, right) => compareCells(left[column], right[column]));
  return order === 'ascending' ? ascending : ascending.toReversed();
}

function Row({ row, header }: { row: readonly Cell[]; header: number }) {
  return (
    <tr>
      {row.map((cell, column) => {
        const Tag = column === header ? 'th' : 'td';
        return (
          <Tag
            // biome-ignore lint/suspicious/noArrayIndexKey: columns never move
            key={column}
            scope={column === header ? 'row' : undefined}
            className={cell.type === 'raw_number' ? 'number' : undefined}
          >
            <CellContent cell={cell} />
          </Tag>
        );
      })}
    </tr>
  );
}

function Pages(props: { start: number; size: number; total: number; onTurn(start: number): void }) {
  const { start, size, total, onTurn } = props;
  const end = Math.min(start + size, total);
  return (
    <div className="pages">
      <span role="status">
        {start + 1}–{end} of {total}
      </span>
      <button
        type="button"
        aria-label="Previous rows"
        disabled={start === 0}
        onClick={() => onTurn(start - size)}
      >
        ‹
      </button>
      <button
        type="button"
        aria-label="Next rows"
        disabled={end === total}
        onClick={() => onTurn(end)}
      >
        ›
      </button>
    </div>
  );
}
