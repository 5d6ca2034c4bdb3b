import { beforeEach, describe, expect, it } from 'vitest';
import type { AuditEntry } from '#domain/audit/audit.ts';
import { later } from '#domain/instant.ts';
import type { Change } from '#domain/requests/change.ts';
import type { LaunchRequest } from '#domain/requests/launch-request.ts';
import type { DecisionStore } from '#ports/decision-store.ts';
import { Conflict } from '#src/errors.ts';
import { aHold, aLedger, aQuota, aRequest, aTermsLedger, NOW, poolId } from '../builders.ts';

/** A change that writes nothing but what is given. */
export function aChange(parts: Partial<Change> = {}): Change {
  const nothing = { request: null, ledgers: [], quotas: [], audit: [], outbox: null };
  return { ...nothing, notAfter: null, ...parts };
}

export function anEntry(changes: Partial<AuditEntry> = {}): AuditEntry {
  return {
    stream: 'request/req-0000000001',
    sequence: 1,
    at: new Date('2026-11-22T09:30:00Z'),
    event: 'request.submitted',
    by: 'UREQUESTER',
    details: { licenses: 8, held: true, code: 'needs-approval', nothing: null },
    previousHash: '',
    hash: 'c'.repeat(64),
    ...changes,
  };
}

/** An empty store, and the time by which it judges what is due. */
export interface StoreWorld {
  readonly store: DecisionStore;
  readonly now: () => Date;
}

/** What every DecisionStore promises. */
export function decisionStoreContract(make: () => Promise<StoreWorld>): void {
  let store: DecisionStore;
  let now: () => Date;
  beforeEach(async () => {
    ({ store, now } = await make());
  });
  const next = (request: LaunchRequest, changes: Partial<LaunchRequest> = {}): LaunchRequest => ({
    ...request,
    version: request.version + 1,
    ...changes,
  });

  describe('reading', () => {
    it('knows nothing before the first write', async () => {
      expect(await store.request('req-0000000001')).toBeNull();
      expect(await store.ledgers([poolId('1')])).toEqual([]);
      expect(await store.ledgers([])).toEqual([]);
      expect(await store.termsLedgers([aTermsLedger().id])).toEqual([]);
      expect(await store.quota('UREQUESTER')).toEqual(aQuota());
      expect(await store.auditHead('request/req-0000000001')).toBeNull();
      expect(await store.auditTrail('request/req-0000000001')).toEqual([]);
    });

    it('gives back what one change wrote, at once', async () => {
      const request = aRequest({ reason: 'Month end <!channel> \u202e “”' });
      const ledger = aLedger({ waiting: [request.id] });
      const quota = aQuota({ heldRequestIds: [request.id], version: 1 });
      const terms = aTermsLedger({ holds: [aHold()], expiresAt: NOW });
      const termsLedgers = [terms];
      const audit = [anEntry()];
      await store.commit(
        aChange({ request, ledgers: [ledger], termsLedgers, quotas: [quota], audit }),
      );

      expect(await store.request(request.id)).toEqual(request);
      expect(await store.ledgers([ledger.poolId])).toEqual([ledger]);
      expect(await store.termsLedgers([terms.id, 'other', terms.id])).toEqual([terms]);
      expect(await store.quota('UREQUESTER')).toEqual(quota);
      expect(await store.auditHead('request/req-0000000001')).toEqual(anEntry());
    });

    it('gives the ledgers that exist, each once, also when a hundred and more are asked for', async () => {
      const ledgers = ['1', '2'].map((digit) => aLedger({ digit }));
      await store.commit(aChange({ ledgers }));
      const others = Array.from(
        { length: 150 },
        (_, index) => `222233334444/us-east-1/lic-${index.toString(16).padStart(32, '0')}`,
      );

      const found = await store.ledgers([poolId('1'), ...others, poolId('2'), poolId('1')]);

      expect(found.toSorted((a, b) => a.poolId.localeCompare(b.poolId))).toEqual(ledgers);
    });

    it('finds the newest entry of one stream among several, past the ninth, and all in order', async () => {
      const entries = Array.from({ length: 11 }, (_, index) => anEntry({ sequence: index + 1 }));
      await store.commit(aChange({ audit: entries }));
      await store.commit(aChange({ audit: [anEntry({ stream: 'pool/x', sequence: 1 })] }));

      expect((await store.auditHead('request/req-0000000001'))?.sequence).toBe(11);
      expect((await store.auditHead('pool/x'))?.sequence).toBe(1);
      expect(await store.auditTrail('request/req-0000000001')).toEqual(entries);
    });
  });

  describe('a version', () => {
    const stale: readonly [string, Change, Change][] = [
      ['a request', aChange({ request: aRequest() }), aChange({ request: aRequest() })],
      ['a ledger', aChange({ ledgers: [aLedger()] }), aChange({ ledgers: [aLedger()] })],
      [
        'a terms ledger',
        aChange({ termsLedgers: [aTermsLedger()] }),
        aChange({ termsLedgers: [aTermsLedger()] }),
      ],
      [
        'a quota',
        aChange({ quotas: [aQuota({ version: 1 })] }),
        aChange({ quotas: [aQuota({ version: 1 })] }),
      ],
      ['an audit entry', aChange({ audit: [anEntry()] }), aChange({ audit: [anEntry()] })],
    ];
    it.each(stale)('of %s is written once only', async (_what, first, second) => {
      await store.commit(first);

      await expect(store.commit(second)).rejects.toBeInstanceOf(Conflict);
    });

    const early: readonly [string, Change][] = [
      ['a request', aChange({ request: aRequest({ version: 2 }) })],
      ['a ledger', aChange({ ledgers: [aLedger({ version: 2 })] })],
      ['a terms ledger', aChange({ termsLedgers: [aTermsLedger({ version: 2 })] })],
      ['a quota', aChange({ quotas: [aQuota({ version: 2 })] })],
    ];
    it.each(early)('of %s follows the one before', async (_what, change) => {
      await expect(store.commit(change)).rejects.toBeInstanceOf(Conflict);
    });
  });

  describe('a commit', () => {
    it.each([
      ['a ledger', aChange({ ledgers: [aLedger()] })],
      ['a terms ledger', aChange({ termsLedgers: [aTermsLedger()] })],
      ['a quota', aChange({ quotas: [aQuota({ version: 1 })] })],
      ['an audit entry', aChange({ audit: [anEntry()] })],
    ])('that lost by %s has written nothing of the rest', async (_what, taken) => {
      await store.commit(taken);

      const change = aChange({
        request: aRequest(),
        ledgers: [aLedger({ digit: '2' }), ...taken.ledgers],
        termsLedgers: [aTermsLedger({ id: 'other' }), ...(taken.termsLedgers ?? [])],
        quotas: [aQuota({ personId: 'UOTHER', version: 1 }), ...taken.quotas],
        audit: [anEntry({ stream: 'pool/x' }), ...taken.audit],
      });
      await expect(store.commit(change)).rejects.toBeInstanceOf(Conflict);

      expect(await store.request('req-0000000001')).toBeNull();
      expect(await store.ledgers([poolId('2')])).toEqual([]);
      expect(await store.termsLedgers(['other'])).toEqual([]);
      expect((await store.quota('UOTHER')).version).toBe(0);
      expect(await store.auditHead('pool/x')).toBeNull();
    });

    it('lets exactly one of two at once win (T13)', async () => {
      const request = aRequest();
      await store.commit(aChange({ request }));

      const results = await Promise.allSettled([
        store.commit(aChange({ request: next(request, { status: 'approved' }) })),
        store.commit(aChange({ request: next(request, { status: 'denied' }) })),
      ]);

      expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
      expect(results.find(({ status }) => status === 'rejected')).toMatchObject({
        reason: expect.any(Conflict),
      });
    });

    it('lets one of ten at once win, with one pool between them (T13)', async () => {
      const ledger = aLedger();
      await store.commit(aChange({ ledgers: [ledger] }));

      const results = await Promise.allSettled(
        Array.from({ length: 10 }, (_, index) => {
          const request = aRequest({ id: `req-000000000${index}` });
          return store.commit(aChange({ request, ledgers: [{ ...ledger, version: 2 }] }));
        }),
      );

      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect((await store.ledgers([ledger.poolId]))[0]?.version).toBe(2);
    });
  });

  describe('several changes at once', () => {
    it('leave what the last of them wrote, and nothing between', async () => {
      const request = aRequest();
      const ledger = aLedger();
      await store.commit(aChange({ request, ledgers: [ledger] }));
      const second = next(request, { status: 'approved' });
      const other = aRequest({ id: 'req-0000000002' });

      await store.commitAll([
        aChange({
          request: second,
          ledgers: [{ ...ledger, held: 8, version: 2 }],
          audit: [anEntry()],
        }),
        aChange({
          request: other,
          ledgers: [{ ...ledger, held: 16, version: 3 }],
          audit: [anEntry({ stream: 'request/req-0000000002' })],
        }),
        aChange({
          request: next(other, { status: 'denied' }),
          audit: [anEntry({ sequence: 2, stream: 'request/req-0000000002' })],
        }),
      ]);

      expect((await store.request(request.id))?.status).toBe('approved');
      expect(await store.request(other.id)).toMatchObject({ status: 'denied', version: 2 });
      expect(await store.ledgers([ledger.poolId])).toMatchObject([{ held: 16, version: 3 }]);
      expect(await store.auditTrail('request/req-0000000002')).toHaveLength(2);
      await store.commit(aChange({ ledgers: [{ ...ledger, version: 4 }] }));
    });

    const first = aChange({ request: aRequest({ id: 'req-0000000002' }), audit: [anEntry()] });
    it.each<readonly [string, Change]>([
      ['lost what it began with', aChange({ ledgers: [aLedger({ version: 1 })] })],
      ['skips a version', aChange({ ledgers: [aLedger({ version: 3 })] })],
      ['was not made on those before it', first],
    ])('are not written at all when one %s', async (_what, lost) => {
      await store.commit(aChange({ ledgers: [aLedger()] }));

      await expect(store.commitAll([first, lost])).rejects.toBeInstanceOf(Conflict);

      expect(await store.request('req-0000000002')).toBeNull();
      expect(await store.auditHead('request/req-0000000001')).toBeNull();
    });

    it('are judged by the instant that what each of them replaces is due', async () => {
      const request = aRequest({ dueAt: later(now(), 60_000) });
      await store.commit(aChange({ request }));
      const hurried = next(request, { dueAt: later(now(), -1) });
      const change = aChange({ request: hurried, notAfter: request.dueAt });
      const late = aChange({ request: next(hurried), notAfter: hurried.dueAt });

      await expect(store.commitAll([change, late])).rejects.toBeInstanceOf(Conflict);
      await store.commitAll([change, aChange({ request: next(hurried) })]);

      expect((await store.request(request.id))?.version).toBe(3);
    });

    it('keep the guard of the first', async () => {
      const request = aRequest({ dueAt: later(now(), -1) });
      await store.commit(aChange({ request }));
      const guarded = aChange({ request: next(request), notAfter: request.dueAt });
      const free = aChange({ request: next(next(request)) });

      await expect(store.commitAll([guarded, free])).rejects.toBeInstanceOf(Conflict);
    });

    it('are at most a hundred items', async () => {
      const changes = (count: number) =>
        Array.from({ length: count }, (_, index) =>
          aChange({ quotas: [aQuota({ personId: `U${index}`, version: 1 })] }),
        );

      await expect(store.commitAll(changes(101))).rejects.toBeInstanceOf(RangeError);
      await store.commitAll(changes(100));

      expect((await store.quota('U99')).version).toBe(1);
    });
  });

  describe('what must not be written after an instant (T33)', () => {
    it('is written before it', async () => {
      const request = aRequest({ dueAt: later(now(), 60_000) });
      await store.commit(aChange({ request }));

      await store.commit(aChange({ request: next(request), notAfter: request.dueAt }));

      expect((await store.request(request.id))?.version).toBe(2);
    });

    it.each([
      ['in the past', -1],
      ['long past', -86_400_000],
    ])('loses when that is %s', async (_when, ms) => {
      const request = aRequest({ dueAt: later(now(), ms) });
      await store.commit(aChange({ request }));

      const change = aChange({ request: next(request), notAfter: request.dueAt });
      await expect(store.commit(change)).rejects.toBeInstanceOf(Conflict);

      expect((await store.request(request.id))?.version).toBe(1);
    });

    it('is written though somebody is to be reminded before', async () => {
      const request = aRequest({ dueAt: later(now(), 60_000), remindAt: later(now(), -1) });
      await store.commit(aChange({ request }));

      await store.commit(aChange({ request: next(request), notAfter: request.dueAt }));

      expect((await store.request(request.id))?.version).toBe(2);
    });

    it('loses when its version does', async () => {
      const request = aRequest({ dueAt: later(now(), 60_000) });
      await store.commit(aChange({ request }));
      await store.commit(aChange({ request: next(request) }));

      const change = aChange({ request: next(request), notAfter: request.dueAt });
      await expect(store.commit(change)).rejects.toBeInstanceOf(Conflict);
    });

    it('may be written late when nothing said otherwise: that is how it expires', async () => {
      const request = aRequest({ dueAt: later(now(), -1) });
      await store.commit(aChange({ request }));

      await store.commit(aChange({ request: next(request, { status: 'expired', dueAt: null }) }));

      expect((await store.request(request.id))?.status).toBe('expired');
    });
  });
}
