import type { VirtualClock } from './virtual-clock.ts';

/** What AWS is played to let through: so many calls at once, and so many more each second. */
export interface ServerRate {
  readonly burst: number;
  readonly perSecond: number;
}

/** AWS's side of pacing: a bucket that refuses. */
export class ServerBucket {
  readonly #rate: ServerRate;
  readonly #clock: Pick<VirtualClock, 'now'>;
  #tokens: number;
  #at: number;
  passed = 0;
  refused = 0;

  constructor(rate: ServerRate, clock: Pick<VirtualClock, 'now'>) {
    this.#rate = rate;
    this.#clock = clock;
    this.#tokens = rate.burst;
    this.#at = clock.now();
  }

  /** @throws {RateLimitExceededException} as License Manager does */
  spend(): void {
    const now = this.#clock.now();
    const { burst, perSecond } = this.#rate;
    this.#tokens = Math.min(burst, this.#tokens + ((now - this.#at) / 1000) * perSecond);
    this.#at = now;
    // What waiting comes to in binary fractions is a little less than whole.
    if (this.#tokens < 1 - 1e-6) {
      this.refused += 1;
      throw Object.assign(new Error('Too many requests'), { name: 'RateLimitExceededException' });
    }
    this.#tokens -= 1;
    this.passed += 1;
  }
}

/** The shortest time in which a bucket lets so many calls begin. Seconds. */
export function shortestSeconds(calls: number, { burst, perSecond }: ServerRate): number {
  return Math.max(0, calls - burst) / perSecond;
}
