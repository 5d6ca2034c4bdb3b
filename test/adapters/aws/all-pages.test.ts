import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allPages, batches } from '#adapters/aws/all-pages.ts';
import { Unavailable } from '#src/errors.ts';

interface Page {
  readonly items?: readonly number[];
  readonly next?: string;
}

function read(pages: ReadonlyMap<string, Page>) {
  return allPages(
    async (token) => pages.get(token ?? '') ?? {},
    ({ items, next }: Page) => [items, next],
  );
}

describe('a list in pages', () => {
  it('is read to its end, over pages without items', async () => {
    const pages = new Map([
      ['', { items: [1, 2], next: 'b' }],
      ['b', { next: 'c' }],
      ['c', { items: [3], next: '' }],
    ]);

    expect(await read(pages)).toEqual([1, 2, 3]);
  });

  it.each([
    [
      'the same token',
      new Map([
        ['', { next: 'a' }],
        ['a', { next: 'a' }],
      ]),
    ],
    [
      'a token of two pages before',
      new Map([
        ['', { next: 'a' }],
        ['a', { next: 'b' }],
        ['b', { next: 'a' }],
      ]),
    ],
  ])('that repeats %s is given up rather than shown in part', async (_what, pages) => {
    await expect(read(pages)).rejects.toBeInstanceOf(Unavailable);
  });
});

describe('batches', () => {
  it('hold every item once, in order, none empty and none too large', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.integer({ min: 1, max: 10 }), (items, size) => {
        const found = batches(items, size);

        expect(found.flat()).toEqual(items);
        expect(found.every(({ length }) => length > 0 && length <= size)).toBe(true);
        expect(found).toHaveLength(Math.ceil(items.length / size));
      }),
    );
  });
});
