import { pageOf } from '../license-manager/paging.ts';
import { AwsError } from '../wire/service.ts';

interface PageRequest {
  readonly MaxRecords?: number | undefined;
  readonly Marker?: string | undefined;
}

const LEAST = 20;
const MOST = 100;

/** One page of an RDS listing: 20 to 100 records, 100 unless asked for less. @throws AwsError InvalidParameterValue */
export function onePage<Item>(
  items: readonly Item[],
  { MaxRecords = MOST, Marker }: PageRequest,
  keyOf: (item: Item) => string,
): { items: Item[]; Marker?: string } {
  if (MaxRecords < LEAST || MaxRecords > MOST) {
    throw invalidParameterValue(
      `Invalid value ${MaxRecords} for MaxRecords. Must be between ${LEAST} and ${MOST}`,
    );
  }
  const { items: given, NextToken } = pageOf(items, {
    keyOf,
    size: MaxRecords,
    token: Marker,
    badToken: () => invalidParameterValue('Invalid or expired Marker'),
  });
  return { items: given, ...(NextToken !== undefined && { Marker: NextToken }) };
}

/** RDS's answer to a value that it does not take; its model does not declare it. */
export function invalidParameterValue(message: string): AwsError {
  return new AwsError('InvalidParameterValue', message);
}
