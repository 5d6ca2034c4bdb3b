import type { BlockOf } from '../blocks/known-block.ts';

/** Any chart that Slack draws. */
export type Chart = BlockOf<'data_visualization'>['chart'];
export type PieChart = Extract<Chart, { type: 'pie' }>;
export type SeriesChart = Exclude<Chart, { type: 'pie' }>;

/** A series' values in the order of the categories. */
export function valuesOf(chart: SeriesChart, series: SeriesChart['series'][number]): number[] {
  return chart.axis_config.categories.map(
    (category) => series.data.find(({ label }) => label === category)?.value ?? 0,
  );
}

/** A chart as a table: a header row, and a row for each category. */
export function tableOf(chart: Chart): readonly (readonly string[])[] {
  if (chart.type === 'pie') {
    const rows = chart.segments.map(({ label, value }) => [label, figure(value)]);
    return [['Segment', 'Value'], ...rows];
  }
  const columns = chart.series.map((series) => valuesOf(chart, series));
  const { categories, x_label } = chart.axis_config;
  return [
    [x_label ?? 'Category', ...chart.series.map(({ name }) => name)],
    ...categories.map((category, row) => [
      category,
      ...columns.map((values) => figure(values[row] ?? 0)),
    ]),
  ];
}

const KIND = {
  pie: 'Pie chart',
  bar: 'Bar chart',
  line: 'Line chart',
  area: 'Area chart',
} as const;

/** What a chart shows, for people who do not see it; its table says the rest. */
export function descriptionOf(title: string, chart: Chart): string {
  const names =
    chart.type === 'pie'
      ? chart.segments.map(({ label }) => label)
      : chart.series.map(({ name }) => name);
  return `${KIND[chart.type]}: ${title}. It shows ${names.join(', ')}.`;
}

/** `1,250`, `0.5`. */
export function figure(value: number): string {
  return value.toLocaleString(undefined, { maximumFractionDigits: 2 });
}
