interface Sleeper {
  readonly at: number;
  readonly order: number;
  readonly wake: () => void;
}

/** Time that passes only when everybody waits: hours of pacing take seconds, and always the same ones. */
export class VirtualClock {
  #now: number;
  /** Who wakes when, as a binary heap by time; equals in order of arrival. */
  readonly #sleepers: Sleeper[] = [];
  #arrivals = 0;

  constructor(startMs: number) {
    this.#now = startMs;
  }

  readonly now = (): number => this.#now;

  readonly sleep = (ms: number): Promise<void> =>
    new Promise((wake) => {
      this.#push({ at: this.#now + Math.max(0, ms), order: this.#arrivals++, wake });
    });

  /** Sets the clock, as a correction of the time would: sleepers wake no sooner for it. */
  jump(ms: number): void {
    this.#now += ms;
  }

  /** Lets time pass until `work` has ended. @throws what it throws, or that it waits for ever */
  async run<T>(work: Promise<T>): Promise<T> {
    let ended = false;
    const end = () => {
      ended = true;
    };
    work.then(end, end);
    while (true) {
      await new Promise(setImmediate);
      if (ended) return work;
      const next = this.#pop();
      if (next === undefined) throw new Error('Everybody waits, and nobody will wake.');
      this.#now = Math.max(this.#now, next.at);
      next.wake();
      while (this.#sleepers[0] !== undefined && this.#sleepers[0].at <= this.#now) {
        this.#pop()?.wake();
      }
    }
  }

  #push(sleeper: Sleeper): void {
    const heap = this.#sleepers;
    let at = heap.length;
    heap.push(sleeper);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = heap[parent];
      if (above === undefined || !isBefore(sleeper, above)) break;
      heap[at] = above;
      at = parent;
    }
    heap[at] = sleeper;
  }

  #pop(): Sleeper | undefined {
    const heap = this.#sleepers;
    const [first] = heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return first;
    let at = 0;
    while (true) {
      const left = 2 * at + 1;
      const [a, b] = [heap[left], heap[left + 1]];
      const child = b !== undefined && a !== undefined && isBefore(b, a) ? left + 1 : left;
      const below = heap[child];
      if (below === undefined || !isBefore(below, last)) break;
      heap[at] = below;
      at = child;
    }
    heap[at] = last;
    return first;
  }
}

function isBefore(a: Sleeper, b: Sleeper): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}
