import { describe, expect, it } from 'vitest';
import { HOUR_MS, later } from '#domain/instant.ts';
import { type PromoteState, promote } from '#domain/requests/promote.ts';
import {
  aDraw,
  aHold,
  aLedger,
  anEvaluation,
  aPolicy,
  aQuota,
  aRequest,
  NOW,
  poolId,
} from '../../builders.ts';

const ID = 'req-0000000001';
const OTHER = 'req-000000000z';

function aState(changes: Partial<PromoteState> = {}): PromoteState {
  return {
    line: { kind: 'pool', id: poolId('1') },
    request: aRequest({ standing: 'waiting' }),
    ledgers: [aLedger({ waiting: [ID, OTHER] })],
    terms: [],
    quota: aQuota(),
    policy: aPolicy(),
    ...changes,
  };
}

describe('promote', () => {
  it('gives the next in line its hold, unapproved, and wakes the one behind', () => {
    const promotion = promote(aState(), NOW);

    expect(promotion).toMatchObject({
      kind: 'promoted',
      step: {
        request: { status: 'pending', standing: 'held', version: 2 },
        ledgers: [{ held: 8, waiting: [OTHER], holds: [{ firm: false, requestIds: [ID] }] }],
        quotas: [{ heldRequestIds: [ID] }],
        audit: [{ event: 'request.held' }, { event: 'hold.placed' }],
        messages: [{ message: { kind: 'card' } }, { message: { kind: 'promote' } }],
        notAfter: later(NOW, HOUR_MS),
      },
    });
  });

  it.each`
    ledger                                                              | because
    ${{ consumed: 93 }}                                                 | ${'the licenses are not there'}
    ${{ consumed: 80, holds: [aHold({ consumer: 'x', licenses: 4 })] }} | ${'unapproved holds would take too much'}
  `('keeps the line in order when $because', ({ ledger }) => {
    expect(promote(aState({ ledgers: [aLedger(ledger)] }), NOW)).toEqual({ kind: 'first-in-line' });
  });

  const draws = [aDraw(), aDraw({ poolId: poolId('2') })];
  it.each`
    change                                                                                                                                              | because
    ${{ request: aRequest({ standing: 'held' }) }}                                                                                                      | ${'it holds already'}
    ${{ request: aRequest({ status: 'denied', standing: null }) }}                                                                                      | ${'it has ended'}
    ${{ request: aRequest({ standing: 'waiting', dueAt: NOW }) }}                                                                                       | ${'it is due'}
    ${{ quota: aQuota({ heldRequestIds: ['a', 'b', 'c'] }) }}                                                                                           | ${'its requester holds enough'}
    ${{ request: aRequest({ standing: 'waiting', evaluation: anEvaluation({ draws }) }), ledgers: [aLedger(), aLedger({ digit: '2', consumed: 99 })] }} | ${'another pool is short'}
  `('looks at the next when $because', ({ change }) => {
    expect(promote(aState(change), NOW)).toEqual({ kind: 'skipped' });
  });

  it('waits for no time that is not set', () => {
    const request = aRequest({ standing: 'waiting', dueAt: null });

    expect(promote(aState({ request }), NOW).kind).toBe('promoted');
  });
});
