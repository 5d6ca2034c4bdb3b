import { z } from 'zod';
import { LIMITS } from './limits.ts';
import { RichText } from './rich-text.ts';
import { chars, Id } from './text.ts';

const RawText = z.strictObject({ type: z.literal('raw_text'), text: chars(LIMITS.text) });

const RawNumber = z.strictObject({
  type: z.literal('raw_number'),
  value: z.number(),
  text: chars(LIMITS.text),
});

const Cell = z.discriminatedUnion('type', [RawText, RawNumber, RichText]);

export const Table = z.strictObject({
  type: z.literal('table'),
  block_id: Id.optional(),
  rows: z.array(z.array(Cell).min(1).max(LIMITS.table.columns)).min(1).max(LIMITS.table.rows),
  column_settings: z
    .array(
      z.strictObject({
        align: z.enum(['left', 'center', 'right']).optional(),
        is_wrapped: z.boolean().optional(),
      }),
    )
    .max(LIMITS.table.columns)
    .optional(),
});

export const DataTable = z
  .strictObject({
    type: z.literal('data_table'),
    block_id: Id.optional(),
    caption: chars(LIMITS.text),
    rows: z
      .array(z.array(Cell).min(1).max(LIMITS.dataTable.columns))
      .min(LIMITS.dataTable.minRows)
      .max(LIMITS.dataTable.rows),
    page_size: z.int().min(1).max(LIMITS.dataTable.pageSize).optional(),
    row_header_column_index: z.int().min(0).optional(),
  })
  .check(({ value, issues }) => {
    const problem = (path: PropertyKey[], message: string) =>
      issues.push({ code: 'custom', input: value, path, message });
    const columns = value.rows[0]?.length ?? 0;
    for (const [index, row] of value.rows.entries()) {
      if (row.length !== columns) problem(['rows', index], `must have ${columns} cells`);
    }
    for (const [index, cell] of (value.rows[0] ?? []).entries()) {
      if (cell.type === 'rich_text') problem(['rows', 0, index], 'header cells must be raw text');
    }
    if ((value.row_header_column_index ?? 0) >= columns) {
      problem(['row_header_column_index'], 'must be the index of a column');
    }
  });

const Label = chars(LIMITS.chart.label);
const AxisLabel = chars(LIMITS.chart.axisLabel).optional();

const Pie = z.strictObject({
  type: z.literal('pie'),
  segments: z
    .array(z.strictObject({ label: Label, value: z.number().positive('must be more than 0') }))
    .min(1)
    .max(LIMITS.chart.segments),
});

function seriesChart<Type extends 'bar' | 'area' | 'line'>(type: Type) {
  return z.strictObject({
    type: z.literal(type),
    series: z
      .array(
        z.strictObject({
          name: Label,
          data: z
            .array(z.strictObject({ label: Label, value: z.number() }))
            .min(1)
            .max(LIMITS.chart.points),
        }),
      )
      .min(1)
      .max(LIMITS.chart.series),
    axis_config: z.strictObject({
      categories: z.array(Label).min(1).max(LIMITS.chart.points),
      x_label: AxisLabel,
      y_label: AxisLabel,
    }),
  });
}

type SeriesChart = z.output<ReturnType<typeof seriesChart>>;

/** What a chart's series get wrong together: names and categories must be unique, and each series has one point per category. */
function seriesProblems(chart: SeriesChart): { path: PropertyKey[]; message: string }[] {
  const { categories } = chart.axis_config;
  const names = chart.series.map(({ name }) => name);
  const found: { path: PropertyKey[]; message: string }[] = [];
  if (new Set(names).size < names.length) {
    found.push({ path: ['series'], message: 'series names must be unique' });
  }
  if (new Set(categories).size < categories.length) {
    found.push({ path: ['axis_config', 'categories'], message: 'categories must be unique' });
  }
  for (const [index, { data }] of chart.series.entries()) {
    const labels = data.map(({ label }) => label);
    if (labels.toSorted().join('\n') !== categories.toSorted().join('\n')) {
      const message = 'must have exactly one data point for each category';
      found.push({ path: ['series', index, 'data'], message });
    }
  }
  return found;
}

export const DataVisualization = z
  .strictObject({
    type: z.literal('data_visualization'),
    block_id: Id.optional(),
    title: chars(LIMITS.chart.title),
    chart: z.discriminatedUnion('type', [
      Pie,
      seriesChart('bar'),
      seriesChart('area'),
      seriesChart('line'),
    ]),
  })
  .check(({ value, issues }) => {
    if (value.chart.type === 'pie') return;
    for (const { path, message } of seriesProblems(value.chart)) {
      issues.push({ code: 'custom', input: value.chart, path: ['chart', ...path], message });
    }
  });
