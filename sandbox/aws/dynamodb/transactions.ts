import { setTimeout as pause } from 'node:timers/promises';
import type {
  CancellationReason,
  TransactGetItemsInput,
  TransactWriteItem,
  TransactWriteItemsInput,
} from '@aws-sdk/client-dynamodb';
import type { Clock } from '../../clock.ts';
import { AwsError } from '../wire/service.ts';
import { bytesToText } from './binary.ts';
import { check, run } from './engine.ts';
import { isConditionFailure, oldItem, storageKey } from './items.ts';
import type { Checked, Database, Store } from './store.ts';

/** AWS remembers a ClientRequestToken for this long. */
const TOKEN_MS = 10 * 60_000;
const MAX_ITEMS = 100;
const MAX_BYTES = 4 * 1024 * 1024;

const KINDS = {
  ConditionCheck: 'DeleteItem',
  Delete: 'DeleteItem',
  Put: 'PutItem',
  Update: 'UpdateItem',
} as const;

interface Step {
  readonly kind: keyof typeof KINDS;
  readonly checked: Checked;
  readonly request: { readonly ReturnValuesOnConditionCheckFailure?: string | undefined };
  readonly lock: string;
}

interface Token {
  readonly parameters: string;
  readonly until: number;
  done: boolean;
}

/** TransactWriteItems and TransactGetItems on one database. */
export class Transactions {
  readonly #tokens = new Map<string, Token>();
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #lockMs: number;

  /** `lockMs` is how long a transaction keeps its items from other writers. */
  constructor(database: Database, clock: Clock, lockMs: number) {
    this.#database = database;
    this.#clock = clock;
    this.#lockMs = lockMs;
  }

  /** All or nothing. @throws AwsError TransactionCanceledException with its reasons in the order of the items */
  async write({
    ClientRequestToken,
    TransactItems = [],
  }: Partial<TransactWriteItemsInput>): Promise<object> {
    const parameters = JSON.stringify(bytesToText(TransactItems));
    refuseSize(TransactItems.length, parameters);
    if (this.#alreadyDone(ClientRequestToken, parameters)) return {};
    const token = { parameters, until: this.#clock.now() + TOKEN_MS, done: false };
    if (ClientRequestToken !== undefined) this.#tokens.set(ClientRequestToken, token);
    try {
      await this.#commit(TransactItems);
      token.done = true;
      return {};
    } finally {
      if (!token.done && ClientRequestToken !== undefined) this.#tokens.delete(ClientRequestToken);
    }
  }

  /** A consistent picture of up to 100 items. @throws AwsError TransactionCanceledException */
  async read({ TransactItems = [] }: Partial<TransactGetItemsInput>): Promise<object> {
    refuseSize(TransactItems.length, '');
    const store = this.#database.view({ consistent: () => true });
    const reads = TransactItems.map(({ Get = {} }) => check('GetItem', Get, store));
    const locks = reads.map((checked) => lockOf(this.#database, checked));
    this.#refuseConflicts(locks);
    const answers = await Promise.all(reads.map((checked) => run('GetItem', checked, store)));
    return {
      Responses: answers.map((answer) => ('Item' in answer ? { Item: answer.Item } : {})),
    };
  }

  #alreadyDone(name: string | undefined, parameters: string): boolean {
    const known = name === undefined ? undefined : this.#tokens.get(name);
    if (known === undefined || (known.done && known.until <= this.#clock.now())) return false;
    if (known.parameters !== parameters) {
      throw new AwsError(
        'IdempotentParameterMismatchException',
        'This ClientRequestToken was used with other parameters in the last 10 minutes',
      );
    }
    if (known.done) return true;
    throw new AwsError(
      'TransactionInProgressException',
      'The transaction with this ClientRequestToken is still in progress',
    );
  }

  async #commit(items: readonly TransactWriteItem[]): Promise<void> {
    const { store, writes } = this.#database.collect();
    const steps = items.map((item) => this.#step(item, store));
    const locks = steps.map(({ lock }) => lock);
    if (new Set(locks).size < locks.length) {
      throw invalid('Transaction request cannot include multiple operations on one item');
    }
    this.#refuseConflicts(locks);
    for (const lock of locks) this.#database.inFlight.add(lock);
    try {
      if (this.#lockMs > 0) await pause(this.#lockMs);
      const reasons: CancellationReason[] = [];
      for (const step of steps) reasons.push(await this.#attempt(step, store));
      if (reasons.some(({ Code }) => Code !== 'None')) throw canceled(reasons);
      for (const write of writes) write();
    } finally {
      for (const lock of locks) this.#database.inFlight.delete(lock);
    }
  }

  #step(item: TransactWriteItem, store: Store): Step {
    const [part, ...others] = kindsOf(item);
    if (part === undefined || others.length > 0) {
      throw invalid('TransactItems can only contain one of Check, Put, Update or Delete');
    }
    const checked = check(KINDS[part.kind], part.request, store);
    return { ...part, checked, lock: lockOf(this.#database, checked) };
  }

  /** Runs one step into the collected writes; a ConditionCheck is a delete that is never run. */
  async #attempt({ kind, checked, request }: Step, store: Store): Promise<CancellationReason> {
    const target = kind === 'ConditionCheck' ? this.#database.collect().store : store;
    try {
      await run(KINDS[kind], checked, target);
      return { Code: 'None' };
    } catch (error) {
      if (isConditionFailure(error)) {
        const old = oldItem(this.#database, checked, request);
        return { Code: 'ConditionalCheckFailed', Message: error.message, ...old };
      }
      if (!(error instanceof AwsError) || error.code !== 'ValidationException') throw error;
      return { Code: 'ValidationError', Message: error.message };
    }
  }

  #refuseConflicts(locks: readonly string[]): void {
    const reasons = locks.map((lock) =>
      this.#database.inFlight.has(lock)
        ? { Code: 'TransactionConflict', Message: 'Transaction is ongoing for the item' }
        : { Code: 'None' },
    );
    if (reasons.some(({ Code }) => Code !== 'None')) throw canceled(reasons);
  }
}

function* kindsOf(item: TransactWriteItem): Generator<Pick<Step, 'kind' | 'request'>> {
  if (item.ConditionCheck) yield { kind: 'ConditionCheck', request: item.ConditionCheck };
  if (item.Put) yield { kind: 'Put', request: item.Put };
  if (item.Update) yield { kind: 'Update', request: item.Update };
  if (item.Delete) yield { kind: 'Delete', request: item.Delete };
}

function lockOf(database: Database, checked: Checked): string {
  return database.lockName(checked.TableName, storageKey(database, checked));
}

function refuseSize(count: number, parameters: string): void {
  if (count < 1 || count > MAX_ITEMS) {
    throw invalid(
      `1 validation error detected: Value at 'transactItems' failed to satisfy constraint: Member must have length between 1 and ${MAX_ITEMS}, inclusive`,
    );
  }
  if (parameters.length > MAX_BYTES) {
    throw invalid('Collection size cannot exceed 4 MB in a transaction');
  }
}

function canceled(reasons: readonly CancellationReason[]): AwsError {
  const codes = reasons.map(({ Code }) => Code).join(', ');
  return new AwsError(
    'TransactionCanceledException',
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    { fields: { CancellationReasons: reasons } },
  );
}

function invalid(message: string): AwsError {
  return new AwsError('ValidationException', message);
}
