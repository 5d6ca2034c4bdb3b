import type { LaunchRequest } from '#domain/requests/launch-request.ts';

/** Requests of all people, over or not, for looking back. */
export interface PastRequests {
  /** Those submitted at or after `from`, newest first, at most `limit`. Reads the whole table. */
  since(from: Date, limit: number): Promise<readonly LaunchRequest[]>;
}
