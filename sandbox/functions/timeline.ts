import type { Clock } from '../clock.ts';
import type { Deployment } from '../deployment/deployment.ts';
import type { ScheduleSource } from '../deployment/function-events.ts';
import { type Occurrences, occurrences, scheduledEvent } from './schedule.ts';

/** Something that falls due by the sandbox clock. */
export interface DueSource {
  /** When, in milliseconds of the sandbox clock; null when nothing is. */
  nextDue(): number | null;
  /** Does what is due by now; called when nothing is as well. */
  runDue(): void | Promise<void>;
}

interface Scheduled {
  readonly functionName: string;
  readonly source: ScheduleSource;
  readonly occurrences: Occurrences;
  next: number | null;
}

interface TimelineOptions {
  readonly clock: Clock;
  readonly deployment: Deployment;
  readonly invoke: (functionName: string, event: unknown) => Promise<unknown>;
  readonly sources: readonly DueSource[];
  /** When the sweep has something to do: for these, schedules are fired on time and not jumped over. */
  readonly nextWork: () => number | null;
  /**
   * Functions whose schedule is fired once an advance, the last time that it occurs: each run brings
   * everything up to date that the ones before it would have.
   */
  readonly onceAnAdvance?: ReadonlySet<string>;
  readonly settle: () => Promise<void>;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** How often real time is looked at. */
const TICK_MS = 250;
/** A schedule at least this frequent may be jumped over while the clock is advanced. */
const FREQUENT_MS = HOUR;
/** After the start of an advance every occurrence is fired for so long. */
const EXACT_MS = 5 * MINUTE;
/** And after each piece of work: what it causes at once is done within. */
const EXACT_AFTER_WORK_MS = 2 * MINUTE;

/**
 * Fires schedules and whatever else is due, as real time passes and as the clock is advanced.
 *
 * While the clock is advanced, a frequent schedule is fired where something falls due, and at the end, instead of at
 * each occurrence: in between nothing happens that a sweep or a collection could find.
 */
export class Timeline {
  readonly #options: TimelineOptions;
  readonly #schedules: readonly Scheduled[];
  #timer: NodeJS.Timeout | null = null;
  #turn: Promise<void> = Promise.resolve();

  constructor(options: TimelineOptions) {
    this.#options = options;
    const start = options.clock.now();
    this.#schedules = options.deployment.functions.flatMap(({ name, schedules }) =>
      schedules.map((source) => {
        const times = occurrences(source, start);
        return { functionName: name, source, occurrences: times, next: times.after(start) };
      }),
    );
  }

  /** Follows real time until `stop`. */
  start(): void {
    this.#timer = setTimeout(() => {
      // What fails is in the functions' log.
      const done = this.#inTurn(() => this.#runDue(async () => undefined));
      void done.catch(() => undefined).then(() => this.#timer !== null && this.start());
    }, TICK_MS);
  }

  /** Stops following real time; resolves when what runs is done. */
  async stop(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    await this.#turn;
  }

  /** Moves the clock, running everything that falls due on the way, in order. */
  advance(ms: number): Promise<void> {
    return this.#inTurn(() => this.#advance(ms));
  }

  async #advance(ms: number): Promise<void> {
    const { clock, settle, nextWork } = this.#options;
    const start = clock.now();
    const target = start + ms;
    let exactUntil = start + EXACT_MS;
    this.#skipToLast(target);
    for (let now = start; now < target; now = clock.now()) {
      const work = later(nextWork(), now);
      const stop = Math.min(target, this.#nextStop({ now, exactUntil, work }));
      if (work !== null && work <= stop) exactUntil = stop + EXACT_AFTER_WORK_MS;
      clock.advance(Math.max(0, stop - now));
      await this.#runDue(settle, stop === target || stop <= exactUntil || this.#isDue());
      await settle();
    }
  }

  #nextStop(from: { now: number; exactUntil: number; work: number | null }): number {
    const exact = this.#schedules.filter(
      ({ occurrences, next }) =>
        !isFrequent({ occurrences }) || (next !== null && next <= from.exactUntil),
    );
    const swept = from.work === null ? [] : [this.#frequentAfter(from.work - 1)];
    const due = this.#options.sources.map((source) => later(source.nextDue(), from.now));
    const stops = [...exact.map(({ next }) => next), ...swept, ...due];
    return Math.min(...stops.filter((instant) => instant !== null));
  }

  #skipToLast(target: number): void {
    for (const scheduled of this.#schedules) {
      if (!this.#options.onceAnAdvance?.has(scheduled.functionName)) continue;
      for (let next = scheduled.next; next !== null && next <= target; ) {
        scheduled.next = next;
        next = scheduled.occurrences.after(next);
      }
    }
  }

  /** The first occurrence of any frequent schedule after an instant. */
  #frequentAfter(instant: number): number | null {
    const times = this.#schedules
      .filter(isFrequent)
      .map(({ occurrences: times }) => times.after(instant))
      .filter((time) => time !== null);
    return times.length === 0 ? null : Math.min(...times);
  }

  /** Whether anything but a schedule is due. */
  #isDue(): boolean {
    const now = this.#options.clock.now();
    return this.#options.sources.some(
      (source) => (source.nextDue() ?? Number.POSITIVE_INFINITY) <= now,
    );
  }

  /** Where only a rare schedule stops the clock, frequent ones have nothing to find yet. */
  async #runDue(settle: () => Promise<void>, frequent = true): Promise<void> {
    const { clock, sources } = this.#options;
    const now = clock.now();
    // What became due while the clock moved may not call itself due any more: all are asked.
    for (const source of sources) await source.runDue();
    for (const scheduled of this.#schedules) {
      if (scheduled.next === null || scheduled.next > now) continue;
      if (!frequent && isFrequent(scheduled)) continue;
      const at = scheduled.next;
      scheduled.next = scheduled.occurrences.after(now);
      await this.#fire(scheduled, at);
      await settle();
    }
  }

  /** A failed run is in the function's log; the next one comes. */
  async #fire({ functionName, source }: Scheduled, at: number): Promise<void> {
    const { deployment, invoke } = this.#options;
    const { account, region } = deployment.place;
    await invoke(functionName, scheduledEvent(source, { account, region, at })).catch(
      () => undefined,
    );
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const mine = this.#turn.then(work);
    this.#turn = mine.catch(() => undefined);
    return mine;
  }
}

function isFrequent({ occurrences: { everyMs } }: Pick<Scheduled, 'occurrences'>): boolean {
  return everyMs !== null && everyMs <= FREQUENT_MS;
}

function later(instant: number | null, now: number): number | null {
  return instant !== null && instant > now ? instant : null;
}
