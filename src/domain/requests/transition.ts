import type { AuditEvent } from '#domain/audit/audit.ts';
import type { OutboxMessage } from '#domain/jobs/outbox.ts';
import type { Evaluation } from '#domain/launch/launch-evaluation.ts';
import type { PoolLedger } from '#domain/licenses/license-pool.ts';
import type { Step } from '#domain/requests/change.ts';
import type { LaunchRequest } from '#domain/requests/launch-request.ts';
import {
  firmHold,
  type Holder,
  type HoldFor,
  joinWaiting,
  leaveWaiting,
  placeHold,
  releaseHold,
} from '#domain/requests/ledger.ts';
import { type PersonQuota, removeHeld } from '#domain/requests/person-quota.ts';
import type { TermsLedger } from '#domain/terms/terms-ledger.ts';

/**
 * What moves together with a request, before and after the same pools and lines of terms. `quota` is the
 * requester's; `null` where it cannot change.
 */
export interface Holdings {
  readonly ledgers: readonly PoolLedger[];
  readonly terms: readonly TermsLedger[];
  readonly quota: PersonQuota | null;
}

/** For moves that touch nothing but the request. */
export const NO_HOLDINGS: Holdings = { ledgers: [], terms: [], quota: null };

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
 * event for the request and one for every pool and line of terms, refreshes the card, and wakes those
 * who wait.
 */
export function transitionStep(transition: Transition): Step {
  const { before, after, request, event, messages, notAfter, now } = transition;
  const requestId = request.id;
  const by = event.by;
  const pools = changesOf(before.ledgers, after.ledgers, ({ poolId }) => poolId);
  const terms = changesOf(before.terms, after.terms, ({ id }) => id);
  const context = { requestId, by, at: now };
  return {
    request: { ...request, version: request.version + 1, updatedAt: now },
    ledgers: pools.map(written),
    termsLedgers: terms.map(written),
    quotas: changedQuotas(before.quota, after.quota),
    audit: [
      { stream: `request/${requestId}`, at: now, ...event },
      ...pools.map((change) => poolEvent(change, context)),
      ...terms.map((change) => termsEvent(change, context)),
    ],
    messages: [
      ...messages,
      { queue: 'answers', message: { kind: 'card', requestId } },
      ...pools.flatMap((change) => (isWaking(change) ? [promotePool(change.next, now)] : [])),
      ...terms.flatMap((change) => (isWaking(change) ? [promoteTerms(change.next, now)] : [])),
    ],
    notAfter,
  };
}

/** Everything that a request held or waited for, given back. */
export function giveBack({ ledgers, terms, quota }: Holdings, requestId: string): Holdings {
  const without = <Ledger extends Holder>(ledger: Ledger): Ledger =>
    leaveWaiting(releaseHold(ledger, requestId), requestId);
  return {
    ledgers: ledgers.map(without),
    terms: terms.map(without),
    quota: quota && removeHeld(quota, requestId),
  };
}

/** Holds for all that a launch draws and for nothing else, in place of whatever line the request stood in. */
export function takeHolds(
  { ledgers, terms, quota }: Holdings,
  evaluation: Pick<Evaluation, 'draws' | 'terms'>,
  hold: Pick<HoldFor, 'requestId' | 'firm' | 'at'>,
): Holdings {
  return {
    ledgers: ledgers.map((ledger) => {
      const draw = evaluation.draws.find(({ poolId }) => poolId === ledger.poolId);
      return withDraw(ledger, draw, hold);
    }),
    terms: terms.map((ledger) => {
      const draw = evaluation.terms.find(({ ledgerId }) => ledgerId === ledger.id);
      return withDraw(ledger, draw, hold);
    }),
    quota,
  };
}

function withDraw<Ledger extends Holder>(
  ledger: Ledger,
  draw: Pick<HoldFor, 'consumer' | 'licenses'> | undefined,
  hold: Pick<HoldFor, 'requestId' | 'firm' | 'at'>,
): Ledger {
  const { requestId, firm } = hold;
  if (draw === undefined) return leaveWaiting(releaseHold(ledger, requestId), requestId);
  const placed = placeHold(ledger, { ...draw, ...hold });
  return leaveWaiting(firm ? firmHold(placed, requestId) : placed, requestId);
}

/** A request in the lines of everything that it draws and in no other, holding nothing; its places are kept. */
export function joinLines(
  { ledgers, terms, quota }: Holdings,
  evaluation: Pick<Evaluation, 'draws' | 'terms'>,
  requestId: string,
): Holdings {
  const drawn = new Set([
    ...evaluation.draws.map(({ poolId }) => poolId),
    ...evaluation.terms.map(({ ledgerId }) => ledgerId),
  ]);
  const inLine = <Ledger extends Holder>(ledger: Ledger, id: string): Ledger => {
    const released = releaseHold(ledger, requestId);
    return drawn.has(id) ? joinWaiting(released, requestId) : leaveWaiting(released, requestId);
  };
  return {
    ledgers: ledgers.map((ledger) => inLine(ledger, ledger.poolId)),
    terms: terms.map((ledger) => inLine(ledger, ledger.id)),
    quota,
  };
}

function changedQuotas(
  before: PersonQuota | null,
  after: PersonQuota | null,
): readonly PersonQuota[] {
  return after === null || after === before ? [] : [{ ...after, version: after.version + 1 }];
}

interface LedgerChange<Ledger> {
  readonly last: Ledger;
  readonly next: Ledger;
}

function changesOf<Ledger>(
  before: readonly Ledger[],
  after: readonly Ledger[],
  idOf: (ledger: Ledger) => string,
): readonly LedgerChange<Ledger>[] {
  return before.flatMap((last) => {
    const next = after.find((ledger) => idOf(ledger) === idOf(last));
    return next === undefined || next === last ? [] : [{ last, next }];
  });
}

function written<Ledger extends { readonly version: number }>({
  next,
}: LedgerChange<Ledger>): Ledger {
  return { ...next, version: next.version + 1 };
}

interface EventContext extends Pick<AuditEvent, 'by' | 'at'> {
  readonly requestId: string;
}

function poolEvent(
  change: LedgerChange<PoolLedger>,
  { requestId, by, at }: EventContext,
): AuditEvent {
  const { poolId, held, consumed, counted, waiting } = change.next;
  const details = { requestId, held, consumed, counted, waiting: waiting.length };
  return { stream: `pool/${poolId}`, at, event: eventName(change), by, details };
}

function termsEvent(
  change: LedgerChange<TermsLedger>,
  { requestId, by, at }: EventContext,
): AuditEvent {
  const { id, held, entitled, required, waiting } = change.next;
  const details = { requestId, held, entitled, required, waiting: waiting.length };
  return { stream: `terms/${id}`, at, event: eventName(change), by, details };
}

function eventName({ last, next }: LedgerChange<Holder>): string {
  if (next.held > last.held) return 'hold.placed';
  if (next.held < last.held) return 'hold.released';
  return next.holds === last.holds ? 'waiting.changed' : 'hold.changed';
}

/** Any change of holds may let somebody in line through: licenses came free, or a cap did. */
function isWaking({ last, next }: LedgerChange<Holder>): boolean {
  return next.waiting.length > 0 && next.holds !== last.holds;
}

/** Serve a pool's line. @param ledger before its version is raised */
export function promotePool(
  { poolId, version }: Pick<PoolLedger, 'poolId' | 'version'>,
  at: Date,
): OutboxMessage {
  const key = `promote/${poolId}/${version + 1}`;
  return { queue: 'decisions', group: poolId, message: { kind: 'promote', key, at, poolId } };
}

/** Serve the line of those who wait for terms. @param ledger before its version is raised */
export function promoteTerms(
  { id, version }: Pick<TermsLedger, 'id' | 'version'>,
  at: Date,
): OutboxMessage {
  const key = `promote/${id}/${version + 1}`;
  const message = { kind: 'promote-terms', key, at, ledgerId: id } as const;
  return { queue: 'decisions', group: id, message };
}
