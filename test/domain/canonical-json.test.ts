import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '#domain/canonical-json.ts';

describe('canonicalJson', () => {
  it.each`
    value                                       | text
    ${{ b: 1, a: 2 }}                           | ${'{"a":2,"b":1}'}
    ${{ a: { d: [{ z: 1, y: null }], c: '' } }} | ${'{"a":{"c":"","d":[{"y":null,"z":1}]}}'}
    ${{ a: undefined, b: false }}               | ${'{"b":false}'}
    ${[3, 1, 2]}                                | ${'[3,1,2]'}
    ${{ at: new Date(0) }}                      | ${'{"at":"1970-01-01T00:00:00.000Z"}'}
  `('writes $text', ({ value, text }) => {
    expect(canonicalJson(value)).toBe(text);
  });

  it('is the same for the same value in any order of keys', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).reverse());

        expect(canonicalJson(reversed)).toBe(canonicalJson(value));
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});
