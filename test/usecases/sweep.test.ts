import { describe, expect, it } from 'vitest';
import type { OverrideReview } from '#domain/follow-ups/follow-up.ts';
import { HOUR_MS, later, MINUTE_MS } from '#domain/instant.ts';
import type { Change } from '#domain/requests/change.ts';
import type { LaunchRequest } from '#domain/requests/launch-request.ts';
import { sweep } from '#usecases/sweep.ts';
import { ACCOUNT, aLedger, aRequest, NOW, poolId, REGION } from '../builders.ts';
import { memoryQueues } from '../fakes/memory-queues.ts';
import { memoryTable } from '../fakes/memory-table.ts';

const AT = later(NOW, HOUR_MS);

async function swept(request: LaunchRequest | null, changes: Partial<Change> = {}) {
  const table = memoryTable({ now: () => AT });
  const { queues, sent } = memoryQueues();
  const nothing = { ledgers: [], quotas: [], audit: [], outbox: null, notAfter: null };
  await table.commit({ request, ...nothing, ...changes });
  await sweep({ requests: table, pools: table, outbox: table, queues, now: () => AT });
  return { ...sent, unsent: await table.unsent(AT, 9) };
}

describe('sweep', () => {
  const soon = later(AT, MINUTE_MS);
  it.each`
    request                              | kind        | because
    ${{ dueAt: AT }}                     | ${'expire'} | ${'its time is up'}
    ${{ dueAt: AT, remindAt: NOW }}      | ${'expire'} | ${'its time is up, whoever was to be reminded'}
    ${{ dueAt: soon, remindAt: AT }}     | ${'remind'} | ${'those who are waited for are to be asked again'}
    ${{ dueAt: AT, status: 'approved' }} | ${'expire'} | ${'its launch did not begin in time'}
  `('sends $kind for a request: $because', async ({ request, kind }) => {
    const { decisions } = await swept(aRequest(request));

    expect(decisions).toEqual([
      {
        group: poolId('1'),
        command: {
          kind,
          key: `${kind}/req-0000000001/1/2026-11-22T10:30`,
          at: AT,
          requestId: 'req-0000000001',
          generation: 1,
        },
      },
    ]);
  });

  it('sends nothing for what is not due', async () => {
    const { decisions } = await swept(aRequest({ dueAt: soon, remindAt: soon }));

    expect(decisions).toEqual([]);
  });

  it.each(['launching', 'unknown'] as const)(
    'has a launch that is %s looked after',
    async (status) => {
      const { launches, decisions } = await swept(aRequest({ dueAt: AT, status }));

      expect(launches).toEqual([{ kind: 'reconcile', requestId: 'req-0000000001', generation: 1 }]);
      expect(decisions).toEqual([]);
    },
  );

  it('has the account of a launch read that is not listed yet', async () => {
    const { collections } = await swept(aRequest({ dueAt: AT, status: 'launched' }));

    expect(collections).toEqual([{ kind: 'collect', scope: { account: ACCOUNT, region: REGION } }]);
  });

  it('sends what was not sent a minute ago, and forgets it then', async () => {
    const message = { kind: 'card', requestId: 'req-0000000001' } as const;
    const entry = (id: string, writtenAt: Date) => ({
      outbox: { id, messages: [{ queue: 'answers', message } as const], writtenAt },
    });

    const old = await swept(null, entry('old', later(AT, -MINUTE_MS)));
    const young = await swept(null, entry('young', AT));

    expect([old.answers, old.unsent]).toEqual([[message], []]);
    expect([young.answers, young.unsent.length]).toEqual([[], 1]);
  });

  it.each`
    ledger                                            | served   | because
    ${{ waiting: ['req-0000000001'] }}                | ${true}  | ${'there is room'}
    ${{ waiting: ['req-0000000001'], limit: null }}   | ${true}  | ${'there is no limit'}
    ${{ waiting: ['req-0000000001'], consumed: 100 }} | ${false} | ${'there is none'}
    ${{}}                                             | ${false} | ${'nobody waits'}
  `('has a line served: $served, because $because', async ({ ledger, served }) => {
    const { decisions } = await swept(null, { ledgers: [aLedger(ledger)] });
    const command = { kind: 'promote', key: `${poolId('1')}/1`, at: AT, poolId: poolId('1') };

    expect(decisions).toEqual(served ? [{ group: poolId('1'), command }] : []);
  });

  it('wakes follow-ups that are due', async () => {
    const review: OverrideReview = {
      kind: 'override-review',
      id: 'fol-0123456789abcdef',
      version: 3,
      ...{ account: ACCOUNT, region: REGION, taken: [], requestId: 'req-0000000001' },
      ...{ overriddenBy: 'UHERO', interested: [], status: 'open', decisions: [] },
      ...{ dueAt: AT, createdAt: NOW, updatedAt: NOW },
    };
    const table = memoryTable({ now: () => AT, relax: () => null });
    const { queues, sent } = memoryQueues();
    const nothing = { ledgers: [], quotas: [], audit: [], outbox: null, notAfter: null };
    await table.commit({ request: null, ...nothing, followUps: [review] });

    await sweep({ requests: table, pools: table, outbox: table, queues, now: () => AT });

    expect(sent.decisions).toEqual([
      {
        group: `follow-up/${review.id}`,
        command: {
          ...{ kind: 'follow-up-due', key: `${review.id}/3/2026-11-22T10:30`, at: AT },
          followUpId: review.id,
        },
      },
    ]);
  });
});
