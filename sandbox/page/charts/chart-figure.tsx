import { useId, useState } from 'react';
import type { BlockOf } from '../blocks/known-block.ts';
import { type Chart, descriptionOf, tableOf } from './chart-data.ts';
import { PiePlot } from './pie-plot.tsx';
import { SeriesPlot } from './series-plot.tsx';

/** A chart with its legend, or its figures as a table. */
export function ChartFigure({ block }: { block: BlockOf<'data_visualization'> }) {
  const id = useId();
  const [asTable, setAsTable] = useState(false);
  const { title, chart } = block;
  return (
    <figure className="chart" aria-labelledby={id}>
      <figcaption>
        <strong id={id}>{title}</strong>
        <button
          type="button"
          className="button small"
          aria-pressed={asTable}
          onClick={() => setAsTable(!asTable)}
        >
          View as table
        </button>
      </figcaption>
      {asTable ? (
        <Figures chart={chart} />
      ) : (
        <>
          <Plot chart={chart} description={descriptionOf(title, chart)} />
          <Legend chart={chart} />
        </>
      )}
    </figure>
  );
}

function Plot({ chart, description }: { chart: Chart; description: string }) {
  return chart.type === 'pie' ? (
    <PiePlot chart={chart} description={description} />
  ) : (
    <SeriesPlot chart={chart} description={description} />
  );
}

function Legend({ chart }: { chart: Chart }) {
  const names =
    chart.type === 'pie'
      ? chart.segments.map(({ label }) => label)
      : chart.series.map(({ name }) => name);
  return (
    <ul className="legend" aria-hidden="true">
      {names.map((name, index) => (
        <li key={name} className={`series-${index}`}>
          {name}
        </li>
      ))}
    </ul>
  );
}

function Figures({ chart }: { chart: Chart }) {
  const [head = [], ...rows] = tableOf(chart);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: wide tables scroll by keyboard
    <div className="table-scroll" tabIndex={0}>
      <table className="table">
        <thead>
          <tr>
            {head.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([category, ...values]) => (
            <tr key={category}>
              <th scope="row">{category}</th>
              {values.map((value, column) => (
                <td key={head[column + 1]} className="number">
                  {value}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
