import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { whatToWrite } from '#domain/requests/what-to-write.ts';

const Document = z.strictObject({
  size: z.enum(['small', 'large', 'huge']),
  unit: z.literal('core'),
  names: z.array(z.string().max(5)),
});
const whole = { size: 'small', unit: 'core', names: [] };

describe('what to write', () => {
  it.each`
    document                           | message
    ${{ ...whole, size: 'tiny' }}      | ${'Write small, large or huge'}
    ${{ ...whole, unit: 'cpu' }}       | ${'Write core'}
    ${{ ...whole, names: 'ada' }}      | ${'Write a list'}
    ${{ ...whole, names: [1] }}        | ${'Write a text in quotes'}
    ${[]}                              | ${'Write a section with fields'}
    ${{ size: 'small', names: [] }}    | ${'Write core'}
    ${{ size: 'small', unit: 'core' }} | ${'Write this field: it is missing'}
    ${{ ...whole, a: 1, b: 2 }}        | ${'Remove a, b: there is no such field'}
  `('for $document: $message', ({ document, message }) => {
    const { error } = Document.safeParse(document, { error: whatToWrite });

    expect(error?.issues.map((issue) => issue.message)).toEqual([message]);
  });

  it('is left to Zod where it has no words', () => {
    const { error } = Document.safeParse({ ...whole, names: ['too long'] }, { error: whatToWrite });

    expect(error?.issues).toMatchObject([{ code: 'too_big', message: /5/ }]);
  });
});
