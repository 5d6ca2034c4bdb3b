import type { AuditEvent } from '#domain/audit.ts';
import type { Step } from '#domain/change.ts';
import type { OutboxMessage } from '#domain/job.ts';
import type { Draw } from '#domain/launch-evaluation.ts';
import type { LaunchRequest } from '#domain/launch-request.ts';
import { firmHold, type HoldFor, leaveWaiting, placeHold, releaseHold } from '#domain/ledger.ts';
import type { PoolLedger } from '#domain/license-pool.ts';
import { type PersonQuota, removeHeld } from '#domain/person-quota.ts';

/** What moves together with a request, before and after the same pools. `quota` is the requester's; `null` where it cannot change. */
export interface Holdings {
  readonly ledgers: readonly PoolLedger[];
  readonly quota: PersonQuota | null;
}

/** A request's move from one state to the next, before versions are raised. */
export interface Transition {
  readonly before: Holdings;
  readonly after: Holdings;
  readonly request: LaunchRequest;
  readonly event: Pick<AuditEvent, 'event' | 'by' | 'details'>;
  readonly messages: readonly OutboxMessage[];
  readonly notAfter: Date | null;
  readonly now: Date;
}

/**
 * The step that makes a transition: raises the version of everything that changed, writes one audit
 * event for the request and one for every pool, refreshes the card, and wakes those who wait.
 */
export function transitionStep(transition: Transition): Step {
  const { before, after, request, event, messages, notAfter, now } = transition;
  const requestId = request.id;
  const by = event.by;
  const changed = changedLedgers(before, after);
  return {
    request: { ...request, version: request.version + 1, updatedAt: now },
    ledgers: changed.map(({ next }) => ({ ...next, version: next.version + 1 })),
    quotas: changedQuotas(before.quota, after.quota),
    audit: [
      { stream: `request/${requestId}`, at: now, ...event },
      ...changed.map((change) => poolEvent(change, { requestId, by, at: now })),
    ],
    messages: [
      ...messages,
      { queue: 'answers', message: { kind: 'card', requestId } },
      ...changed.flatMap((change) => wakeWaiting(change, now)),
    ],
    notAfter,
  };
}

/** Everything that a request held or waited for, given back. */
export function giveBack({ ledgers, quota }: Holdings, requestId: string): Holdings {
  return {
    ledgers: ledgers.map((ledger) => leaveWaiting(releaseHold(ledger, requestId), requestId)),
    quota: quota && removeHeld(quota, requestId),
  };
}

/** Holds for all draws and for nothing else, in place of whatever line the request stood in. */
export function takeHolds(
  ledgers: readonly PoolLedger[],
  draws: readonly Draw[],
  hold: Pick<HoldFor, 'requestId' | 'firm' | 'at'>,
): readonly PoolLedger[] {
  const { requestId, firm } = hold;
  return ledgers.map((ledger) => {
    const draw = draws.find(({ poolId }) => poolId === ledger.poolId);
    if (draw === undefined) return leaveWaiting(releaseHold(ledger, requestId), requestId);
    const placed = placeHold(ledger, { ...draw, ...hold });
    return leaveWaiting(firm ? firmHold(placed, requestId) : placed, requestId);
  });
}

function changedQuotas(
  before: PersonQuota | null,
  after: PersonQuota | null,
): readonly PersonQuota[] {
  return after === null || after === before ? [] : [{ ...after, version: after.version + 1 }];
}

interface LedgerChange {
  readonly last: PoolLedger;
  readonly next: PoolLedger;
}

function changedLedgers(before: Holdings, after: Holdings): readonly LedgerChange[] {
  return before.ledgers.flatMap((last) => {
    const next = after.ledgers.find(({ poolId }) => poolId === last.poolId);
    return next === undefined || next === last ? [] : [{ last, next }];
  });
}

function poolEvent(
  { last, next }: LedgerChange,
  { requestId, by, at }: { readonly requestId: string; readonly by: string; readonly at: Date },
): AuditEvent {
  const { held, consumed, counted } = next;
  return {
    stream: `pool/${next.poolId}`,
    at,
    event: poolEventName(last, next),
    by,
    details: { requestId, held, consumed, counted, waiting: next.waiting.length },
  };
}

function poolEventName(last: PoolLedger, next: PoolLedger): string {
  if (next.held > last.held) return 'hold.placed';
  if (next.held < last.held) return 'hold.released';
  return next.holds === last.holds ? 'waiting.changed' : 'hold.changed';
}

/** Any change of holds may let somebody in line through: licenses came free, or a cap did. */
function wakeWaiting({ last, next }: LedgerChange, at: Date): readonly OutboxMessage[] {
  if (next.waiting.length === 0 || next.holds === last.holds) return [];
  const { poolId, version } = next;
  const key = `promote/${poolId}/${version + 1}`;
  return [{ queue: 'decisions', group: poolId, message: { kind: 'promote', key, at, poolId } }];
}
