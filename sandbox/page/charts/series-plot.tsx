import { figure, type SeriesChart, valuesOf } from './chart-data.ts';
import { ticksFor } from './scale.ts';

const WIDTH = 640;
const LEFT = 56;
const TOP = 12;
const HEIGHT = 220;
/** Rough width of a letter of a label, in pixels. */
const LETTER = 6.2;
/** Share of a category's width that its bars take. */
const BARS = 0.72;

/** Where things are in a plot. */
interface Frame {
  readonly ticks: readonly number[];
  /** Width of one category. */
  readonly band: number;
  x(category: number): number;
  y(value: number): number;
}

/** Bars, lines or areas over categories. */
export function SeriesPlot({ chart, description }: { chart: SeriesChart; description: string }) {
  const { categories, x_label, y_label } = chart.axis_config;
  const columns = chart.series.map((series) => valuesOf(chart, series));
  const frame = frameFor(columns.flat(), categories.length);
  const longest = Math.max(...categories.map((label) => label.length));
  const tilted = longest * LETTER > frame.band;
  const bottom = (tilted ? 20 + longest * 4.6 : 28) + (x_label === undefined ? 0 : 20);
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${TOP + HEIGHT + bottom}`}
      role="img"
      aria-label={description}
      className="plot"
    >
      {frame.ticks.map((tick) => (
        <g key={tick}>
          <line x1={LEFT} x2={WIDTH} y1={frame.y(tick)} y2={frame.y(tick)} />
          <text x={LEFT - 8} y={frame.y(tick) + 4} textAnchor="end">
            {figure(tick)}
          </text>
        </g>
      ))}
      {columns.map((values, index) => (
        <g key={chart.series[index]?.name} className={`series-${index}`}>
          {chart.type === 'bar' ? (
            <Bars values={values} index={index} count={columns.length} frame={frame} />
          ) : (
            <Line values={values} frame={frame} filled={chart.type === 'area'} />
          )}
        </g>
      ))}
      {categories.map((label, index) => (
        <text
          key={label}
          textAnchor={tilted ? 'end' : 'middle'}
          transform={`translate(${frame.x(index)} ${TOP + HEIGHT + 18})${tilted ? ' rotate(-45)' : ''}`}
        >
          {label}
        </text>
      ))}
      {y_label && (
        <text textAnchor="middle" transform={`translate(12 ${TOP + HEIGHT / 2}) rotate(-90)`}>
          {y_label}
        </text>
      )}
      {x_label && (
        <text textAnchor="middle" x={(LEFT + WIDTH) / 2} y={TOP + HEIGHT + bottom - 4}>
          {x_label}
        </text>
      )}
    </svg>
  );
}

function frameFor(values: readonly number[], categories: number): Frame {
  const ticks = ticksFor(values);
  const [low, high] = [ticks[0], ticks.at(-1) ?? 1];
  const band = (WIDTH - LEFT) / categories;
  return {
    ticks,
    band,
    x: (category) => LEFT + band * (category + 0.5),
    y: (value) => TOP + HEIGHT * (1 - (value - low) / (high - low)),
  };
}

function Bars(props: { values: readonly number[]; index: number; count: number; frame: Frame }) {
  const { values, index, count, frame } = props;
  const width = (frame.band * BARS) / count;
  return values.map((value, category) => {
    const [top, zero] = [frame.y(Math.max(0, value)), frame.y(Math.min(0, value))];
    return (
      <rect
        // biome-ignore lint/suspicious/noArrayIndexKey: categories never move
        key={category}
        x={frame.x(category) + (index - count / 2) * width}
        y={top}
        width={Math.max(1, width - 1)}
        height={zero - top}
      >
        <title>{figure(value)}</title>
      </rect>
    );
  });
}

function Line(props: { values: readonly number[]; frame: Frame; filled: boolean }) {
  const { values, frame, filled } = props;
  const points = values.map((value, category) => `${frame.x(category)},${frame.y(value)}`);
  const [first, last] = [
    `${frame.x(0)},${frame.y(0)}`,
    `${frame.x(values.length - 1)},${frame.y(0)}`,
  ];
  return (
    <>
      {filled && <polygon points={[first, ...points, last].join(' ')} />}
      <polyline points={points.join(' ')} />
      {values.map((value, category) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: categories never move
        <circle key={category} cx={frame.x(category)} cy={frame.y(value)} r={3}>
          <title>{figure(value)}</title>
        </circle>
      ))}
    </>
  );
}
