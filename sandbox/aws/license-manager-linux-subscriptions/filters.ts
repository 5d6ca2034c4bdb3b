import { validation } from '../wire/rest-page.ts';

interface Filter {
  readonly Name?: string | undefined;
  readonly Operator?: string | undefined;
  readonly Values?: readonly string[] | undefined;
}

type Compare = (actual: readonly string[], values: readonly string[]) => boolean;

const OPERATORS: ReadonlyMap<string, Compare> = new Map([
  ['Equal', (actual, values) => actual.some((value) => values.includes(value))],
  ['NotEqual', (actual, values) => !actual.some((value) => values.includes(value))],
  [
    'Contains',
    (actual, values) => actual.some((value) => values.some((part) => value.includes(part))),
  ],
]);

/**
 * The rows that pass all filters; `members` names the member that each filter compares.
 *
 * @throws AwsError ValidationException for filters and operators that AWS does not list
 */
export function filtered<Row extends object>(
  rows: readonly Row[],
  filters: readonly Filter[],
  members: Readonly<Record<string, keyof Row>>,
): Row[] {
  const tests = filters.map(({ Name = '', Operator = 'Equal', Values = [] }) => {
    const name = Object.hasOwn(members, Name) ? members[Name] : undefined;
    const compare = OPERATORS.get(Operator);
    if (name === undefined) throw validation(`Filter name ${Name} is not supported.`);
    if (compare === undefined) throw validation(`Filter operator ${Operator} is not supported.`);
    if (Values.length === 0) throw validation(`Filter ${Name} needs a value.`);
    return (row: Row) => compare([row[name] ?? []].flat().map(String), Values);
  });
  return rows.filter((row) => tests.every((test) => test(row)));
}
