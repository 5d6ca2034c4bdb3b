import { describe, expect, it } from 'vitest';
import { button, plain } from '../workbench.ts';
import {
  actions,
  bars,
  chart,
  dataTable,
  many,
  mrkdwn,
  option,
  pie,
  problems,
  select,
  table,
  x,
} from './samples.ts';

describe('limits of length and number', () => {
  it.each<[string, (size: number) => object, number, string]>([
    ['section text', (n) => ({ type: 'section', text: mrkdwn(x(n)) }), 3000, '/text/text'],
    ['section field', (n) => ({ type: 'section', fields: [plain(x(n))] }), 2000, '/fields/0/text'],
    [
      'section fields',
      (n) => ({ type: 'section', fields: many(n, () => plain('x')) }),
      10,
      '/fields',
    ],
    ['header', (n) => ({ type: 'header', text: plain(x(n)) }), 150, '/text/text'],
    ['context', (n) => ({ type: 'context', elements: many(n, () => plain('x')) }), 10, '/elements'],
    ['actions', (n) => actions(...many(n, (index) => button(`b${index}`))), 25, '/elements'],
    ['block_id', (n) => ({ type: 'divider', block_id: x(n) }), 255, '/block_id'],
    [
      'action_id',
      (n) => actions({ ...button('b'), action_id: x(n) }),
      255,
      '/elements/0/action_id',
    ],
    [
      'button text',
      (n) => actions({ ...button('b'), text: plain(x(n)) }),
      75,
      '/elements/0/text/text',
    ],
    ['button value', (n) => actions(button('b', x(n))), 2000, '/elements/0/value'],
    [
      'accessibility label',
      (n) => actions({ ...button('b'), accessibility_label: x(n) }),
      75,
      '/elements/0/accessibility_label',
    ],
    [
      'option value',
      (n) => actions(select({ options: [option(x(n))] })),
      150,
      '/elements/0/options/0/value',
    ],
    [
      'options',
      (n) => actions(select({ options: many(n, (i) => option(`o${i}`)) })),
      100,
      '/elements/0/options',
    ],
    [
      'overflow',
      (n) => actions({ type: 'overflow', options: many(n, (i) => option(`${i}`)) }),
      5,
      '/elements/0/options',
    ],
    [
      'checkboxes',
      (n) => actions({ type: 'checkboxes', options: many(n, (i) => option(`${i}`)) }),
      10,
      '/elements/0/options',
    ],
    [
      'placeholder',
      (n) => actions(select({ placeholder: plain(x(n)) })),
      150,
      '/elements/0/placeholder/text',
    ],
    [
      'confirm title',
      (n) => actions({ ...button('b'), confirm: { title: plain(x(n)), text: plain('x') } }),
      100,
      '/elements/0/confirm/title/text',
    ],
    ['markdown', (n) => ({ type: 'markdown', text: x(n) }), 12_000, '/text'],
    [
      'image alt text',
      (n) => ({ type: 'image', image_url: 'https://x.org/a.png', alt_text: x(n) }),
      2000,
      '/alt_text',
    ],
    [
      'carousel',
      (n) => ({ type: 'carousel', elements: many(n, () => ({ type: 'card', body: mrkdwn('x') })) }),
      10,
      '/elements',
    ],
    ['card body', (n) => ({ type: 'card', body: mrkdwn(x(n)) }), 200, '/body/text'],
    [
      'container',
      (n) => ({
        type: 'container',
        title: plain('x'),
        child_blocks: many(n, () => ({ type: 'divider' })),
      }),
      10,
      '/child_blocks',
    ],
    ['table rows', (n) => table(n, 2), 100, '/rows'],
    ['table columns', (n) => table(2, n), 20, '/rows/0'],
    ['data table rows', (n) => dataTable(n, 2), 101, '/rows'],
    ['data table page', (n) => dataTable(2, 2, { page_size: n }), 100, '/page_size'],
    [
      'chart title',
      (n) => chart({ type: 'pie', segments: [{ label: 'x', value: 1 }] }, x(n)),
      50,
      '/title',
    ],
    ['pie segments', (n) => pie(n), 6, '/chart/segments'],
    ['chart series', (n) => bars(n, 2), 6, '/chart/series'],
    ['chart points', (n) => bars(1, n), 20, '/chart/series/0/data'],
    ['axis label', (n) => bars(1, 2, { x_label: x(n) }), 50, '/chart/axis_config/x_label'],
  ])('%s', (_, block, limit, pointer) => {
    expect(problems([block(limit)])).toEqual([]);

    expect(problems([block(limit + 1)])[0]).toContain(`[json-pointer:/blocks/0${pointer}]`);
  });

  it('counts characters as Unicode code points', () => {
    expect(problems([{ type: 'header', text: plain('🦉'.repeat(150)) }])).toEqual([]);
    expect(problems([{ type: 'header', text: plain('🦉'.repeat(151)) }])).toHaveLength(1);
  });

  it('allows 50 blocks in a message and 100 in a view', () => {
    const dividers = (count: number) => many(count, () => ({ type: 'divider' }));

    expect(problems(dividers(50))).toEqual([]);
    expect(problems(dividers(51))).toEqual([
      'no more than 50 items allowed [json-pointer:/blocks]',
    ]);
    expect(problems(dividers(100), 'home')).toEqual([]);
    expect(problems(dividers(101), 'modal')).toHaveLength(1);
  });
});
