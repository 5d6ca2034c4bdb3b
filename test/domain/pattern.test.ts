import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchesAny, matchesPattern } from '#domain/pattern.ts';

describe('matchesPattern', () => {
  it.each`
    pattern            | text                       | matches
    ${'*'}             | ${''}                      | ${true}
    ${'*'}             | ${'anything'}              | ${true}
    ${'r6i.*'}         | ${'r6i.2xlarge'}           | ${true}
    ${'r6i.*'}         | ${'r6id.2xlarge'}          | ${false}
    ${'r6i.*'}         | ${'xr6i.2xlarge'}          | ${false}
    ${'*.large'}       | ${'m5.large'}              | ${true}
    ${'*.large'}       | ${'m5.xlarge'}             | ${false}
    ${'SQL Server'}    | ${'sql server'}            | ${true}
    ${'SQL Server'}    | ${'sql server enterprise'} | ${false}
    ${'*sql*standard'} | ${'MS SQL 2022 Standard'}  | ${true}
    ${'*sql*standard'} | ${'Standard MS SQL'}       | ${false}
    ${'a*a'}           | ${'a'}                     | ${false}
    ${'a*a'}           | ${'aa'}                    | ${true}
    ${'a*b*b'}         | ${'ab'}                    | ${false}
    ${'a*b*b'}         | ${'abb'}                   | ${true}
    ${'a.c'}           | ${'abc'}                   | ${false}
    ${'(x'}            | ${'(x'}                    | ${true}
  `('"$pattern" and "$text": $matches', ({ pattern, text, matches }) => {
    expect(matchesPattern(pattern, text)).toBe(matches);
  });

  it('agrees with the regular expression that says the same', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 6 });
    const text = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 8 });
    fc.assert(
      fc.property(word, text, (pattern, subject) => {
        const expression = new RegExp(`^${pattern.replaceAll('*', '.*')}$`);

        expect(matchesPattern(pattern, subject)).toBe(expression.test(subject));
      }),
    );
  });
});

describe('matchesAny', () => {
  it('is satisfied by any pattern on any text', () => {
    expect(matchesAny(['x*', 'b'], 'a', 'b')).toBe(true);
    expect(matchesAny(['x*', 'c'], 'a', 'b')).toBe(false);
    expect(matchesAny([], 'a')).toBe(false);
  });
});
