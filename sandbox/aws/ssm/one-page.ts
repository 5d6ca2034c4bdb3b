import { pageOf } from '../license-manager/paging.ts';
import { AwsError } from '../wire/service.ts';

interface PageRequest {
  readonly MaxResults?: number | undefined;
  readonly NextToken?: string | undefined;
}

interface PageBounds<Item> {
  /** Unique, and the order of the pages. */
  readonly keyOf: (item: Item) => string;
  readonly least: number;
  readonly usual: number;
  readonly most: number;
}

/** One page of a Systems Manager listing. @throws AwsError ValidationException for a page size that SSM does not take. */
export function onePage<Item>(
  items: readonly Item[],
  { MaxResults, NextToken }: PageRequest,
  { keyOf, least, usual, most }: PageBounds<Item>,
) {
  const size = MaxResults ?? usual;
  if (size < least || size > most) {
    const bound =
      size < least ? `greater than or equal to ${least}` : `less than or equal to ${most}`;
    throw validation(
      `1 validation error detected: Value '${size}' at 'maxResults' failed to satisfy constraint: Member must have value ${bound}`,
    );
  }
  return pageOf(items, {
    keyOf,
    size,
    token: NextToken,
    badToken: () => new AwsError('InvalidNextToken', 'The specified token is not valid.'),
  });
}

export function validation(message: string): AwsError {
  return new AwsError('ValidationException', message);
}
