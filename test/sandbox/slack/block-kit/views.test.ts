import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Surface } from '../../../../sandbox/slack/block-kit/blocks.ts';
import { blockProblems, viewProblems } from '../../../../sandbox/slack/block-kit/validate.ts';
import { aModal, plain, textField } from '../workbench.ts';
import { problems, section, viewErrors, x } from './samples.ts';

describe('views', () => {
  it.each<[string, unknown, string]>([
    [
      'no title',
      { ...aModal(), title: undefined },
      'missing required field: title [json-pointer:/view]',
    ],
    [
      'no blocks',
      { ...aModal(), blocks: undefined },
      'missing required field: blocks [json-pointer:/view]',
    ],
    [
      'a long title',
      aModal({ title: plain(x(25)) }),
      'must be less than 25 characters [json-pointer:/view/title/text]',
    ],
    [
      'a long submit',
      aModal({ submit: plain(x(25)) }),
      'must be less than 25 characters [json-pointer:/view/submit/text]',
    ],
    [
      'long metadata',
      aModal({ private_metadata: x(3001) }),
      'must be less than 3001 characters [json-pointer:/view/private_metadata]',
    ],
    [
      'submit_disabled',
      { ...aModal(), submit_disabled: true },
      'invalid additional property: submit_disabled [json-pointer:/view]',
    ],
    [
      'another type',
      { ...aModal(), type: 'home' },
      'unsupported type: home [json-pointer:/view/type]',
    ],
    [
      'inputs and no submit',
      { ...aModal(), submit: undefined },
      'must define `submit` to use an `input` block in modals [json-pointer:/view]',
    ],
    [
      'a bad block',
      aModal({ blocks: [{ type: 'markdown' }] }),
      'unsupported type: markdown [json-pointer:/view/blocks/0/type]',
    ],
    ['nothing', null, 'must provide an object [json-pointer:/view]'],
  ])('refuse %s', (_, view, problem) => {
    expect(viewErrors(view)).toContain(problem);
  });

  it('take what Slack takes', () => {
    expect(
      viewErrors(aModal({ private_metadata: '', callback_id: 'x', notify_on_close: true })),
    ).toEqual([]);
    expect(viewErrors({ type: 'home', blocks: [textField('a')] }, 'home')).toEqual([]);
    expect(viewErrors({ type: 'home', blocks: [], title: plain('x') }, 'home')).toHaveLength(1);
  });
});

describe('any payload', () => {
  it('is judged without an exception', () => {
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.constantFrom<Surface>('message', 'modal', 'home'),
        (value, surface) => {
          expect(Array.isArray(blockProblems(value, surface))).toBe(true);
          expect(Array.isArray(blockProblems([value], surface))).toBe(true);
          expect(Array.isArray(viewProblems(value, 'modal'))).toBe(true);
        },
      ),
    );
  });

  it('is refused for any member that Slack does not know', () => {
    const known = new Set([
      'type',
      'block_id',
      'text',
      'fields',
      'accessory',
      'expand',
      '__proto__',
    ]);
    fc.assert(
      fc.property(
        fc.string({ minLength: 1 }).filter((member) => !known.has(member)),
        (member) => {
          expect(problems([section({ [member]: 1 })])).toEqual([
            `invalid additional property: ${member} [json-pointer:/blocks/0]`,
          ]);
        },
      ),
    );
  });
});
