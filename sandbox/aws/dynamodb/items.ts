import { createKey, validateItem, validateKey } from 'dynalite/db/index.js';
import { AwsError } from '../wire/service.ts';
import { textToBytes } from './binary.ts';
import { check, run } from './engine.ts';
import type { Attributes, Checked, Database } from './store.ts';

/** Writes one item. @throws AwsError ConditionalCheckFailedException, with the item if ALL_OLD was asked for */
export async function writeItem(
  database: Database,
  operation: 'DeleteItem' | 'PutItem' | 'UpdateItem',
  input: { ReturnValuesOnConditionCheckFailure?: string | undefined },
): Promise<object> {
  const store = database.view({ consistent: () => true });
  const checked = check(operation, input, store);
  try {
    return await run(operation, checked, store);
  } catch (error) {
    if (!isConditionFailure(error)) throw error;
    throw new AwsError(error.code, error.message, { fields: oldItem(database, checked, input) });
  }
}

/** Whether the write was refused by its own condition. */
export function isConditionFailure(error: unknown): error is AwsError {
  return error instanceof AwsError && error.code === 'ConditionalCheckFailedException';
}

/** `{ Item }` as it is now, when the request wants to see why its condition failed. */
export function oldItem(
  database: Database,
  checked: Checked,
  input: { ReturnValuesOnConditionCheckFailure?: string | undefined },
): { Item?: Attributes } {
  if (input.ReturnValuesOnConditionCheckFailure !== 'ALL_OLD') return {};
  const item = database.item(checked.TableName, storageKey(database, checked));
  return item === undefined ? {} : { Item: textToBytes(item) };
}

/** Where the request's item is stored. @throws AwsError ValidationException, ResourceNotFoundException */
export function storageKey(database: Database, { TableName, Key, Item }: Checked): string {
  const table = database.table(TableName);
  const invalid = Key === undefined ? validateItem(Item ?? {}, table) : validateKey(Key, table);
  if (invalid) throw new AwsError('ValidationException', invalid.message);
  return createKey(Key ?? Item ?? {}, table);
}
