import { beforeEach, describe, expect, it } from 'vitest';
import { later, MINUTE_MS } from '#domain/instant.ts';
import type { OutboxEntry } from '#domain/jobs/outbox.ts';
import type { LaunchRequest, RequestStatus } from '#domain/requests/launch-request.ts';
import type { DecisionStore } from '#ports/decision-store.ts';
import type { Outbox, RequestList } from '#ports/request-list.ts';
import type { PoolList, TermsLedgerList } from '#ports/snapshots.ts';
import { ACCOUNT, aLedger, aPlan, aRequest, aTermsLedger, NOW, REGION } from '../builders.ts';
import { aChange, anEntry } from './decision-store.contract.ts';

/** The lists over what a store wrote. `settle` lets eventually consistent reads catch up. */
export interface ListsWorld {
  readonly store: DecisionStore;
  readonly requests: RequestList;
  readonly outbox: Outbox;
  readonly pools: PoolList;
  readonly terms: TermsLedgerList;
  readonly settle: () => Promise<void>;
}

const at = (minutes: number): Date => later(NOW, minutes * MINUTE_MS);
const id = (serial: number): string => `req-${String(serial).padStart(10, '0')}`;
const ids = (requests: readonly LaunchRequest[]): readonly string[] =>
  requests.map((request) => request.id);

/** What every RequestList, Outbox and PoolList promises. */
export function listsContract(make: () => Promise<ListsWorld>): void {
  let world: ListsWorld;
  beforeEach(async () => {
    world = await make();
  });

  /** Submits one request after the other, a minute apart. */
  async function submit(...requests: readonly Partial<LaunchRequest>[]): Promise<void> {
    for (const [index, changes] of requests.entries()) {
      const request = aRequest({ id: id(index + 1), submittedAt: at(index), ...changes });
      await world.store.commit(aChange({ request }));
    }
    await world.settle();
  }
  async function move(serial: number, changes: Partial<LaunchRequest>): Promise<void> {
    const request = await world.store.request(id(serial));
    if (request === null) throw new Error(`No request ${id(serial)}`);
    const next = { ...request, version: request.version + 1, ...changes };
    await world.store.commit(aChange({ request: next }));
    await world.settle();
  }

  describe('the requests of a person', () => {
    it('are those they made and those made for them, newest first, each once', async () => {
      await submit(
        {},
        { requestedBy: 'UOTHER', for: 'UREQUESTER' },
        { requestedBy: 'UOTHER', for: 'UOTHER' },
        {},
      );

      expect(ids(await world.requests.ofPerson('UREQUESTER', 20))).toEqual([id(4), id(2), id(1)]);
      expect(ids(await world.requests.ofPerson('UOTHER', 20))).toEqual([id(3), id(2)]);
    });

    it('are at most as many as asked for, the newest of them', async () => {
      await submit({}, {}, {});

      expect(ids(await world.requests.ofPerson('UREQUESTER', 2))).toEqual([id(3), id(2)]);
    });

    it('are as they stand, the ended ones too', async () => {
      await submit({});
      await move(1, { status: 'denied', dueAt: null });

      expect(await world.requests.ofPerson('UREQUESTER', 20)).toMatchObject([{ status: 'denied' }]);
    });

    it('are none for somebody who never made any, or whose name begins alike', async () => {
      await submit({});

      expect(await world.requests.ofPerson('UREQUEST', 20)).toEqual([]);
    });
  });

  describe('open requests', () => {
    it('are those in the states asked for, oldest first, at most as many as asked for', async () => {
      await submit(
        { status: 'launched' },
        { status: 'pending' },
        { status: 'approved' },
        { status: 'pending' },
      );
      const open = (statuses: RequestStatus[], limit: number) =>
        world.requests.open(statuses, limit);

      expect(ids(await open(['pending'], 20))).toEqual([id(2), id(4)]);
      expect(ids(await open(['pending', 'launched'], 20))).toEqual([id(1), id(2), id(4)]);
      expect(ids(await open(['pending', 'launched'], 2))).toEqual([id(1), id(2)]);
      expect(await open([], 20)).toEqual([]);
    });

    it('are no longer those that ended or moved on', async () => {
      await submit({}, {});
      await move(1, { status: 'cancelled', dueAt: null });
      await move(2, { status: 'approved' });

      expect(await world.requests.open(['pending', 'cancelled'], 20)).toEqual([]);
    });
  });

  it('lists what may have been launched in one account and Region', async () => {
    await submit(
      { status: 'launching' },
      { status: 'launched' },
      { status: 'unknown' },
      { status: 'approved' },
      { status: 'launched', plan: aPlan({ region: 'eu-west-1' }) },
      { status: 'launched', plan: aPlan({ account: '333344445555' }) },
    );

    const found = await world.requests.launched({ account: ACCOUNT, region: REGION });

    expect(ids(found).toSorted()).toEqual([id(1), id(2), id(3)]);
  });

  it('lists what is due, the longest due first, and what is due now', async () => {
    await submit(
      { dueAt: at(10) },
      { dueAt: at(5) },
      { dueAt: at(15) },
      { dueAt: null, status: 'confirmed' },
    );

    expect(ids(await world.requests.due(at(10), 20))).toEqual([id(2), id(1)]);
    expect(ids(await world.requests.due(at(10), 1))).toEqual([id(2)]);
    expect(await world.requests.due(at(4), 20)).toEqual([]);
  });

  it('lists what is to be asked again before it ends', async () => {
    await submit(
      { dueAt: at(10), remindAt: at(7) },
      { dueAt: at(8) },
      { dueAt: at(9), remindAt: null },
    );

    expect(ids(await world.requests.due(at(7), 20))).toEqual([id(1)]);
    expect(ids(await world.requests.due(at(9), 20))).toEqual([id(1), id(2), id(3)]);
  });

  it('lists a stream’s audit entries, first to last', async () => {
    const audit = Array.from({ length: 11 }, (_, index) => anEntry({ sequence: index + 1 }));
    await world.store.commit(aChange({ audit }));
    await world.settle();

    expect(await world.requests.auditTrail('request/req-0000000001')).toEqual(audit);
    expect(await world.requests.auditTrail('request/req-0000000002')).toEqual([]);
  });

  describe('the outbox', () => {
    const entry = (serial: number): OutboxEntry => ({
      id: `out-${serial}`,
      messages: [{ queue: 'answers', message: { kind: 'card', requestId: id(serial) } }],
      writtenAt: at(serial),
    });
    async function write(...serials: readonly number[]): Promise<void> {
      for (const serial of serials) {
        await world.store.commit(aChange({ outbox: entry(serial) }));
      }
      await world.settle();
    }

    it('gives what was written at or before an instant, oldest first, so many', async () => {
      await write(3, 1, 2, 4);

      expect(await world.outbox.unsent(at(3), 20)).toEqual([entry(1), entry(2), entry(3)]);
      expect(await world.outbox.unsent(at(3), 2)).toEqual([entry(1), entry(2)]);
    });

    it('forgets what was sent, and takes it when that is said twice', async () => {
      await write(1, 2);

      await world.outbox.sent('out-1');
      await world.outbox.sent('out-1');
      await world.settle();

      expect(await world.outbox.unsent(at(9), 20)).toEqual([entry(2)]);
    });
  });

  it('lists every pool once, as it was last written', async () => {
    const ledgers = ['1', '2'].map((digit) => aLedger({ digit }));
    await world.store.commit(aChange({ ledgers }));
    await world.store.commit(aChange({ ledgers: [aLedger({ version: 2, consumed: 8 })] }));
    await world.settle();

    const pools = await world.pools.pools();

    expect(pools.map(({ name, consumed }) => `${name}: ${consumed}`).toSorted()).toEqual([
      'SQL Server 1: 8',
      'SQL Server 2: 0',
    ]);
  });

  it('lists every terms ledger once, as it was last written', async () => {
    const termsLedgers = ['a', 'b'].map((id) => aTermsLedger({ id }));
    await world.store.commit(aChange({ termsLedgers }));
    await world.store.commit(
      aChange({ termsLedgers: [{ ...aTermsLedger(), id: 'a', version: 2 }] }),
    );
    await world.settle();

    const found = await world.terms.allTermsLedgers();

    expect(found.map(({ id, version }) => `${id}${version}`).toSorted()).toEqual(['a2', 'b1']);
  });
}
