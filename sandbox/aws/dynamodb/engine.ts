import batchGetItem from 'dynalite/actions/batchGetItem.js';
import batchWriteItem from 'dynalite/actions/batchWriteItem.js';
import deleteItem from 'dynalite/actions/deleteItem.js';
import getItem from 'dynalite/actions/getItem.js';
import putItem from 'dynalite/actions/putItem.js';
import query from 'dynalite/actions/query.js';
import scan from 'dynalite/actions/scan.js';
import updateItem from 'dynalite/actions/updateItem.js';
import * as batchGetItemRules from 'dynalite/validations/batchGetItem.js';
import * as batchWriteItemRules from 'dynalite/validations/batchWriteItem.js';
import * as createTableRules from 'dynalite/validations/createTable.js';
import * as deleteItemRules from 'dynalite/validations/deleteItem.js';
import * as getItemRules from 'dynalite/validations/getItem.js';
import { checkTypes, checkValidations } from 'dynalite/validations/index.js';
import * as putItemRules from 'dynalite/validations/putItem.js';
import * as queryRules from 'dynalite/validations/query.js';
import * as scanRules from 'dynalite/validations/scan.js';
import * as updateItemRules from 'dynalite/validations/updateItem.js';
import { z } from 'zod';
import { AwsError } from '../wire/service.ts';
import { bytesToText, textToBytes } from './binary.ts';
import type { Checked, Store } from './store.ts';

const ACTIONS = {
  BatchGetItem: batchGetItem,
  BatchWriteItem: batchWriteItem,
  DeleteItem: deleteItem,
  GetItem: getItem,
  PutItem: putItem,
  Query: query,
  Scan: scan,
  UpdateItem: updateItem,
};

const RULES = {
  BatchGetItem: batchGetItemRules,
  BatchWriteItem: batchWriteItemRules,
  CreateTable: createTableRules,
  DeleteItem: deleteItemRules,
  GetItem: getItemRules,
  PutItem: putItemRules,
  Query: queryRules,
  Scan: scanRules,
  UpdateItem: updateItemRules,
};

const DynaliteError = z.object({ body: z.object({ __type: z.string(), message: z.string() }) });

/** Checks a request as DynamoDB does. @throws AwsError ValidationException, SerializationException */
export function check(operation: keyof typeof RULES, input: object, store: Store): Checked {
  const { types, custom } = RULES[operation];
  try {
    // Members that dynalite does not know are taken out of what it checks.
    const checked = checkTypes({ ...bytesToText(input) }, types);
    checkValidations(checked, types, custom, store);
    return checked;
  } catch (error) {
    throw awsError(error);
  }
}

/** Runs one checked request on the store; one that only gets and puts has done so when this returns. */
export function run(
  operation: keyof typeof ACTIONS,
  checked: Checked,
  store: Store,
): Promise<object> {
  return new Promise((resolve, reject) => {
    ACTIONS[operation](store, checked, (error, result) => {
      if (error === null || error === undefined) resolve(textToBytes(result ?? {}));
      else reject(awsError(error));
    });
  });
}

function awsError(error: unknown): unknown {
  const { data } = DynaliteError.safeParse(error);
  if (data === undefined) return error;
  return new AwsError(data.body.__type.replace(/^.*#/, ''), data.body.message);
}
