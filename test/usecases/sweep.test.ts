import { describe, expect, it } from 'vitest';
import { HOUR_MS, later, MINUTE_MS } from '#domain/instant.ts';
import type { LaunchRequest } from '#domain/launch-request.ts';
import { sweep } from '#usecases/sweep.ts';
import { aRequest, NOW, poolId } from '../builders.ts';
import { memoryQueues } from '../fakes/memory-queues.ts';
import { memoryTable } from '../fakes/memory-table.ts';

const AT = later(NOW, HOUR_MS);

async function swept(request: LaunchRequest) {
  const table = memoryTable({ now: () => AT });
  const { queues, sent } = memoryQueues();
  await table.commit({
    request,
    ledgers: [],
    quotas: [],
    audit: [],
    outbox: null,
    notAfter: null,
  });
  await sweep({ requests: table, pools: table, outbox: table, queues, now: () => AT });
  return sent;
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
});
