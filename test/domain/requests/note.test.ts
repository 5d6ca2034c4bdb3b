import { describe, expect, it } from 'vitest';
import { decide } from '#domain/requests/decide.ts';
import type { DecisionState } from '#domain/requests/decision-outcome.ts';
import type { LaunchRequest } from '#domain/requests/launch-request.ts';
import { aPerson, aRequest, NOW, sha256 } from '../../builders.ts';
import { aClick, aDecision, aState, decided, ID } from './decision-state.ts';

function noted(
  by: string,
  request: Partial<LaunchRequest> = {},
  changes: Partial<DecisionState> = {},
) {
  const state = aState({ request: aRequest(request), actor: aPerson(by), ...changes });
  return decide(state, aClick('note', by, { planHash: 'whatever' }), NOW, sha256);
}

describe('a note', () => {
  const before = { by: 'UREQUESTER', at: NOW, text: 'Please hurry' };
  const kept = () =>
    decided(
      aState({ request: aRequest({ notes: [before] }) }),
      aClick('note', 'UAPPROVER', { text: 'x'.repeat(501) }),
    );

  it('is kept with the request, as long as a note may be, and changes nothing else', () => {
    expect(kept()).toMatchObject({
      request: {
        version: 2,
        generation: 1,
        status: 'pending',
        notes: [before, { by: 'UAPPROVER', at: NOW, text: 'x'.repeat(500) }],
      },
      ledgers: [],
      quotas: [],
      notAfter: null,
    });
  });

  it('is answered, and shown on the card', () => {
    const replyTo = { personId: 'UAPPROVER', channelId: 'C0APPROVAL', responseUrl: null };
    const notice = { kind: 'done', action: 'note' };

    expect(kept().messages).toEqual([
      { queue: 'answers', message: { kind: 'notice', key: 'T1', requestId: ID, notice, replyTo } },
      { queue: 'answers', message: { kind: 'card', requestId: ID } },
    ]);
  });

  it.each(['', ' \n', '\u200b'])('says something: %j is refused', (text) => {
    const click = aClick('note', 'UAPPROVER', { text });

    expect(decide(aState(), click, NOW, sha256)).toMatchObject({
      kind: 'refused',
      why: { code: 'reason-missing' },
    });
  });

  it('is audited without its text', () => {
    expect(kept().audit).toEqual([
      {
        stream: `request/${ID}`,
        at: NOW,
        event: 'request.noted',
        by: 'UAPPROVER',
        details: { generation: 1, notes: 2, command: 'T1' },
      },
    ]);
  });

  it.each`
    by              | request                                          | because
    ${'UREQUESTER'} | ${{}}                                            | ${'they asked'}
    ${'UBENEFITS'}  | ${{ for: 'UBENEFITS' }}                          | ${'it is for them'}
    ${'UAPPROVER2'} | ${{}}                                            | ${'they may approve it'}
    ${'UFORMER'}    | ${{ decisions: [aDecision({ by: 'UFORMER' })] }} | ${'they decided on it'}
    ${'UREQUESTER'} | ${{ status: 'approved' }}                        | ${'it goes on'}
    ${'UREQUESTER'} | ${{ status: 'unknown', dueAt: NOW }}             | ${'what is due is not its end'}
  `('is by $by: $because', ({ by, request }) => {
    expect(noted(by, request).kind).toBe('decided');
  });

  const full = { notes: Array.from({ length: 20 }, () => ({ by: 'UX', at: NOW, text: 'x' })) };
  const denied = { decisions: [aDecision({ by: 'UFORMER', kind: 'deny' })] };
  it.each`
    by              | request                    | changes                | why
    ${'UOTHER'}     | ${{}}                      | ${{}}                  | ${{ code: 'not-an-approver' }}
    ${'UOTHER'}     | ${denied}                  | ${{}}                  | ${{ code: 'not-an-approver' }}
    ${'UAPPROVER'}  | ${{}}                      | ${{ published: null }} | ${{ code: 'not-an-approver' }}
    ${'UREQUESTER'} | ${full}                    | ${{}}                  | ${{ code: 'too-many-notes', maximum: 20 }}
    ${'UREQUESTER'} | ${{ status: 'confirmed' }} | ${{}}                  | ${{ code: 'already-decided', status: 'confirmed' }}
    ${'UREQUESTER'} | ${{ dueAt: NOW }}          | ${{}}                  | ${{ code: 'expired' }}
  `('by $by is refused: $why.code', ({ by, request, changes, why }) => {
    expect(noted(by, request, changes)).toMatchObject({
      kind: 'refused',
      why,
      step: { request: null },
    });
  });

  it('needs no policy of those who take part', () => {
    expect(noted('UREQUESTER', {}, { published: null }).kind).toBe('decided');
  });
});
