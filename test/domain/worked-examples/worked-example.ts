import { describe, expect, it } from 'vitest';

/** An example that somebody published, and what our rules make of it. */
export interface WorkedExample {
  readonly id: string;
  /** Where it was published, and when. */
  readonly source: string;
  /** The answer as published. */
  readonly published: {
    readonly value?: unknown;
    readonly finding?: string;
    readonly [more: string]: unknown;
  };
  readonly ours: () => unknown;
  /** Where our answer is not `published.value` itself: ours, and why. */
  readonly instead?: { readonly answer: unknown; readonly because: string };
}

/** One test for each example. */
export function testExamples(name: string, examples: readonly WorkedExample[]): void {
  describe(name, () => {
    it.each(examples.map((example) => [example.id, example.source, example] as const))(
      '%s (%s)',
      (_id, _source, { published, ours, instead }) => {
        expect(ours()).toEqual(instead === undefined ? published.value : instead.answer);
      },
    );
  });
}
