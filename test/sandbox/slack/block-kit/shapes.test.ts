import { describe, expect, it } from 'vitest';
import { button, plain } from '../workbench.ts';
import {
  actions,
  bars,
  chart,
  dataTable,
  mrkdwn,
  pie,
  problems,
  raw,
  richText,
  section,
  x,
} from './samples.ts';

describe('shapes', () => {
  it.each<[string, object, string]>([
    [
      'an unknown member',
      { type: 'divider', color: 'red' },
      'invalid additional property: color [json-pointer:/blocks/0]',
    ],
    [
      'a missing member',
      { type: 'header' },
      'missing required field: text [json-pointer:/blocks/0]',
    ],
    [
      'an empty text',
      { type: 'header', text: plain('') },
      'must be more than 0 characters [json-pointer:/blocks/0/text/text]',
    ],
    [
      'mrkdwn in a header',
      { type: 'header', text: mrkdwn('x') },
      'must be plain_text [json-pointer:/blocks/0/text/type]',
    ],
    [
      'an empty section',
      { type: 'section' },
      'must define either `text` or `fields` [json-pointer:/blocks/0]',
    ],
    [
      'an input as accessory',
      section({ accessory: { type: 'plain_text_input' } }),
      'unsupported type [json-pointer:/blocks/0/accessory/type]',
    ],
    [
      'a relative link',
      actions({ ...button('b'), url: '/x' }),
      'invalid url [json-pointer:/blocks/0/elements/0/url]',
    ],
    [
      'an unknown style',
      actions({ ...button('b'), style: 'green' }),
      'must be primary or danger [json-pointer:/blocks/0/elements/0/style]',
    ],
    [
      'a select without options',
      actions({ type: 'static_select' }),
      'must define either `options` or `option_groups` [json-pointer:/blocks/0/elements/0]',
    ],
    [
      'an image of nowhere',
      { type: 'image', alt_text: 'x' },
      'must define either `image_url` or `slack_file` [json-pointer:/blocks/0]',
    ],
    [
      'an empty actions block',
      actions(),
      'no fewer than 1 items allowed [json-pointer:/blocks/0/elements]',
    ],
    [
      'a number without text',
      { type: 'table', rows: [[{ type: 'raw_number', value: 1 }]] },
      'missing required field: text [json-pointer:/blocks/0/rows/0/0]',
    ],
    [
      'a data table of a header only',
      dataTable(1, 2),
      'no fewer than 2 items allowed [json-pointer:/blocks/0/rows]',
    ],
    [
      'rich text in a header row',
      { ...dataTable(2, 1), rows: [[richText], [raw('x')]] },
      'header cells must be raw text [json-pointer:/blocks/0/rows/0/0]',
    ],
    [
      'ragged rows',
      { ...dataTable(2, 2), rows: [[raw('a'), raw('b')], [raw('c')]] },
      'must have 2 cells [json-pointer:/blocks/0/rows/1]',
    ],
    [
      'no caption',
      { ...dataTable(2, 2), caption: undefined },
      'missing required field: caption [json-pointer:/blocks/0]',
    ],
    [
      'a pie of nothing',
      pie(2, 0),
      'must be more than 0 [json-pointer:/blocks/0/chart/segments/0/value]',
    ],
    [
      'a long label',
      pie(1, 1, x(20)),
      'must be less than 21 characters [json-pointer:/blocks/0/chart/segments/0/label]',
    ],
    [
      'a category without a point',
      bars(1, 2, { categories: ['p0', 'p1', 'p2'] }),
      'must have exactly one data point for each category [json-pointer:/blocks/0/chart/series/0/data]',
    ],
    [
      'a chart inside a container',
      { type: 'container', title: plain('x'), child_blocks: [pie(1)] },
      'unsupported type [json-pointer:/blocks/0/child_blocks/0/type]',
    ],
    [
      'an untitled container',
      { type: 'container', child_blocks: [{ type: 'divider' }] },
      'must define either `title` or `rich_text_title` [json-pointer:/blocks/0]',
    ],
  ])('refuse %s', (_, block, problem) => {
    expect(problems([block])).toContain(problem);
  });

  it('let negative values through, except in pies', () => {
    const negative = { name: 's', data: [{ label: 'p', value: -3 }] };
    const line = { type: 'line', series: [negative], axis_config: { categories: ['p'] } };

    expect(problems([chart(line)])).toEqual([]);
  });

  it('refuse what is no array of objects', () => {
    expect(problems('x')).toEqual(['must provide an array [json-pointer:/blocks]']);
    expect(problems([null])).toEqual(['must provide an object [json-pointer:/blocks/0]']);
    expect(problems([{}])).toEqual(['missing required field: type [json-pointer:/blocks/0]']);
  });
});
