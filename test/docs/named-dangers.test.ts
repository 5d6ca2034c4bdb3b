import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** Dangers that the tests name: N01 to N24 must not happen, T01 to T36 are threats. */
const ALL = [...numbered('N', 24), ...numbered('T', 36)];

/** Dangers that touch no approval, and why. */
const NOT_OF_APPROVALS: Readonly<Record<string, string>> = {
  N20: 'no model answers anybody: nothing of one can be unfurled',
  N22: 'malicious dependencies: the lockfile and how it is installed',
  T23: 'no model reads what somebody wrote',
  T24: 'no model could act',
  T25: 'no model reads for anybody',
  T26: 'no model writes links',
  T27: 'no model has a prompt',
  T28: 'no model costs anything',
  T34: 'the supply chain, as N22',
  T35: 'one workspace, installed without OAuth: there is no state to forge',
};

function numbered(letter: string, count: number): readonly string[] {
  return Array.from(
    { length: count },
    (_, index) => `${letter}${String(index + 1).padStart(2, '0')}`,
  );
}

/** A text that is followed by a function or options, as the first argument of a call: a test's name. */
const NAME = /\(\s*(['`])((?:(?!\1)[^\\])*)\1,\s*(?:async\b|\(|\{)/g;

/** The dangers that the tests in a file are named after. */
function dangersIn(text: string): readonly string[] {
  return [...text.matchAll(NAME)].flatMap(([, , name = '']) => name.match(/\b[NT]\d\d\b/g) ?? []);
}

describe('the dangers of approvals', () => {
  // Whose own examples, below, prove nothing.
  const files = globSync('test/**/*.{test,contract}.ts').filter(
    (file) => !file.endsWith('named-dangers.test.ts'),
  );
  const named = new Set(files.flatMap((file) => dangersIn(readFileSync(file, 'utf8'))));

  it.each(ALL.filter((id) => !(id in NOT_OF_APPROVALS)))('%s: a test is named after it', (id) => {
    expect([...named]).toContain(id);
  });

  it('are the only ones that tests are named after', () => {
    expect([...named].filter((id) => !ALL.includes(id) || id in NOT_OF_APPROVALS)).toEqual([]);
  });

  it('are found in names, and nowhere else', () => {
    const names = [
      "it('is one (N01 T02)', () => {",
      "describe('N03 is one', { timeout: 1 }, () => {",
      ")(\n  'is of a table: $one (T04)',\n  async ({ one }) => {",
      "// N05\nconst id = 'N06'; run('N07'); expect(id, 'N08').toBe(click('T09', 'T10'));",
    ];

    expect(names.map(dangersIn)).toEqual([['N01', 'T02'], ['N03'], ['T04'], []]);
  });
});
