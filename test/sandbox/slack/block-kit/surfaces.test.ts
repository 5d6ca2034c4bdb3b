import { describe, expect, it } from 'vitest';
import type { Surface } from '../../../../sandbox/slack/block-kit/blocks.ts';
import { button, plain, textField } from '../workbench.ts';
import {
  actions,
  dataTable,
  mrkdwn,
  option,
  pie,
  problems,
  richText,
  section,
  select,
  table,
  x,
} from './samples.ts';

describe('surfaces', () => {
  const blocks = {
    alert: { type: 'alert', text: plain('x') },
    container: { type: 'container', title: plain('x'), child_blocks: [{ type: 'divider' }] },
    context_actions: {
      type: 'context_actions',
      elements: [
        {
          type: 'feedback_buttons',
          positive_button: { text: plain('Good'), value: 'good' },
          negative_button: { text: plain('Bad'), value: 'bad' },
        },
      ],
    },
    data_table: dataTable(2, 2),
    data_visualization: pie(2),
    markdown: { type: 'markdown', text: '# x' },
    plan: { type: 'plan', title: 'x', tasks: [] },
    table: table(2, 2),
    section: section({}),
    divider: { type: 'divider' },
    rich_text: richText,
    task_card: { type: 'task_card', task_id: '1', title: 'x', status: 'complete' },
    card: { type: 'card', title: mrkdwn('x') },
  };

  it.each<[keyof typeof blocks, Surface[]]>([
    ['alert', ['modal']],
    ['container', ['message']],
    ['context_actions', ['message']],
    ['data_table', ['message']],
    ['data_visualization', ['message']],
    ['markdown', ['message']],
    ['plan', ['message']],
    ['task_card', ['message']],
    ['table', ['message', 'home']],
    ['card', ['message', 'modal', 'home']],
    ['section', ['message', 'modal', 'home']],
    ['divider', ['message', 'modal', 'home']],
    ['rich_text', ['message', 'modal', 'home']],
  ])('%s is for %j', (type, allowed) => {
    const surfaces: Surface[] = ['message', 'modal', 'home'];

    expect(surfaces.filter((surface) => problems([blocks[type]], surface).length === 0)).toEqual(
      allowed,
    );
  });

  it.each(['video', 'file', 'call', 'chart'])('knows no block %s', (type) => {
    expect(problems([{ type }])).toEqual([
      `unsupported type: ${type} [json-pointer:/blocks/0/type]`,
    ]);
  });
});

describe('a surface as a whole', () => {
  it.each<[string, object[], string]>([
    [
      'block_id',
      [
        { type: 'divider', block_id: 'a' },
        { type: 'divider', block_id: 'a' },
      ],
      '/blocks/1/block_id',
    ],
    ['action_id', [actions(button('a'), button('a'))], '/blocks/0/elements/1/action_id'],
  ])('has each %s once', (member, blocks, pointer) => {
    expect(problems(blocks)).toEqual([`\`${member}\` already exists [json-pointer:${pointer}]`]);
  });

  it('may use an action_id in several blocks', () => {
    expect(problems([actions(button('a')), actions(button('a'))])).toEqual([]);
  });

  it('finds ids inside containers', () => {
    const inner = { type: 'divider', block_id: 'a' };
    const container = { type: 'container', title: plain('x'), child_blocks: [inner] };

    expect(problems([container, inner])).toHaveLength(1);
  });

  it('starts menus with options that they have', () => {
    const initial_option = option('b');

    expect(problems([actions(select({ initial_option }))])).toHaveLength(1);
    expect(
      problems([actions(select({ options: [option('a'), initial_option], initial_option }))]),
    ).toEqual([]);
  });

  it('has at most two charts, one table and 12,000 characters of markdown', () => {
    const markdown = { type: 'markdown', text: x(6001) };

    expect(problems([pie(1), pie(1)])).toEqual([]);
    expect(problems([pie(1), pie(1), pie(1)])).toHaveLength(1);
    expect(problems([table(1, 1), table(1, 1)])).toHaveLength(1);
    expect(problems([markdown, markdown])).toHaveLength(1);
    expect(problems([table(10, 10, x(101))])).toHaveLength(1);
  });

  it('focuses one field', () => {
    const focused = (id: string) =>
      textField(id, {
        element: { type: 'plain_text_input', action_id: id, focus_on_load: true },
      });

    expect(problems([focused('a')], 'modal')).toEqual([]);
    expect(problems([focused('a'), focused('b')], 'modal')).toHaveLength(1);
  });
});
