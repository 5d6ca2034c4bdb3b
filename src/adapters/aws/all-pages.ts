import { Unavailable } from '#src/errors.ts';

type Page<Item> = readonly [items: readonly Item[] | undefined, next: string | undefined];

/**
 * Every item of a list that answers in pages. The SDK's paginators would follow a token that repeats
 * for ever, and License Manager has none.
 *
 * @throws {Unavailable} when AWS repeats a token: a part is never given as the whole
 */
export async function allPages<Answer, Item>(
  read: (token: string | undefined) => Promise<Answer>,
  pageOf: (answer: Answer) => Page<Item>,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  const seen = new Set<string>();
  let token: string | undefined;
  while (true) {
    const [found = [], next] = pageOf(await read(token));
    items.push(...found);
    if (next === undefined || next === '') return items;
    if (seen.has(next)) throw new Unavailable('AWS repeated the token of a page');
    seen.add(next);
    token = next;
  }
}

/** `items` in lists of at most `size`, for calls that take no more. */
export function batches<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
