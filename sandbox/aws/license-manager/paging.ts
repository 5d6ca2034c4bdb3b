/** How one listing is cut into pages. */
export interface PageRules<Item> {
  /** Unique, and the order of the pages. */
  readonly keyOf: (item: Item) => string;
  readonly size: number;
  readonly token: string | undefined;
  /** The service's own error for a token that it did not give out. */
  readonly badToken: () => Error;
}

/** One page; the token names the last item given, so items that come and go in between do not shift the pages. */
export function pageOf<Item>(
  items: readonly Item[],
  { keyOf, size, token, badToken }: PageRules<Item>,
): { items: Item[]; NextToken?: string } {
  const after = token === undefined || token === '' ? '' : readToken(token, badToken);
  const rest = items
    .filter((item) => keyOf(item) > after)
    .sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
  const given = rest.slice(0, size);
  const last = given.at(-1);
  return last !== undefined && rest.length > given.length
    ? { items: given, NextToken: Buffer.from(`after:${keyOf(last)}`).toString('base64url') }
    : { items: given };
}

function readToken(token: string, badToken: () => Error): string {
  const text = Buffer.from(token, 'base64url').toString();
  if (!text.startsWith('after:')) throw badToken();
  return text.slice('after:'.length);
}
