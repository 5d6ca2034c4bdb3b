import type * as z from 'zod';

/** Words for what a schema's fields do not word themselves: what is wrong, and what to write there. */
export function whatToWrite(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === 'unrecognized_keys') {
    return `Remove ${issue.keys.join(', ')}: there is no such field`;
  }
  if (issue.code === 'invalid_value') return `Write ${ONE_OF.format(issue.values.map(String))}`;
  if (issue.code !== 'invalid_type') return undefined;
  if (issue.input === undefined) return 'Write this field: it is missing';
  return WRITE[issue.expected];
}

const WRITE: Readonly<Record<string, string>> = {
  array: 'Write a list',
  object: 'Write a section with fields',
  string: 'Write a text in quotes',
};

/** `launch, start or scale`: an American list has one comma more. */
const ONE_OF = new Intl.ListFormat('en-GB', { type: 'disjunction' });
