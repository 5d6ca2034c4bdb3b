import { expect, it } from 'vitest';
import { shownForm } from '#slack/views/request-form-shown.ts';

it.each([
  { kind: 'instance', operation: 'start', instance: null, instanceType: null, unknown: 'i-123' },
  { kind: 'group', group: null, count: null, unknown: 'i-123' },
] as const)('a form for a $kind says what it does not find', (shown) => {
  const { blocks } = shownForm({ viewKey: 'key', channelId: null }, shown);

  expect(blocks[0]).toMatchObject({
    type: 'context',
    elements: [{ text: 'Not found among what you may choose: i-123' }],
  });
  const { blocks: unnamed } = shownForm(
    { viewKey: 'key', channelId: null },
    { ...shown, unknown: null },
  );
  expect(unnamed).toEqual(blocks.slice(1));
});
