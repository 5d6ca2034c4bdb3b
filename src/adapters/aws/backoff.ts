import { failureOf } from '#adapters/aws/source-failure.ts';
import { SECOND_MS } from '#domain/instant.ts';
import { Unavailable } from '#src/errors.ts';

/** How to wait and how long in all; tests pass their own. */
export interface Backoff {
  readonly sleep: (ms: number) => Promise<void>;
  /** Between 0 and 1. */
  readonly random: () => number;
  readonly attempts: number;
}

const FIRST_DELAY_MS = 200;
const LONGEST_DELAY_MS = 10 * SECOND_MS;

export const patiently: Backoff = {
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  random: Math.random,
  attempts: 8,
};

/**
 * Repeat a call that was throttled, with full jitter, where no SDK does it: License Manager's does
 * not know `RateLimitExceededException` as throttling, and some services have no SDK here.
 *
 * @throws {Unavailable} when it is still throttled after the last attempt
 */
export async function withBackoff<T>(
  call: () => Promise<T>,
  backoff: Backoff = patiently,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call();
    } catch (cause) {
      if (failureOf(cause).state !== 'throttled') throw cause;
      if (attempt >= backoff.attempts) {
        throw new Unavailable(`AWS throttled ${attempt} calls in a row`, { cause });
      }
    }
    const ceiling = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (attempt - 1));
    await backoff.sleep(ceiling * backoff.random());
  }
}
