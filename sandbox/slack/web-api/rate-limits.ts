import type { Clock } from '../../clock.ts';

/**
 * How often a method may be called: Slack's tiers, and `message` for chat.postMessage.
 * @see https://docs.slack.dev/apis/web-api/rate-limits
 */
export type Tier = 'tier2' | 'tier3' | 'tier4' | 'message' | 'special';

/** Calls a minute, per method and workspace. `message` is the workspace's; each channel has its own besides. */
const PER_MINUTE: Readonly<Record<Tier, number>> = {
  tier2: 20,
  tier3: 50,
  tier4: 100,
  message: 300,
  special: 600,
};

const CHANNEL_PER_MINUTE = 60;

/** Slack lets bursts through and does not say how large; this many minutes' worth pass at once here. */
const BURST_MINUTES = 5;
const CHANNEL_BURST = 60;

export interface RateLimits {
  /** Counts a call; null when it may proceed, else whole seconds to wait. */
  take(method: string, tier: Tier, channel: string | null): number | null;
}

interface Bucket {
  tokens: number;
  at: number;
}

/** Token buckets by the sandbox clock, full at the start. */
export function createRateLimits(clock: Clock): RateLimits {
  const buckets = new Map<string, Bucket>();

  /** Seconds until the bucket has a token, 0 when it has one now. */
  function wait(
    key: string,
    perMinute: number,
    capacity: number,
  ): { bucket: Bucket; seconds: number } {
    const now = clock.now();
    const bucket = buckets.get(key) ?? { tokens: capacity, at: now };
    bucket.tokens = Math.min(capacity, bucket.tokens + ((now - bucket.at) * perMinute) / 60_000);
    bucket.at = now;
    buckets.set(key, bucket);
    const seconds = bucket.tokens >= 1 ? 0 : Math.ceil(((1 - bucket.tokens) * 60) / perMinute);
    return { bucket, seconds };
  }

  return {
    take(method, tier, channel) {
      const rate = PER_MINUTE[tier];
      const asked = [wait(method, rate, rate * BURST_MINUTES)];
      if (tier === 'message' && channel !== null) {
        asked.push(wait(`${method} ${channel}`, CHANNEL_PER_MINUTE, CHANNEL_BURST));
      }
      const seconds = Math.max(...asked.map((each) => each.seconds));
      if (seconds > 0) return seconds;
      for (const { bucket } of asked) bucket.tokens -= 1;
      return null;
    },
  };
}
