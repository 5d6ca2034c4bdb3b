/** A half-open or closed range of keys, in the words of LevelDB. */
export interface KeyRange {
  readonly gt?: string;
  readonly gte?: string;
  readonly lt?: string;
  readonly lte?: string;
  readonly reverse?: boolean;
}

interface Entry<Value> {
  value: Value | undefined;
  /** What was here before, oldest first, each with the instant it was replaced. */
  past: { value: Value | undefined; until: number }[];
}

/** A map ordered by key that remembers its last `memoryMs`, so that a reader can be shown the past. */
export class VersionedMap<Value> {
  readonly #entries = new Map<string, Entry<Value>>();
  #sorted: string[] = [];
  #unsorted = false;
  #latest = 0;
  readonly #memoryMs: number;

  constructor(memoryMs: number) {
    this.#memoryMs = memoryMs;
  }

  /** The value as it was at `at`; the present one when `at` is not before the last change. */
  get(key: string, at: number): Value | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    const older = entry.past.find(({ until }) => until > at);
    return older === undefined ? entry.value : older.value;
  }

  /** Sets, or with `undefined` deletes, at the instant `now`. */
  set(key: string, value: Value | undefined, now: number): void {
    this.#latest = now;
    const entry = this.#entries.get(key);
    if (entry === undefined) {
      this.#entries.set(key, { value, past: [{ value: undefined, until: now }] });
      this.#sorted.push(key);
      this.#unsorted = true;
      return;
    }
    entry.past = entry.past.filter(({ until }) => until > now - this.#memoryMs);
    entry.past.push({ value: entry.value, until: now });
    entry.value = value;
  }

  /** The values in key order as they were at `at`. */
  *values(range: KeyRange, at: number): Generator<Value> {
    const keys = this.#keys();
    const from = firstIndex(keys, (key) => atOrAfterStart(key, range));
    const to = firstIndex(keys, (key) => afterEnd(key, range));
    for (let step = 0; step < to - from; step += 1) {
      const key = keys[range.reverse === true ? to - 1 - step : from + step];
      const value = key === undefined ? undefined : this.get(key, at);
      if (value !== undefined) yield value;
    }
  }

  #keys(): readonly string[] {
    if (this.#unsorted) {
      this.#sorted = this.#sorted.filter((key) => !this.#forget(key)).sort();
      this.#unsorted = false;
    }
    return this.#sorted;
  }

  /** Drops a key that was deleted so long ago that nobody can be shown it any more. */
  #forget(key: string): boolean {
    const entry = this.#entries.get(key);
    const deletedAt = entry?.value === undefined ? entry?.past.at(-1)?.until : undefined;
    if (deletedAt === undefined || deletedAt > this.#latest - this.#memoryMs) return false;
    return this.#entries.delete(key);
  }
}

function atOrAfterStart(key: string, { gt, gte }: KeyRange): boolean {
  if (gt !== undefined) return key > gt;
  return gte === undefined || key >= gte;
}

function afterEnd(key: string, { lt, lte }: KeyRange): boolean {
  if (lt !== undefined) return key >= lt;
  return lte !== undefined && key > lte;
}

/** The first index for which `holds` is true, given that it stays true from there on. */
function firstIndex(keys: readonly string[], holds: (key: string) => boolean): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const key = keys[middle];
    if (key !== undefined && holds(key)) high = middle;
    else low = middle + 1;
  }
  return low;
}
