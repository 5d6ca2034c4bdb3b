import type { z } from 'zod';

/** What is wrong with a payload, and where: `pointer` is a JSON pointer into what was checked. */
export interface Problem {
  readonly pointer: string;
  readonly message: string;
}

/** The problem as Slack writes it into `errors` and `response_metadata.messages`. */
export function problemText({ message, pointer }: Problem): string {
  return `${message} [json-pointer:${pointer}]`;
}

/** A JSON pointer to a path below `base`. */
export function pointerTo(base: string, path: readonly PropertyKey[]): string {
  return [base, ...path.map((key) => String(key).replaceAll('~', '~0').replaceAll('/', '~1'))].join(
    '/',
  );
}

/** zod's findings in Slack's words. */
export function problemsOf(error: z.ZodError, base: string): Problem[] {
  return error.issues.flatMap((issue) => problemsOfIssue(issue, base));
}

function problemsOfIssue(issue: z.core.$ZodIssue, base: string): Problem[] {
  const pointer = pointerTo(base, issue.path);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ pointer, message: `invalid additional property: ${key}` }));
  }
  if (issue.code === 'invalid_type' && issue.input === undefined) {
    const parent = pointerTo(base, issue.path.slice(0, -1));
    return [{ pointer: parent, message: `missing required field: ${String(issue.path.at(-1))}` }];
  }
  return [{ pointer, message: wording(issue) }];
}

function wording(issue: z.core.$ZodIssue): string {
  if (issue.code === 'too_big') return tooBig(issue.origin, Number(issue.maximum));
  if (issue.code === 'too_small') {
    return issue.inclusive === false
      ? `must be more than ${issue.minimum}`
      : tooSmall(issue.origin, Number(issue.minimum));
  }
  if (issue.code === 'invalid_type') return `must provide a ${issue.expected}`;
  return issue.code === 'invalid_union' ? 'unsupported type' : issue.message;
}

function tooBig(origin: string, maximum: number): string {
  if (origin === 'string') return `must be less than ${maximum + 1} characters`;
  if (origin === 'array') return `no more than ${maximum} items allowed`;
  return `must be at most ${maximum}`;
}

function tooSmall(origin: string, minimum: number): string {
  if (origin === 'string') return `must be more than ${minimum - 1} characters`;
  if (origin === 'array') return `no fewer than ${minimum} items allowed`;
  return `must be at least ${minimum}`;
}
