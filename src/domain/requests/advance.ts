import { DAY_MS, later, MINUTE_MS } from '#domain/instant.ts';
import { failureOf, type LeftBehind, type Refusal } from '#domain/launch/launch-failure.ts';
import type { PoolLedger } from '#domain/licenses/license-pool.ts';
import type { Step } from '#domain/requests/change.ts';
import type { LaunchRequest, RequestStatus } from '#domain/requests/launch-request.ts';
import { countHold } from '#domain/requests/ledger.ts';
import { giveBack, type Holdings, transitionStep } from '#domain/requests/transition.ts';
import { requireHold, type TermsLedger } from '#domain/terms/terms-ledger.ts';

/** What became of an approved launch. */
export type Progress =
  /** The launch call is about to be made. */
  | { readonly kind: 'begin' }
  /** EC2 shows the instances. */
  | { readonly kind: 'launched'; readonly instanceIds: readonly string[] }
  /** AWS said no, for good, or the plan is no longer what was approved. Nothing was changed. */
  | ({ readonly kind: 'failed' } & Refusal)
  /** AWS said no half-way: what was done already is about to be put back. */
  | ({ readonly kind: 'undoing' } & Refusal)
  /** It is put back, but for what is left. */
  | { readonly kind: 'undone'; readonly left: readonly LeftBehind[] }
  /** No answer that settles it. */
  | ({ readonly kind: 'unclear' } & Refusal)
  /** License Manager lists everything that was launched. */
  | { readonly kind: 'confirmed' }
  /** Launched a day ago and still not listed. */
  | { readonly kind: 'unlisted' }
  /** Launched, never listed, and gone from EC2. */
  | { readonly kind: 'gone' };

export interface AdvanceState {
  readonly request: LaunchRequest;
  /** Of which generation the progress is. */
  readonly generation: number;
  /** Those that exist of the pools that the request draws on. */
  readonly ledgers: readonly PoolLedger[];
  /** Those that exist of the lines of terms that it draws on. */
  readonly terms: readonly TermsLedger[];
}

/** From which states each progress leads on. From any other it is old news. */
const FROM: Readonly<Record<Progress['kind'], readonly RequestStatus[]>> = {
  begin: ['approved'],
  launched: ['launching', 'unknown'],
  failed: ['approved', 'launching', 'unknown'],
  undoing: ['launching', 'unknown'],
  undone: ['launching', 'unknown'],
  unclear: ['launching', 'unknown'],
  confirmed: ['launched'],
  unlisted: ['launched'],
  gone: ['launched'],
};

const EVENTS = {
  begin: 'request.launching',
  launched: 'request.launched',
  failed: 'request.failed',
  undoing: 'request.undoing',
  undone: 'request.failed',
  unclear: 'request.unknown',
  confirmed: 'request.confirmed',
  unlisted: 'request.unlisted',
  gone: 'request.failed',
} as const satisfies Record<Progress['kind'], string>;

/** How long a launch call may take before somebody looks what became of it. */
const RECONCILE_AFTER_MS = 2 * MINUTE_MS;

/**
 * The step that progress makes, or `null` when the request is elsewhere by now: then nothing is to be
 * done. Holds end by failure or when License Manager lists what runs, never by time alone.
 */
export function advance(state: AdvanceState, progress: Progress, now: Date): Step | null {
  const { request, generation } = state;
  const { kind } = progress;
  if (generation !== request.generation || !FROM[kind].includes(request.status)) return null;
  if (kind === 'begin' && request.dueAt !== null && request.dueAt <= now) return null;
  const undoing = request.failure?.undoing === true;
  if (undoing ? !WHILE_UNDOING.has(kind) : kind === 'undone') return null;

  const before: Holdings = { ledgers: state.ledgers, terms: state.terms, quota: null };
  return transitionStep({
    before,
    after: holdingsAfter(before, request.id, progress, now),
    request: { ...request, ...moveTo(request, progress, now) },
    event: { event: EVENTS[kind], by: 'clock', details: { generation, ...detailsOf(progress) } },
    messages: [],
    notAfter: kind === 'begin' ? request.dueAt : null,
    now,
  });
}

/** What is being put back is not launched any more, whatever another delivery of the same job saw. */
const WHILE_UNDOING: ReadonlySet<Progress['kind']> = new Set(['undone', 'unclear']);

function moveTo(request: LaunchRequest, progress: Progress, now: Date): Partial<LaunchRequest> {
  const reconcileAt = later(now, RECONCILE_AFTER_MS);
  switch (progress.kind) {
    case 'begin':
      return { status: 'launching', dueAt: reconcileAt };
    case 'launched': {
      const { instanceIds } = progress;
      return { status: 'launched', instanceIds, failure: null, dueAt: later(now, DAY_MS) };
    }
    case 'unclear': {
      const failure = request.failure?.undoing === true ? request.failure : failureOf(progress);
      return { status: 'unknown', failure, dueAt: reconcileAt };
    }
    case 'undoing': {
      const failure = { ...failureOf(progress), undoing: true };
      return { status: 'launching', failure, dueAt: reconcileAt };
    }
    case 'undone': {
      const { left } = progress;
      const failure = request.failure && { ...request.failure, undoing: false, left };
      return { status: 'failed', failure, dueAt: null };
    }
    case 'failed':
      return { status: 'failed', failure: failureOf(progress), dueAt: null };
    case 'gone':
      return { status: 'failed', failure: failureOf(GONE), dueAt: null };
    case 'confirmed':
      return { status: 'confirmed', dueAt: null };
    case 'unlisted':
      return { dueAt: later(now, DAY_MS) };
  }
}

const GONE: Refusal = {
  code: 'instances-gone',
  message: 'The instances ended before License Manager listed them.',
  advice: { code: 'look-in-ec2' },
};

/** What is known to run is counted from now on, if a collection has not ended its hold already. */
function holdingsAfter(
  before: Holdings,
  requestId: string,
  { kind }: Progress,
  now: Date,
): Holdings {
  if (kind === 'failed' || kind === 'undone' || kind === 'gone') {
    return giveBack(before, requestId);
  }
  if (kind !== 'confirmed' && kind !== 'unlisted') return before;
  return {
    ...before,
    ledgers: before.ledgers.map((ledger) => countHold(ledger, requestId)),
    terms: before.terms.map((ledger) => requireHold(ledger, requestId, now)),
  };
}

function detailsOf(progress: Progress): Record<string, string | number> {
  if (progress.kind === 'launched') return { instances: progress.instanceIds.length };
  if (progress.kind === 'undone') return { left: progress.left.join(' ') };
  return 'code' in progress ? { code: progress.code } : {};
}
