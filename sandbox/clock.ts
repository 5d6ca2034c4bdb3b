/** One clock for the bot and the simulators: real time plus what was advanced. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Moves the clock forward; only the thread that owns the sandbox does this. */
  advance(ms: number): void;
  /** One Float64: the milliseconds advanced so far, shared with worker threads. */
  readonly offset: SharedArrayBuffer;
}

const RealDate = globalThis.Date;

/** A clock at real time, or one that follows the offset of another thread's clock. */
export function createClock(
  offset: SharedArrayBuffer = new SharedArrayBuffer(Float64Array.BYTES_PER_ELEMENT),
): Clock {
  const advanced = new Float64Array(offset);
  return {
    offset,
    now: () => RealDate.now() + (advanced[0] ?? 0),
    advance(ms) {
      if (!(Number.isFinite(ms) && ms >= 0)) {
        throw new RangeError(`The clock only moves forward: cannot advance by ${ms} ms.`);
      }
      advanced[0] = (advanced[0] ?? 0) + ms;
    },
  };
}

/** Makes `Date` of this thread read the clock, so that SDKs sign with sandbox time. Returns the undo. */
export function installClock(clock: Clock): () => void {
  const previous = globalThis.Date;
  globalThis.Date = new Proxy(RealDate, {
    construct: (date, args, newTarget) =>
      Reflect.construct(date, args.length === 0 ? [clock.now()] : args, newTarget),
    apply: () => new RealDate(clock.now()).toString(),
    get: (date, property) => (property === 'now' ? clock.now : Reflect.get(date, property)),
  });
  return () => {
    globalThis.Date = previous;
  };
}
