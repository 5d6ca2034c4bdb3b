import { describe, expect, it } from 'vitest';
import type { AuditEvent } from '#domain/audit/audit.ts';
import { chain, hashOf } from '#domain/audit/audit-chain.ts';
import { NO_STEP, sealStep, streamsOf } from '#domain/requests/change.ts';
import { aLedger, aQuota, aRequest, NOW, sha256 } from '../../builders.ts';

function anEvent(stream: string, event: string): AuditEvent {
  return { stream, at: NOW, event, by: 'UREQUESTER', details: { generation: 1 } };
}

describe('chain', () => {
  it('begins with nothing before it and links every entry to the last', () => {
    const [first, second] = chain(
      null,
      [anEvent('request/1', 'a'), anEvent('request/1', 'b')],
      sha256,
    );

    expect(first).toMatchObject({ sequence: 1, previousHash: '', event: 'a' });
    expect(second).toMatchObject({ sequence: 2, previousHash: first?.hash, event: 'b' });
  });

  it('goes on from the newest entry', () => {
    const [head] = chain(null, [anEvent('request/1', 'a')], sha256);
    if (head === undefined) throw new Error('nothing was chained');

    const [next] = chain(head, [anEvent('request/1', 'b')], sha256);

    expect(next).toMatchObject({ sequence: 2, previousHash: head.hash });
  });

  it('seals everything in an entry', () => {
    const [entry] = chain(null, [anEvent('request/1', 'a')], sha256);
    if (entry === undefined) throw new Error('nothing was chained');
    const forged = [
      { ...entry, by: 'UOTHER' },
      { ...entry, at: new Date(0) },
      { ...entry, event: 'b' },
      { ...entry, details: { generation: 2 } },
      { ...entry, sequence: 2 },
      { ...entry, stream: 'request/2' },
      { ...entry, previousHash: 'x' },
    ];

    expect(hashOf(entry, sha256)).toBe(entry.hash);
    for (const other of forged) expect(hashOf(other, sha256)).not.toBe(entry.hash);
  });
});

describe('sealStep', () => {
  const step = {
    ...NO_STEP,
    request: aRequest(),
    ledgers: [aLedger()],
    quotas: [aQuota()],
    audit: [anEvent('request/1', 'a'), anEvent('pool/1', 'b'), anEvent('request/1', 'c')],
    notAfter: NOW,
  };

  it('chains each stream to its own newest entry', () => {
    const heads = chain(null, [anEvent('pool/1', 'earlier')], sha256);

    const { audit } = sealStep(step, heads, 'out-1', NOW, sha256);

    expect(streamsOf(step)).toEqual(['request/1', 'pool/1']);
    expect(audit.map(({ stream, sequence }) => [stream, sequence])).toEqual([
      ['request/1', 1],
      ['request/1', 2],
      ['pool/1', 2],
    ]);
    expect(audit[2]?.previousHash).toBe(heads[0]?.hash);
  });

  it('puts messages in an outbox, and needs none without messages', () => {
    const message = { kind: 'card', requestId: 'req-0000000001' } as const;
    const messages = [{ queue: 'answers', message } as const];

    expect(sealStep(step, [], 'out-1', NOW, sha256).outbox).toBeNull();
    expect(sealStep({ ...step, messages }, [], 'out-1', NOW, sha256)).toMatchObject({
      outbox: { id: 'out-1', messages, writtenAt: NOW },
      request: step.request,
      ledgers: step.ledgers,
      quotas: step.quotas,
      notAfter: NOW,
    });
  });
});
