import { pageOf } from '../license-manager/paging.ts';
import { AwsError } from './service.ts';

interface PageRequest {
  readonly MaxResults?: number | undefined;
  readonly NextToken?: string | undefined;
}

/** AWS publishes a size for one of the lists only; the others are held to it too. */
const MOST = 100;

/** One page of a list of License Manager's subscription services. @throws AwsError ValidationException */
export function onePage<Item>(
  items: readonly Item[],
  { MaxResults = MOST, NextToken }: PageRequest,
  keyOf: (item: Item) => string,
) {
  if (MaxResults < 1 || MaxResults > MOST) {
    throw validation(`MaxResults must be between 1 and ${MOST}.`);
  }
  return pageOf(items, {
    keyOf,
    size: MaxResults,
    token: NextToken,
    badToken: () => validation('NextToken is not valid.'),
  });
}

export function validation(message: string): AwsError {
  return new AwsError('ValidationException', message);
}
