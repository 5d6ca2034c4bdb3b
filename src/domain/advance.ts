import type { Step } from '#domain/change.ts';
import { DAY_MS, later, MINUTE_MS } from '#domain/instant.ts';
import type { LaunchRequest, RequestStatus } from '#domain/launch-request.ts';
import { countHold } from '#domain/ledger.ts';
import type { PoolLedger } from '#domain/license-pool.ts';
import { giveBack, type Holdings, transitionStep } from '#domain/transition.ts';

/** What became of an approved launch. */
export type Progress =
  /** The launch call is about to be made. */
  | { readonly kind: 'begin' }
  /** EC2 shows the instances. */
  | { readonly kind: 'launched'; readonly instanceIds: readonly string[] }
  /** AWS said no, for good, or the plan is no longer what was approved. */
  | { readonly kind: 'failed'; readonly code: string; readonly message: string }
  /** No answer that settles it. */
  | { readonly kind: 'unclear'; readonly code: string; readonly message: string }
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
}

/** From which states each progress leads on. From any other it is old news. */
const FROM: Readonly<Record<Progress['kind'], readonly RequestStatus[]>> = {
  begin: ['approved'],
  launched: ['launching', 'unknown'],
  failed: ['approved', 'launching', 'unknown'],
  unclear: ['launching', 'unknown'],
  confirmed: ['launched'],
  unlisted: ['launched'],
  gone: ['launched'],
};

const EVENTS = {
  begin: 'request.launching',
  launched: 'request.launched',
  failed: 'request.failed',
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

  const before: Holdings = { ledgers: state.ledgers, quota: null };
  return transitionStep({
    before,
    after: holdingsAfter(before, request.id, progress),
    request: { ...request, ...moveTo(progress, now) },
    event: { event: EVENTS[kind], by: 'clock', details: { generation, ...detailsOf(progress) } },
    messages: [],
    notAfter: kind === 'begin' ? request.dueAt : null,
    now,
  });
}

function moveTo(progress: Progress, now: Date): Partial<LaunchRequest> {
  switch (progress.kind) {
    case 'begin':
      return { status: 'launching', dueAt: later(now, RECONCILE_AFTER_MS) };
    case 'launched': {
      const { instanceIds } = progress;
      return { status: 'launched', instanceIds, failure: null, dueAt: later(now, DAY_MS) };
    }
    case 'unclear': {
      const { code, message } = progress;
      const dueAt = later(now, RECONCILE_AFTER_MS);
      return { status: 'unknown', failure: { code, message }, dueAt };
    }
    case 'failed': {
      const { code, message } = progress;
      return { status: 'failed', failure: { code, message }, dueAt: null };
    }
    case 'gone': {
      const message = 'The instances ended before License Manager listed them';
      return { status: 'failed', failure: { code: 'instances-gone', message }, dueAt: null };
    }
    case 'confirmed':
      return { status: 'confirmed', dueAt: null };
    case 'unlisted':
      return { dueAt: later(now, DAY_MS) };
  }
}

/** What is known to run is counted from now on, if a collection has not ended its hold already. */
function holdingsAfter(before: Holdings, requestId: string, { kind }: Progress): Holdings {
  if (kind === 'failed' || kind === 'gone') return giveBack(before, requestId);
  if (kind !== 'confirmed' && kind !== 'unlisted') return before;
  return { ...before, ledgers: before.ledgers.map((ledger) => countHold(ledger, requestId)) };
}

function detailsOf(progress: Progress): Record<string, string | number> {
  if (progress.kind === 'launched') return { instances: progress.instanceIds.length };
  return 'code' in progress ? { code: progress.code } : {};
}
