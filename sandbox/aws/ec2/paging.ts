import { invalidParameterCombination, invalidParameterValue } from './errors.ts';

interface PageRequest {
  readonly MaxResults?: number | undefined;
  readonly NextToken?: string | undefined;
}

interface PageRules<Item> {
  /** Unique, and the order of the pages. */
  readonly keyOf: (item: Item) => string;
  /** What MaxResults may be. */
  readonly least: number;
  readonly most: number;
  /** The name of the parameter that lists ids, when the request has them: EC2 does not page those. */
  readonly idsGiven?: string | undefined;
}

/** One page in the order of the items' keys; a token names the last item given, so items that come and go in between do not shift the pages. */
export function page<Item>(
  items: readonly Item[],
  request: PageRequest,
  { keyOf, least, most, idsGiven }: PageRules<Item>,
): { items: Item[]; NextToken: string | undefined } {
  const size = request.MaxResults;
  if (size !== undefined && idsGiven !== undefined) {
    throw invalidParameterCombination(
      `The parameter ${idsGiven} cannot be used with the parameter maxResults`,
    );
  }
  checkSize(size, least, most);
  const after = request.NextToken === undefined ? '' : readToken(request.NextToken);
  const ordered = items
    .filter((item) => keyOf(item) > after)
    .sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
  const given = ordered.slice(0, size ?? most);
  const last = given.at(-1);
  const more = last !== undefined && ordered.length > given.length;
  return { items: given, NextToken: more ? writeToken(keyOf(last)) : undefined };
}

function checkSize(size: number | undefined, least: number, most: number): void {
  if (size === undefined || (size >= least && size <= most)) return;
  const expected = size < least ? `greater than or equal to ${least}` : `less than ${most}`;
  throw invalidParameterValue(
    `Value ( ${size} ) for parameter maxResults is invalid. Expecting a value ${expected}.`,
  );
}

const TOKEN = /^after:(?<key>.+)$/s;

function writeToken(key: string): string {
  return Buffer.from(`after:${key}`).toString('base64url');
}

function readToken(token: string): string {
  const key = TOKEN.exec(Buffer.from(token, 'base64url').toString())?.groups?.['key'];
  if (key === undefined) throw invalidParameterValue('Unable to parse pagination token');
  return key;
}
