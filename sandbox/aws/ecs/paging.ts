import { pageOf } from '../license-manager/paging.ts';
import { invalidParameter } from './errors.ts';

interface PageRequest {
  readonly maxResults?: number | undefined;
  readonly nextToken?: string | undefined;
}

/** ECS describes and lists 100 at a time. */
const MOST = 100;

/** One page of ARNs. @throws AwsError InvalidParameterException for a size beyond 1 to 100 or a token not given out */
export function onePage(arns: readonly string[], { maxResults = MOST, nextToken }: PageRequest) {
  if (maxResults < 1 || maxResults > MOST) {
    throw invalidParameter(`maxResults must be between 1 and ${MOST}.`);
  }
  const { items, NextToken } = pageOf(arns, {
    keyOf: (arn) => arn,
    size: maxResults,
    token: nextToken,
    badToken: () => invalidParameter('Invalid token.'),
  });
  return { arns: items, ...(NextToken !== undefined && { nextToken: NextToken }) };
}

/** Answers what was asked for by name; what is not there is a failure, not an error. @throws AwsError for none or more than 100 */
export function described<Item>(
  what: string,
  asked: readonly string[],
  find: (name: string) => Item | undefined,
  arnOf: (name: string) => string,
) {
  if (asked.length === 0) throw invalidParameter(`${what} cannot be empty.`);
  if (asked.length > MOST)
    throw invalidParameter(`${what} cannot have more than ${MOST} elements.`);
  const found = asked.map((name) => ({ name, item: find(name) }));
  return {
    items: found.flatMap(({ item }) => (item === undefined ? [] : [item])),
    failures: found
      .filter(({ item }) => item === undefined)
      .map(({ name }) => ({ arn: arnOf(name), reason: 'MISSING' })),
  };
}
