import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchesPattern } from '#domain/pattern.ts';
import { commonText } from '#domain/policy/pattern-overlap.ts';

describe('commonText', () => {
  it.each`
    patterns                     | text
    ${['SQL*', '*Enterprise']}   | ${'SQL…Enterprise'}
    ${['SQL*', 'S*']}            | ${'SQL…'}
    ${['*', '*']}                | ${'…'}
    ${['sql server', 'sql *']}   | ${'sql server'}
    ${['a*c', 'ab*']}            | ${'ab…c'}
    ${['SQL*', 'Oracle*']}       | ${null}
    ${['SQL', 'SQL Server']}     | ${null}
    ${['a*b', 'a*c']}            | ${null}
    ${['SQL*', 'S*', 'Oracle*']} | ${null}
  `('of $patterns is $text', ({ patterns, text }) => {
    expect(commonText(...patterns)).toBe(text);
  });

  const pattern = fc
    .array(fc.constantFrom('a', 'b', 'B', '*'), { maxLength: 8 })
    .map((letters) => letters.join(''));

  it('is matched by every pattern', () => {
    fc.assert(
      fc.property(fc.array(pattern, { minLength: 1, maxLength: 3 }), (patterns) => {
        const text = commonText(...patterns);
        if (text !== null) expect(patterns.every((each) => matchesPattern(each, text))).toBe(true);
      }),
    );
  });

  it('is found wherever some text is matched by all', () => {
    const text = fc.array(fc.constantFrom('a', 'b'), { maxLength: 6 }).map((all) => all.join(''));
    fc.assert(
      fc.property(pattern, pattern, text, (one, other, each) => {
        fc.pre(matchesPattern(one, each) && matchesPattern(other, each));
        expect(commonText(one, other)).not.toBeNull();
      }),
      { numRuns: 300 },
    );
  });
});
