import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { hashOf } from '#domain/audit/audit-chain.ts';
import { ERASED } from '#domain/audit/erasure.ts';
import type { FollowUp } from '#domain/follow-ups/follow-up.ts';
import type { LaunchRequest } from '#domain/requests/launch-request.ts';
import { erasePerson, findTexts } from '#usecases/erase-person.ts';
import { ACCOUNT, aRequest, NOW, PLAN_HASH, POLICY_HASH, REGION, sha256 } from '../builders.ts';
import { memoryQueues } from '../fakes/memory-queues.ts';
import { memoryTable } from '../fakes/memory-table.ts';

const ERASURE = { personId: 'UREQUESTER', by: 'UADMIN', principal: 'arn:aws:iam::1:user/ada' };

const denial = {
  kind: 'deny',
  by: 'UREQUESTER',
  at: NOW,
  generation: 1,
  planHash: PLAN_HASH,
  policyHash: POLICY_HASH,
  reason: 'Too dear for Jo',
  level: null,
  route: 'slack',
  principal: null,
  key: 'k1',
} as const;
const notes = [
  { by: 'UREQUESTER', at: NOW, text: 'My phone is 555-0100' },
  { by: 'UAPPROVER', at: NOW, text: 'Fine with me' },
];
const review: FollowUp = {
  kind: 'override-review',
  id: 'fol-0123456789abcdef',
  version: 1,
  account: ACCOUNT,
  region: REGION,
  taken: [],
  dueAt: null,
  createdAt: NOW,
  updatedAt: NOW,
  requestId: 'req-0000000001',
  overriddenBy: 'UADMIN',
  interested: [],
  status: 'objected',
  decisions: [
    {
      action: { do: 'object', reason: 'Nobody asked me' },
      by: 'UREQUESTER',
      at: NOW,
      policyHash: POLICY_HASH,
      key: 'k2',
    },
  ],
};

async function world(...requests: readonly LaunchRequest[]) {
  const table = memoryTable({ now: () => NOW });
  const { queues, sent } = memoryQueues();
  const forgotten: string[] = [];
  const nothing = { ledgers: [], quotas: [], audit: [], outbox: null, notAfter: null };
  for (const request of requests) await table.commit({ ...nothing, request });
  await table.commit({ ...nothing, request: null, followUps: [review] });
  const ports = {
    store: table,
    outbox: table,
    queues,
    now: () => NOW,
    sha256,
    newId: randomUUID,
    texts: {
      async *requestIds() {
        yield* requests.map(({ id }) => id);
      },
      async *followUpIds() {
        yield review.id;
      },
      forgetShown: async (id: string) => {
        forgotten.push(id);
      },
    },
  };
  return { table, ports, sent, forgotten };
}

const theirs = aRequest({ reason: 'For Jo', decisions: [denial], notes });
const another = aRequest({
  id: 'req-0000000002',
  requestedBy: 'UOTHER',
  reason: 'For Kim',
  notes: [],
});

describe('erasing a person’s words', () => {
  it('takes reasons and notes of theirs, and nothing else', async () => {
    const { ports, table } = await world(theirs, another);

    expect(await erasePerson(ports, ERASURE)).toEqual({ requests: 1, followUps: 1, texts: 4 });

    expect(table.peek(theirs.id)).toEqual({
      ...theirs,
      version: 2,
      reason: ERASED,
      decisions: [{ ...denial, reason: ERASED }],
      notes: [{ ...notes[0], text: ERASED }, notes[1]],
    });
    expect(table.peek(another.id)).toEqual(another);
    expect(await table.followUp(review.id)).toMatchObject({
      version: 2,
      status: 'objected',
      decisions: [{ action: { do: 'object', reason: ERASED } }],
    });
  });

  it('takes cards as they were shown, and draws the card again', async () => {
    const { ports, sent, forgotten } = await world(theirs, another);

    await erasePerson(ports, ERASURE);

    expect(forgotten).toEqual([theirs.id]);
    expect(sent.answers).toEqual([
      { kind: 'card', requestId: theirs.id },
      { kind: 'follow-up-card', followUpId: review.id },
    ]);
  });

  it('is audited, by whom and how much, and breaks no chain', async () => {
    const { ports, table } = await world(theirs);

    await erasePerson(ports, ERASURE);

    const trails = await Promise.all(
      ['erasure', `request/${theirs.id}`, `follow-up/${review.id}`].map(table.auditTrail),
    );
    const entries = trails.flat();
    expect(entries).toMatchObject([
      {
        event: 'person.erased',
        by: 'UADMIN',
        details: { person: 'UREQUESTER', principal: ERASURE.principal, requests: 1, texts: 4 },
      },
      { event: 'request.erased', by: 'UADMIN', details: { texts: 3 } },
      { event: 'follow-up.erased', by: 'UADMIN', details: { texts: 1 } },
    ]);
    for (const entry of entries) expect(entry.hash).toBe(hashOf(entry, sha256));
    expect(JSON.stringify(entries)).not.toContain('Jo');
  });

  it('finds nothing the second time', async () => {
    const { ports, forgotten } = await world(theirs);
    expect(await findTexts(ports, 'UREQUESTER')).toEqual({ requests: 1, followUps: 1, texts: 4 });

    await erasePerson(ports, ERASURE);

    const none = { requests: 0, followUps: 0, texts: 0 };
    expect(await findTexts(ports, 'UREQUESTER')).toEqual(none);
    expect(await erasePerson(ports, ERASURE)).toEqual(none);
    expect(forgotten).toHaveLength(1);
  });
});
