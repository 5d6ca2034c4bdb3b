import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { IBM_CASES } from './ibm-cases.ts';
import { LINUX_CASES } from './linux-cases.ts';
import { MICROSOFT_AND_AWS_CASES } from './microsoft-cases.ts';
import { ORACLE_CASES } from './oracle-cases.ts';

const OTHER_CASES = [...ORACLE_CASES, ...IBM_CASES, ...LINUX_CASES];
const ALL_CASES = [...OTHER_CASES, ...MICROSOFT_AND_AWS_CASES];

const FILE = new URL('../../../../shared/data/licensing/worked-examples.json', import.meta.url);
const missing = !existsSync(FILE);
if (missing) {
  // biome-ignore lint/suspicious/noConsole: a skipped comparison has to be seen
  console.warn('Skipped: the tables of worked examples are not compared with ../shared/data.');
}

const Published = z.array(
  z.object({ id: z.string(), expected: z.unknown(), use: z.enum(['golden', 'contradiction']) }),
);

const published = missing ? [] : Published.parse(JSON.parse(readFileSync(FILE, 'utf8')));

describe('the tables of worked examples', () => {
  it('hold each example once', () => {
    const ids = ALL_CASES.map(({ id }) => id);

    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it.skipIf(missing)('hold every published example and no other', () => {
    expect(ALL_CASES.map(({ id }) => id).toSorted()).toEqual(
      published.map(({ id }) => id).toSorted(),
    );
  });

  it.skipIf(missing).each(OTHER_CASES)('say of $id what its source says', (example) => {
    expect(published.find(({ id }) => id === example.id)?.expected).toEqual(example.published);
  });

  it.skipIf(missing)('answer otherwise than published only where sources contradict', () => {
    const golden = new Set(published.filter(({ use }) => use === 'golden').map(({ id }) => id));
    const differing = OTHER_CASES.filter(({ instead }) => instead !== undefined);

    expect(differing.filter(({ id }) => golden.has(id)).map(({ id }) => id)).toEqual([]);
  });
});
