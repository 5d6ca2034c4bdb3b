import type * as z from 'zod';

/** Words for what a schema's fields do not word themselves: what is wrong, and what to write there. */
export function whatToWrite(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === 'unrecognized_keys') {
    return `Remove ${issue.keys.join(', ')}: there is no such field`;
  }
  if (issue.code === 'invalid_value') return `Write ${oneOf(issue.values.map(String))}`;
  if (issue.code !== 'invalid_type') return undefined;
  if (issue.input === undefined) return 'Write this field: it is missing';
  return WRITE[issue.expected];
}

const WRITE: Readonly<Record<string, string>> = {
  array: 'Write a list',
  object: 'Write a section with fields',
  string: 'Write a text in quotes',
};

function oneOf(values: readonly string[]): string {
  const last = values.at(-1) ?? '';
  return values.length < 2 ? last : `${values.slice(0, -1).join(', ')} or ${last}`;
}
