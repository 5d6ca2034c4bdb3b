import { obstacleToHold } from '#domain/hold-caps.ts';
import type { Reason } from '#domain/launch-evaluation.ts';
import type { LaunchRequest } from '#domain/launch-request.ts';
import { addHeld, type PersonQuota, removeHeld } from '#domain/person-quota.ts';
import type { Policy } from '#domain/policy.ts';
import { giveBack, type Holdings, joinLines, takeHolds } from '#domain/transition.ts';

/** Where a pending request stands, with what it holds. */
export type Placing =
  | {
      readonly kind: 'placed';
      readonly standing: 'held' | 'waiting';
      readonly after: Holdings & { readonly quota: PersonQuota };
    }
  /** It would have to wait, and no more may wait. */
  | { readonly kind: 'line-full'; readonly reason: Reason };

/** A ledger is one stored item: a longer line could outgrow it. */
const LONGEST_LINE = 1000;

/**
 * Place a pending request: with holds, unapproved and within the caps, in place of what it held before;
 * else in line, where it keeps its place if it has one.
 */
export function placeInLine(
  before: Holdings & { readonly quota: PersonQuota },
  { id, evaluation }: Pick<LaunchRequest, 'id' | 'evaluation'>,
  limits: Policy['limits'],
  now: Date,
): Placing {
  const released = { ...giveBack(before, id), quota: removeHeld(before.quota, id) };
  if (obstacleToHold(evaluation, released, limits, now) === null) {
    const taken = takeHolds(released, evaluation, { requestId: id, firm: false, at: now });
    const after = { ...taken, quota: addHeld(released.quota, id) };
    return { kind: 'placed', standing: 'held', after };
  }
  const full = before.ledgers.find(
    ({ poolId, waiting }) =>
      waiting.length >= LONGEST_LINE &&
      !waiting.includes(id) &&
      evaluation.draws.some((draw) => draw.poolId === poolId),
  );
  if (full !== undefined) {
    const { poolId, waiting } = full;
    return { kind: 'line-full', reason: { code: 'line-full', poolId, waiting: waiting.length } };
  }
  const after = { ...joinLines(before, evaluation, id), quota: released.quota };
  return { kind: 'placed', standing: 'waiting', after };
}
