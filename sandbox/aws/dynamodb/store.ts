import { Readable } from 'node:stream';
import type { AttributeValue, TableDescription } from '@aws-sdk/client-dynamodb';
import { AwsError } from '../wire/service.ts';
import { type KeyRange, VersionedMap } from './versioned-map.ts';

/** An item as it is stored: binary values are base64 text, as on the wire. */
export type Attributes = Record<string, AttributeValue>;

/** A request that dynalite has checked; its expressions are parsed into members of their own. */
export interface Checked {
  TableName: string;
  Key?: Attributes;
  Item?: Attributes;
  KeyConditions?: Record<string, { AttributeValueList: AttributeValue[] }>;
}

type Done<Result = unknown> = (error: Error | null, result?: Result) => void;

/** What dynalite's actions ask of storage. Every answer is given before the call returns. */
export interface Store {
  readonly options: { readonly maxItemSize: number };
  getTable(name: string, checkStatus: unknown, done?: Done<TableDescription>): void;
  getItemDb(table: string): KeyValues;
  getIndexDb(kind: string, table: string, index: string): KeyValues;
}

interface KeyValues {
  get(key: string, done: Done<Attributes>): void;
  put(key: string, item: Attributes, done: Done): void;
  del(key: string, done: Done): void;
  lock(key: string, run: (release: <Callback>(done: Callback) => Callback) => void): void;
  createValueStream(range: KeyRange): Readable;
}

/** AWS's limit: names and values of an item in UTF-8, 400 KB. */
const MAX_ITEM_BYTES = 400 * 1024;

/** The tables of one account in one Region. */
export class Database {
  readonly tables = new Map<string, TableDescription>();
  /** Keys that a transaction is about to write; nobody else may write them meanwhile. */
  readonly inFlight = new Set<string>();
  readonly #maps = new Map<string, VersionedMap<Attributes>>();
  readonly #now: () => number;
  readonly #lagMs: number;

  constructor(now: () => number, lagMs: number) {
    this.#now = now;
    this.#lagMs = lagMs;
  }

  /** @throws AwsError ResourceNotFoundException */
  table(name: string): TableDescription {
    const table = this.tables.get(name);
    if (table === undefined) {
      throw new AwsError(
        'ResourceNotFoundException',
        `Requested resource not found: Table: ${name} not found`,
      );
    }
    return table;
  }

  /** The name under which an item is in flight. */
  lockName(table: string, key: string): string {
    return `${table}/${key}`;
  }

  /** The item as it is now. */
  item(table: string, key: string): Attributes | undefined {
    return this.#map(`items/${table}`).get(key, Number.POSITIVE_INFINITY);
  }

  /** All items of a table as they are now. */
  items(table: string): readonly Attributes[] {
    return [...this.#map(`items/${table}`).values({}, Number.POSITIVE_INFINITY)];
  }

  drop(name: string): void {
    this.tables.delete(name);
    for (const map of this.#maps.keys()) {
      if (map === `items/${name}` || map.startsWith(`index/${name}/`)) this.#maps.delete(map);
    }
  }

  /** Reads that are eventually consistent see the tables as they were `lagMs` ago; indexes always lag. */
  view({ consistent }: { consistent: (table: string) => boolean }): Store {
    return this.#store(consistent, (write) => write(), true);
  }

  /** A store that reads the present and collects its writes, to be run together later. */
  collect(): { store: Store; writes: (() => void)[] } {
    const writes: (() => void)[] = [];
    return {
      store: this.#store(
        () => true,
        (write) => writes.push(write),
        false,
      ),
      writes,
    };
  }

  #store(
    consistent: (table: string) => boolean,
    write: (run: () => void) => void,
    guard: boolean,
  ): Store {
    const readAt = (current: boolean) =>
      current ? Number.POSITIVE_INFINITY : this.#now() - this.#lagMs;
    return {
      options: { maxItemSize: MAX_ITEM_BYTES },
      getTable: (name, checkStatus, done) => {
        const answer = done ?? checkStatus;
        if (typeof answer === 'function') answer(null, this.table(name));
      },
      getItemDb: (table) => {
        const values = this.#keyValues(`items/${table}`, () => readAt(consistent(table)), write);
        if (!guard) return values;
        return { ...values, lock: (key, run) => this.#lock(this.lockName(table, key), run) };
      },
      getIndexDb: (_kind, table, index) =>
        this.#keyValues(`index/${table}/${index}`, () => readAt(false), write),
    };
  }

  #lock(key: string, run: Parameters<KeyValues['lock']>[1]): void {
    if (this.inFlight.has(key)) {
      throw new AwsError('TransactionConflictException', 'Transaction is ongoing for the item');
    }
    run((done) => done);
  }

  #keyValues(name: string, at: () => number, write: (run: () => void) => void): KeyValues {
    const map = this.#map(name);
    const set = (key: string, item: Attributes | undefined) =>
      write(() => map.set(key, item, this.#now()));
    return {
      get: (key, done) => done(null, map.get(key, at())),
      put: (key, item, done) => {
        if (itemBytes(item) > MAX_ITEM_BYTES) {
          throw new AwsError(
            'ValidationException',
            'Item size has exceeded the maximum allowed size',
          );
        }
        set(key, item);
        done(null);
      },
      del: (key, done) => {
        set(key, undefined);
        done(null);
      },
      lock: (_key, run) => run((done) => done),
      createValueStream: (range) => Readable.from(map.values(range, at())),
    };
  }

  #map(name: string): VersionedMap<Attributes> {
    const known = this.#maps.get(name);
    if (known !== undefined) return known;
    const map = new VersionedMap<Attributes>(this.#lagMs);
    this.#maps.set(name, map);
    return map;
  }
}

function itemBytes(item: Attributes): number {
  return Object.entries(item).reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(name) + valueBytes(value),
    0,
  );
}

/** @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html */
function valueBytes(value: AttributeValue): number {
  if (value.S !== undefined) return Buffer.byteLength(value.S);
  if (value.N !== undefined) return Math.ceil(value.N.replace(/[^\d]/g, '').length / 2) + 1;
  if (value.B !== undefined) return Buffer.byteLength(String(value.B), 'base64');
  if (value.M !== undefined) return 3 + Object.keys(value.M).length + itemBytes(value.M);
  if (value.L !== undefined) return value.L.reduce((sum, part) => sum + 1 + valueBytes(part), 3);
  const set = value.SS ?? value.NS;
  if (set !== undefined) return set.reduce((sum, part) => sum + Buffer.byteLength(part), 0);
  return value.BS === undefined ? 1 : Buffer.byteLength(value.BS.join(''), 'base64');
}
