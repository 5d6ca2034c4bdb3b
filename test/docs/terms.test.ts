import { describe, expect, it } from 'vitest';
import { DEFAULT_SWITCHES } from '#domain/licenses/license-terms.ts';
import { ruleFiles } from './rule-files.ts';
import { switchQuestions, termsPage, VENDORS } from './terms-page.ts';

const files = await ruleFiles();
const rules = files.flatMap(({ exported }) => exported);

describe('docs/terms.md', () => {
  it('is what the rules say', async () => {
    const how = 'docs/terms.md is not what the rules say. Write it: npx vitest run test/docs -u';
    await expect(termsPage(rules), how).toMatchFileSnapshot('../../docs/terms.md');
  });

  it.each(files.filter(({ written }) => written > 0))(
    'shows every rule of $file',
    ({ file, written, exported }) => {
      expect(exported, `Export the rules of ${file}: what is private is not listed`).toHaveLength(
        written,
      );
    },
  );

  it('has one rule under each id', () => {
    const twice = rules.filter(({ id }, index) => rules.findIndex((one) => one.id === id) < index);
    expect(twice).toEqual([]);
  });

  it('asks every question in a sentence', () => {
    expect(Object.keys(DEFAULT_SWITCHES).filter((name) => !switchQuestions().has(name))).toEqual(
      [],
    );
  });

  it('has a section for the vendor of each rule', () => {
    const vendors = new Set(rules.map(({ id }) => id.split('/')[0]));
    expect([...vendors].toSorted()).toEqual(Object.keys(VENDORS).toSorted());
  });
});
