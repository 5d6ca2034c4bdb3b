import type { Clock } from '../clock.ts';

/** Message timestamps by the sandbox clock: unique and rising, like Slack's. */
export function createTimestamps(clock: Clock): () => string {
  let lastMicros = 0;
  return () => {
    lastMicros = Math.max(Math.round(clock.now() * 1000), lastMicros + 1);
    const seconds = Math.floor(lastMicros / 1_000_000);
    return `${seconds}.${String(lastMicros % 1_000_000).padStart(6, '0')}`;
  };
}
