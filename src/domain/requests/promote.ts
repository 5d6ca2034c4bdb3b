import type { PoolLedger } from '#domain/licenses/license-pool.ts';
import type { Policy } from '#domain/policy/policy.ts';
import type { Step } from '#domain/requests/change.ts';
import { type Line, obstacleToHold } from '#domain/requests/hold-caps.ts';
import type { LaunchRequest } from '#domain/requests/launch-request.ts';
import { addHeld, type PersonQuota } from '#domain/requests/person-quota.ts';
import { takeHolds, transitionStep } from '#domain/requests/transition.ts';
import type { TermsLedger } from '#domain/terms/terms-ledger.ts';

/** One request in a line whose licenses came free. */
export interface PromoteState {
  /** The pool, or the line of terms. */
  readonly line: Line;
  readonly request: LaunchRequest;
  /** All that the request draws on. */
  readonly ledgers: readonly PoolLedger[];
  readonly terms: readonly TermsLedger[];
  /** The requester's. */
  readonly quota: PersonQuota;
  readonly policy: Policy;
}

export type Promotion =
  /** It holds its licenses now. Its step wakes the line again when others wait. */
  | { readonly kind: 'promoted'; readonly step: Step }
  /** This line cannot serve it yet: nobody behind it is served either. */
  | { readonly kind: 'first-in-line' }
  /** It waits for something else, or for nothing: look at the next in line. */
  | { readonly kind: 'skipped' };

/** Give a waiting request its holds, unapproved and within the caps, when its turn has come. */
export function promote(state: PromoteState, now: Date): Promotion {
  const { line, request, ledgers, terms, quota, policy } = state;
  const { id, generation, dueAt, evaluation } = request;
  const waits = request.status === 'pending' && request.standing === 'waiting';
  if (!waits || (dueAt !== null && dueAt <= now)) return { kind: 'skipped' };

  const before = { ledgers, terms, quota };
  const obstacle = obstacleToHold(evaluation, before, policy.limits, now);
  if (obstacle !== null) {
    const here = obstacle.kind === line.kind && obstacle.id === line.id;
    return { kind: here ? 'first-in-line' : 'skipped' };
  }
  const step = transitionStep({
    before,
    after: {
      ...takeHolds(before, evaluation, { requestId: id, firm: false, at: now }),
      quota: addHeld(quota, id),
    },
    request: { ...request, standing: 'held' },
    event: { event: 'request.held', by: 'clock', details: { generation } },
    messages: [],
    notAfter: dueAt,
    now,
  });
  return { kind: 'promoted', step };
}
