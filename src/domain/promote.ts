import type { Step } from '#domain/change.ts';
import { obstacleToHold } from '#domain/hold-caps.ts';
import type { LaunchRequest } from '#domain/launch-request.ts';
import type { PoolId, PoolLedger } from '#domain/license-pool.ts';
import { addHeld, type PersonQuota } from '#domain/person-quota.ts';
import type { Policy } from '#domain/policy.ts';
import { takeHolds, transitionStep } from '#domain/transition.ts';

/** One request in the line of a pool whose licenses came free. */
export interface PromoteState {
  readonly poolId: PoolId;
  readonly request: LaunchRequest;
  /** All that the request draws on. */
  readonly ledgers: readonly PoolLedger[];
  /** The requester's. */
  readonly quota: PersonQuota;
  readonly policy: Policy;
}

export type Promotion =
  /** It holds its licenses now. Its step wakes the line again when others wait. */
  | { readonly kind: 'promoted'; readonly step: Step }
  /** This pool cannot serve it yet: nobody behind it is served either. */
  | { readonly kind: 'first-in-line' }
  /** It waits for something else, or for nothing: look at the next in line. */
  | { readonly kind: 'skipped' };

/** Give a waiting request its holds, unapproved and within the caps, when its turn has come. */
export function promote(state: PromoteState, now: Date): Promotion {
  const { poolId, request, ledgers, quota, policy } = state;
  const { id, generation, dueAt, evaluation } = request;
  const waits = request.status === 'pending' && request.standing === 'waiting';
  if (!waits || (dueAt !== null && dueAt <= now)) return { kind: 'skipped' };

  const obstacle = obstacleToHold(evaluation.draws, ledgers, quota, policy.limits);
  if (obstacle !== null) {
    const here = obstacle.kind === 'pool' && obstacle.poolId === poolId;
    return { kind: here ? 'first-in-line' : 'skipped' };
  }
  const step = transitionStep({
    before: { ledgers, quota },
    after: {
      ledgers: takeHolds(ledgers, evaluation.draws, { requestId: id, firm: false, at: now }),
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
