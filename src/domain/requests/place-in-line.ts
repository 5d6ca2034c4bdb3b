import type { Draw } from '#domain/launch/launch-evaluation.ts';
import type { Reason } from '#domain/launch/launch-reason.ts';
import type { Policy } from '#domain/policy/policy.ts';
import { obstacleToHold } from '#domain/requests/hold-caps.ts';
import type { LaunchRequest } from '#domain/requests/launch-request.ts';
import type { Holder } from '#domain/requests/ledger.ts';
import { addHeld, type PersonQuota, removeHeld } from '#domain/requests/person-quota.ts';
import { giveBack, type Holdings, joinLines, takeHolds } from '#domain/requests/transition.ts';

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
 * else in line, where it keeps its place if it has one. One that takes no more than it holds already
 * keeps that.
 */
export function placeInLine(
  before: Holdings & { readonly quota: PersonQuota },
  request: Pick<LaunchRequest, 'id' | 'evaluation' | 'standing'>,
  limits: Policy['limits'],
  now: Date,
): Placing {
  const { id, evaluation } = request;
  const released = { ...giveBack(before, id), quota: removeHeld(before.quota, id) };
  const fits = obstacleToHold(evaluation, released, limits, now) === null;
  if (fits || holdsEnough(before, request)) {
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

function holdsEnough(
  { ledgers, terms }: Holdings,
  { id, evaluation, standing }: Pick<LaunchRequest, 'id' | 'evaluation' | 'standing'>,
): boolean {
  const covers = (holder: Holder | undefined, draw: Pick<Draw, 'consumer' | 'licenses'>) =>
    holder?.holds.some(
      ({ consumer, licenses, requestIds }) =>
        consumer === draw.consumer && licenses >= draw.licenses && requestIds.includes(id),
    ) ?? false;
  return (
    standing === 'held' &&
    evaluation.draws.every((draw) =>
      covers(
        ledgers.find(({ poolId }) => poolId === draw.poolId),
        draw,
      ),
    ) &&
    evaluation.terms.every((draw) =>
      covers(
        terms.find((ledger) => ledger.id === draw.ledgerId),
        draw,
      ),
    )
  );
}
