import type { Filter } from '@aws-sdk/client-license-manager';
import { AwsError } from '../wire/service.ts';
import { invalidParameter } from './errors.ts';

/** Whether an item has the value that a filter asks for, by filter name. */
export type FilterTests<Item> = Readonly<Record<string, (item: Item, value: string) => boolean>>;

/** The items that pass every filter. @throws AwsError for unknown names and for more than one value, as License Manager takes one. */
export function filtered<Item>(
  items: readonly Item[],
  filters: readonly Filter[] | undefined,
  tests: FilterTests<Item>,
): Item[] {
  return (filters ?? []).reduce<Item[]>(
    (kept, filter) => {
      const { test, value } = readFilter(filter, tests);
      return kept.filter((item) => test(item, value));
    },
    [...items],
  );
}

function readFilter<Item>({ Name = '', Values = [] }: Filter, tests: FilterTests<Item>) {
  const test = Object.hasOwn(tests, Name) ? tests[Name] : undefined;
  const [value] = Values;
  if (test === undefined) throw invalidParameter(`Filter ${Name} is not supported.`);
  if (value === undefined) throw invalidParameter(`Filter ${Name} needs a value.`);
  if (Values.length > 1) {
    throw new AwsError('FilterLimitExceededException', `Filter ${Name} takes one value only.`);
  }
  return { test, value };
}
