import type { Surface } from '../../../../sandbox/slack/block-kit/blocks.ts';
import { problemText } from '../../../../sandbox/slack/block-kit/problem.ts';
import { blockProblems, viewProblems } from '../../../../sandbox/slack/block-kit/validate.ts';
import { plain } from '../workbench.ts';

/** What is wrong with blocks, as Slack words it. */
export const problems = (blocks: unknown, surface: Surface = 'message') =>
  blockProblems(blocks, surface).map(problemText);

/** What is wrong with a view, as Slack words it. */
export const viewErrors = (view: unknown, type: 'modal' | 'home' = 'modal') =>
  viewProblems(view, type).map(problemText);

export const x = (length: number) => 'x'.repeat(length);
export const many = <Item>(count: number, item: (index: number) => Item) =>
  Array.from({ length: count }, (_, index) => item(index));
export const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
export const option = (value: string) => ({ text: plain('An option'), value });
export const select = (more: object) => ({
  type: 'static_select',
  options: [option('a')],
  ...more,
});
export const actions = (...elements: object[]) => ({ type: 'actions', elements });
export const section = (more: object) => ({ type: 'section', text: plain('x'), ...more });
export const richText = { type: 'rich_text', elements: [] };
export const raw = (text: string) => ({ type: 'raw_text', text });
export const table = (rows: number, columns: number, cell = 'x') => ({
  type: 'table',
  rows: many(rows, () => many(columns, () => raw(cell))),
});
export const dataTable = (rows: number, columns: number, more: object = {}) => ({
  ...table(rows, columns),
  type: 'data_table',
  caption: 'Licenses',
  ...more,
});
export const chart = (chartMembers: object, title = 'Licenses') => ({
  type: 'data_visualization',
  title,
  chart: chartMembers,
});
export const pie = (count: number, value = 1, label = 'x') =>
  chart({ type: 'pie', segments: many(count, (index) => ({ label: `${label}${index}`, value })) });
export const bars = (series: number, points: number, more: object = {}) =>
  chart({
    type: 'bar',
    series: many(series, (index) => ({
      name: `series ${index}`,
      data: many(points, (point) => ({ label: `p${point}`, value: point })),
    })),
    axis_config: { categories: many(points, (point) => `p${point}`), ...more },
  });
