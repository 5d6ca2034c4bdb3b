import type { STSClientConfig } from '@aws-sdk/client-sts';
import { type PacingClock, RequestBucket } from '#adapters/aws/request-bucket.ts';
import { type PacedService, REQUEST_RATES } from '#adapters/aws/request-rates.ts';
import { failureOf } from '#adapters/aws/source-failure.ts';
import { type Scope, scopeKey } from '#domain/scope.ts';

/** The interface by which every SDK client asks before each attempt of a call, the first included. */
type RetryStrategy = Extract<
  NonNullable<STSClientConfig['retryStrategy']>,
  { acquireInitialRetryToken: unknown }
>;
type Attempt = Awaited<ReturnType<RetryStrategy['acquireInitialRetryToken']>>;

/** Keeps calls within what AWS lets through, and repeats those that it throttled all the same. */
export interface RequestPacing {
  /** For an SDK client, in place of its own way to repeat calls. */
  strategy(scope: Scope, service: PacedService): RetryStrategy;
  /** For a call without an SDK. */
  paced<T>(scope: Scope, service: PacedService, call: () => Promise<T>): Promise<T>;
  /** From when no call is begun any more; `null`: never. */
  stopAt(until: Date | null): void;
}

/** A lost answer or an error of AWS's own is worth so many attempts. */
const MOST_TRANSIENT = 3;

/** As many as one process meets in a round, with what was learned of them; the oldest is forgotten. */
const MOST_BUCKETS = 1000;

const realClock: PacingClock = {
  now: () => Date.now(),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  random: Math.random,
};

/** One token bucket for each account, Region and service. */
export function requestPacing(clock: PacingClock = realClock): RequestPacing {
  const buckets = new Map<string, RequestBucket>();
  let stop = Number.POSITIVE_INFINITY;

  function bucketOf(scope: Scope, service: PacedService): RequestBucket {
    const key = `${scopeKey(scope)}/${service}`;
    const bucket = buckets.get(key) ?? new RequestBucket(REQUEST_RATES[service], clock);
    buckets.delete(key);
    buckets.set(key, bucket);
    const [oldest] = buckets.keys();
    if (buckets.size > MOST_BUCKETS && oldest !== undefined) buckets.delete(oldest);
    return bucket;
  }

  /** @throws `error` when it is not worth another attempt */
  async function again(bucket: RequestBucket, attempt: number, error: unknown, transient: boolean) {
    const throttled = failureOf(error).state === 'throttled';
    const worthIt = throttled ? bucket.throttled(attempt) : transient && attempt < MOST_TRANSIENT;
    if (!worthIt) throw error;
    await bucket.take(stop);
  }

  return {
    strategy(scope, service) {
      const bucket = bucketOf(scope, service);
      return {
        async acquireInitialRetryToken() {
          await bucket.take(stop);
          return attemptNumber(0);
        },
        async refreshRetryTokenForRetry(before, { error, errorType }) {
          const attempt = before.getRetryCount() + 1;
          await again(bucket, attempt, error, errorType !== 'CLIENT_ERROR');
          return attemptNumber(attempt);
        },
        recordSuccess: () => bucket.answered(),
      };
    },

    async paced(scope, service, call) {
      const bucket = bucketOf(scope, service);
      await bucket.take(stop);
      for (let attempt = 1; ; attempt += 1) {
        try {
          const answer = await call();
          bucket.answered();
          return answer;
        } catch (error) {
          await again(bucket, attempt, error, false);
        }
      }
    },

    stopAt(until) {
      stop = until?.getTime() ?? Number.POSITIVE_INFINITY;
    },
  };
}

const attemptNumber = (repeats: number): Attempt => ({
  getRetryCount: () => repeats,
  getRetryDelay: () => 0,
});
