import { CellContent } from './cell.tsx';
import type { BlockOf } from './known-block.ts';

/** A plain table; its first row is the header. */
export function Table({ block }: { block: BlockOf<'table'> }) {
  const [head = [], ...rows] = block.rows;
  const style = (column: number) => {
    const { align, is_wrapped } = block.column_settings?.[column] ?? {};
    return { textAlign: align ?? 'left', whiteSpace: is_wrapped ? 'normal' : 'nowrap' } as const;
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: wide tables scroll by keyboard
    <figure className="table-scroll" aria-label="Table" tabIndex={0}>
      <table className="table">
        <thead>
          <tr>
            {head.map((cell, column) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: columns never move
              <th key={column} scope="col" style={style(column)}>
                <CellContent cell={cell} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows never move
            <tr key={index}>
              {row.map((cell, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: columns never move
                <td key={column} style={style(column)}>
                  <CellContent cell={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}
