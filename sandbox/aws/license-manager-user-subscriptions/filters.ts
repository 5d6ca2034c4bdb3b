import { validation } from '../wire/rest-page.ts';
import { AwsError } from '../wire/service.ts';

interface Filter {
  readonly Attribute?: string | undefined;
  readonly Operation?: string | undefined;
  readonly Value?: string | undefined;
}

/**
 * The rows that have the values asked for; `attributes` names the ones that AWS lists.
 *
 * @throws AwsError ValidationException for others, 501 for operations besides `eq`
 */
export function filtered<Row extends object>(
  rows: readonly Row[],
  filters: readonly Filter[],
  attributes: readonly (keyof Row & string)[],
): Row[] {
  const tests = filters.map(({ Attribute = '', Operation = '', Value = '' }) => {
    const attribute = attributes.find((name) => name === Attribute);
    if (attribute === undefined)
      throw validation(`Filter attribute ${Attribute} is not supported.`);
    if (Operation !== 'eq') {
      throw new AwsError('NotSimulated', `The sandbox does not filter by ${Operation}.`, {
        status: 501,
      });
    }
    return (row: Row) => String(row[attribute] ?? '') === Value;
  });
  return rows.filter((row) => tests.every((test) => test(row)));
}
