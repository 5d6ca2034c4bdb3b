import { Unavailable } from '#src/errors.ts';

/** No list of ours has this many pages: more means that AWS repeats itself. */
const MOST_PAGES = 10_000;

/** Every item of a list that answers in pages, for operations to which the SDK gives no paginator. */
export async function allPages<Page extends { NextToken?: string | undefined }, Item>(
  read: (token: { NextToken?: string }) => Promise<Page>,
  itemsOf: (page: Page) => readonly Item[] | undefined,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  let next: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answer = await read(next === undefined ? {} : { NextToken: next });
    items.push(...(itemsOf(answer) ?? []));
    next = answer.NextToken === '' ? undefined : answer.NextToken;
    if (next === undefined) return items;
  }
  throw new Unavailable(`A list did not end after ${MOST_PAGES} pages`);
}
