import type * as client from '@aws-sdk/client-ssm';
import { AwsError } from '../wire/service.ts';

/** A filter on one attribute of one inventory type. */
export interface InventoryFilter {
  /** For example `AWS:Application`. */
  readonly typeName: string;
  /** Whether one entry of that type has the value asked for. */
  readonly matches: (entry: Readonly<Record<string, string>>) => boolean;
}

const KEY = /^(?<typeName>(AWS|Custom):[^.]+)\.(?<attribute>[^.]+)$/;

type Comparison = (actual: string, values: readonly string[]) => boolean;

const COMPARISONS: ReadonlyMap<string, Comparison> = new Map(
  Object.entries<Comparison>({
    Equal: (actual, values) => values.includes(actual),
    NotEqual: (actual, values) => !values.includes(actual),
    BeginWith: (actual, values) => values.some((value) => actual.startsWith(value)),
    LessThan: (actual, values) => values.some((value) => compare(actual, value) < 0),
    GreaterThan: (actual, values) => values.some((value) => compare(actual, value) > 0),
  }),
);

/** Reads `AWS:Application.Name` and its values. @throws AwsError InvalidFilter for what SSM does not take here. */
export function readInventoryFilter({
  Key = '',
  Values = [],
  Type = 'Equal',
}: Partial<client.InventoryFilter>): InventoryFilter {
  const { typeName, attribute } = KEY.exec(Key)?.groups ?? {};
  if (typeName === undefined || attribute === undefined) {
    throw invalidFilter(`The filter key ${Key} is not valid.`);
  }
  const comparison = COMPARISONS.get(Type);
  if (comparison === undefined) {
    throw invalidFilter(`The filter type ${Type} can only be used with aggregators.`);
  }
  if (Values.length === 0) throw invalidFilter(`The filter ${Key} needs a value.`);
  return {
    typeName,
    matches: (entry) => {
      const actual = entry[attribute];
      return actual !== undefined && comparison(actual, Values);
    },
  };
}

/** Numbers as numbers, versions part by part, everything else as text. */
function compare(one: string, other: string): number {
  return one.localeCompare(other, 'en', { numeric: true });
}

function invalidFilter(message: string): AwsError {
  return new AwsError('InvalidFilter', message);
}
