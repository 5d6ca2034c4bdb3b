import type { Clock } from '../../clock.ts';

/** How many calls are let through. */
export interface Rate {
  readonly perSecond: number;
  /** Calls at once after a pause. */
  readonly burst: number;
}

/** One token bucket per key, by the sandbox's clock. Answers whether this call may pass. */
export function tokenBuckets(clock: Clock, { perSecond, burst }: Rate): (key: string) => boolean {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return (key) => {
    const now = clock.now();
    const { tokens, at } = buckets.get(key) ?? { tokens: burst, at: now };
    const available = Math.min(burst, tokens + ((now - at) / 1000) * perSecond);
    const passes = available >= 1;
    buckets.set(key, { tokens: passes ? available - 1 : available, at: now });
    return passes;
  };
}
