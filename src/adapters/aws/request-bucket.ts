import type { RequestRate } from '#adapters/aws/request-rates.ts';
import { MINUTE_MS, SECOND_MS } from '#domain/instant.ts';
import { OutOfTime, Unavailable } from '#src/errors.ts';

/** Time as pacing needs it; tests and the bench pass their own. */
export interface PacingClock {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  /** Between 0 and 1. */
  readonly random: () => number;
}

/** A call that is still throttled after so many attempts in a row is given up. */
const MOST_ATTEMPTS = 6;
const FIRST_PAUSE_MS = SECOND_MS / 2;
/** The others are not even tried for this long after one was given up. */
const CLOSED_MS = MINUTE_MS;

/** What the rate falls to when AWS throttles, and by which part of its first value each answer raises it. */
const FALL = 0.8;
const RISE = 0.004;
const LOWEST_PART = 0.05;

/**
 * The token bucket of one account, Region and service. Calls go in order of arrival; the rate falls
 * when AWS throttles and rises slowly while it does not.
 */
export class RequestBucket {
  readonly #rate: RequestRate;
  readonly #clock: PacingClock;
  #perSecond: number;
  #tokens: number;
  #countedAt: number;
  #pausedUntil = 0;
  #closedUntil = 0;
  #throttledInARow = 0;
  #turn: Promise<void> = Promise.resolve();

  constructor(rate: RequestRate, clock: PacingClock) {
    this.#rate = rate;
    this.#clock = clock;
    this.#perSecond = rate.perSecond;
    this.#tokens = rate.burst;
    this.#countedAt = clock.now();
  }

  /**
   * Waits until a call may be made, in turn.
   *
   * @param until when the time of the whole job is over, in milliseconds since the epoch
   * @throws {OutOfTime} at once when that is before its turn, {Unavailable} while AWS throttles all
   */
  async take(until: number): Promise<void> {
    const turn = this.#turn.then(() => this.#waitForToken(until));
    this.#turn = turn.catch(() => undefined);
    await turn;
  }

  answered(): void {
    this.#throttledInARow = 0;
    const raised = this.#perSecond + this.#rate.perSecond * RISE;
    this.#perSecond = Math.min(this.#rate.mostPerSecond, raised);
  }

  /** AWS asked to slow down. Everything of the bucket pauses, longer each time. False: give it up. */
  throttled(attempt: number): boolean {
    const now = this.#clock.now();
    if (attempt >= MOST_ATTEMPTS) {
      this.#closedUntil = now + CLOSED_MS;
      return false;
    }
    // Calls that were under way together are throttled together: that counts once.
    if (now < this.#pausedUntil) return true;
    this.#tokens = 0;
    this.#perSecond = Math.max(this.#rate.perSecond * LOWEST_PART, this.#perSecond * FALL);
    const pause = FIRST_PAUSE_MS * 2 ** this.#throttledInARow * (0.5 + this.#clock.random());
    this.#throttledInARow += 1;
    this.#pausedUntil = now + pause;
    return true;
  }

  async #waitForToken(until: number): Promise<void> {
    while (true) {
      const now = this.#clock.now();
      this.#refill(now);
      if (now < this.#closedUntil) throw new Unavailable('AWS throttles this service');
      const missing = Math.max(0, 1 - this.#tokens) / this.#perSecond;
      const wait = Math.ceil(Math.max(this.#pausedUntil - now, missing * SECOND_MS));
      if (now + wait >= until) throw new OutOfTime('No time is left for another call');
      if (wait <= 0) break;
      await this.#clock.sleep(wait);
    }
    this.#tokens -= 1;
  }

  /** A clock that went back brings no tokens and takes none, and what it was to wait for is void. */
  #refill(now: number): void {
    const wentBack = now < this.#countedAt;
    if (wentBack) this.#pausedUntil = this.#closedUntil = 0;
    const seconds = wentBack ? 0 : (now - this.#countedAt) / SECOND_MS;
    this.#tokens = Math.min(this.#rate.burst, this.#tokens + seconds * this.#perSecond);
    this.#countedAt = now;
  }
}
