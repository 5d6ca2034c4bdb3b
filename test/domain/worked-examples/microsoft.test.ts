import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { MICROSOFT_AND_AWS_CASES, MICROSOFT_AND_AWS_IDS } from './microsoft-cases.ts';
import { SQL_SERVER_CASES } from './microsoft-sql-server-cases.ts';
import { WINDOWS_CASES } from './microsoft-windows-cases.ts';
import { testExamples } from './worked-example.ts';

testExamples('published examples of Windows Server licensing', WINDOWS_CASES);
testExamples('published examples of SQL Server licensing', SQL_SERVER_CASES);

const FILE = new URL('../../../../shared/data/licensing/worked-examples.json', import.meta.url);
const missing = !existsSync(FILE);
if (missing) {
  // biome-ignore lint/suspicious/noConsole: a skipped comparison has to be seen
  console.warn('Skipped: the examples of Microsoft and AWS are not compared with ../shared/data.');
}
const OURS = /^(win|sql|lm|lm90|ocpu|dh|conv|usageop|tenancy)-|^rds-m7i8-opt$/;

function publishedExamples(): ReadonlyMap<string, unknown> {
  const examples = z
    .array(z.object({ id: z.string(), expected: z.unknown() }))
    .parse(JSON.parse(readFileSync(FILE, 'utf8')));
  return new Map(examples.map(({ id, expected }) => [id, expected]));
}

describe.skipIf(missing)('the examples of Microsoft and AWS', () => {
  it('are all that were published, each once', () => {
    const ids = [...publishedExamples().keys()].filter((id) => OURS.test(id));

    expect(MICROSOFT_AND_AWS_IDS.toSorted()).toEqual(ids.toSorted());
  });

  it.each(MICROSOFT_AND_AWS_CASES)('say of $id what its source says', ({ id, published }) => {
    const expected = publishedExamples().get(id);

    expect(expected).toMatchObject(published);
    if ('value' in published) expect(expected).toEqual(published);
  });
});
