import type { Problem } from './block-kit/problem.ts';

/** A refusal with one of Slack's error codes, as an app gets it. */
export class SlackError extends Error {
  readonly code: string;
  readonly problems: readonly Problem[];

  constructor(code: string, problems: readonly Problem[] = []) {
    super(code);
    this.name = 'SlackError';
    this.code = code;
    this.problems = problems;
  }
}
