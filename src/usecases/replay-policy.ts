import { DAY_MS, later } from '#domain/instant.ts';
import type { GroupMembers } from '#domain/policy/approval-rules.ts';
import type { Policy } from '#domain/policy/policy.ts';
import { type ReplayedRequest, replayRequests } from '#domain/policy/policy-replay.ts';
import type { PastRequests } from '#ports/past-requests.ts';
import type { Policies } from '#ports/policies.ts';
import type { PoolList } from '#ports/snapshots.ts';
import { NotFound } from '#src/errors.ts';

export interface ReplayPorts {
  readonly policies: Policies;
  readonly pools: PoolList;
  readonly past: PastRequests;
  readonly now: () => Date;
}

/** Past requests under the policy in force and under another. */
export interface Replay {
  /** Hash of the policy in force. */
  readonly against: string;
  /** How many were looked at. */
  readonly requests: number;
  readonly changed: readonly ReplayedRequest[];
}

/** The newest requests that are looked at. */
const MOST_REQUESTS = 500;

/**
 * Find the past requests to which a policy would say something else than the one in force does.
 *
 * @param userGroups `null` where nobody asked Slack
 * @throws {NotFound} when no policy is in force
 */
export async function replayPolicy(
  { policies, pools, past, now }: ReplayPorts,
  policy: Policy,
  days: number,
  userGroups: GroupMembers | null,
): Promise<Replay> {
  const [published, ledgers, requests] = await Promise.all([
    policies.current({ fresh: true }),
    pools.pools(),
    past.since(later(now(), -days * DAY_MS), MOST_REQUESTS),
  ]);
  if (published === null) throw new NotFound('No policy is in force to compare with');
  const facts = { ledgers, userGroups };
  const changed = replayRequests(requests, facts, { before: published.policy, after: policy });
  return { against: published.hash, requests: requests.length, changed };
}
