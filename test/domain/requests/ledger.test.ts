import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOUR_MS, later } from '#domain/instant.ts';
import type { PoolLedger } from '#domain/licenses/license-pool.ts';
import {
  additionalLicenses,
  allLedgers,
  applyConsumption,
  countHold,
  firmHold,
  isHost,
  joinWaiting,
  leaveWaiting,
  ledgerOf,
  newLedger,
  placeHold,
  releaseHold,
} from '#domain/requests/ledger.ts';
import { aConfiguration, aHold, aLedger, anInstance, aShard, NOW, poolId } from '../../builders.ts';

const A = 'req-000000000a';
const B = 'req-000000000b';
const HOST = 'host/h-1';

function held(consumer: string, requestId: string, licenses = 8, firm = false) {
  return { consumer, requestId, licenses, firm, at: NOW };
}

describe('placeHold', () => {
  it('sets licenses aside for a request', () => {
    const ledger = placeHold(aLedger(), held(`request/${A}`, A));

    expect(ledger.held).toBe(8);
    expect(ledger.holds).toEqual([
      { consumer: `request/${A}`, licenses: 8, requestIds: [A], firm: false, placedAt: NOW },
    ]);
  });

  it('counts a host once for the requests that share it, by the larger figure', () => {
    const first = placeHold(aLedger(), held(HOST, A, 48));
    const later1 = { ...held(HOST, B, 64, true), at: later(NOW, HOUR_MS) };

    const ledger = placeHold(first, later1);

    expect(ledger.held).toBe(64);
    expect(ledger.holds).toEqual([
      { consumer: HOST, licenses: 64, requestIds: [A, B], firm: true, placedAt: NOW },
    ]);
  });

  it('changes nothing by being repeated', () => {
    const once = placeHold(aLedger(), held(HOST, A));

    expect(placeHold(once, held(HOST, A))).toEqual(once);
  });

  it('holds nothing where nothing is taken', () => {
    const ledger = aLedger();

    expect(placeHold(ledger, held('request/a', A, 0))).toBe(ledger);
  });

  it('keeps who needs a host that is licensed already', () => {
    const ledger = placeHold(aLedger(), held(HOST, A, 0));

    expect(ledger).toMatchObject({ held: 0, holds: [{ consumer: HOST, requestIds: [A] }] });
    expect(releaseHold(ledger, A).holds).toEqual([]);
  });

  it('stays firm when another request joins unapproved', () => {
    const ledger = placeHold(placeHold(aLedger(), held(HOST, A, 8, true)), held(HOST, B));

    expect(ledger.holds[0]?.firm).toBe(true);
  });
});

describe('additionalLicenses', () => {
  it.each`
    consumer     | licenses | additional | because
    ${HOST}      | ${48}    | ${0}       | ${'the host is held already'}
    ${HOST}      | ${64}    | ${16}      | ${'the host needs more than is held'}
    ${'host/h9'} | ${64}    | ${64}      | ${'another host is held'}
  `('adds $additional: $because', ({ consumer, licenses, additional }) => {
    const ledger = placeHold(aLedger(), held(HOST, A, 48));

    expect(additionalLicenses(ledger, { consumer, licenses })).toBe(additional);
  });
});

describe('firmHold', () => {
  it('makes an approved request’s hold firm and leaves others', () => {
    const ledger = placeHold(placeHold(aLedger(), held('request/a', A)), held('request/b', B));

    expect(firmHold(ledger, B).holds.map(({ firm }) => firm)).toEqual([false, true]);
  });

  it.each`
    ledger                                                          | because
    ${aLedger()}                                                    | ${'nothing is held'}
    ${aLedger({ holds: [aHold({ requestIds: [A], firm: true })] })} | ${'it is firm already'}
  `('changes nothing when $because', ({ ledger }) => {
    expect(firmHold(ledger, A)).toBe(ledger);
  });
});

describe('releaseHold', () => {
  it('ends a shared hold with the last request that needs it', () => {
    const both = placeHold(placeHold(aLedger(), held(HOST, A)), held(HOST, B));

    const one = releaseHold(both, A);

    expect(one.held).toBe(8);
    expect(one.holds[0]?.requestIds).toEqual([B]);
    expect(releaseHold(one, B)).toMatchObject({ held: 0, holds: [] });
  });

  it('changes nothing for a request that holds nothing', () => {
    const ledger = placeHold(aLedger(), held(HOST, A));

    expect(releaseHold(ledger, B)).toBe(ledger);
  });
});

describe('countHold', () => {
  it('counts what was held, so that nothing comes free', () => {
    const ledger = countHold(placeHold(aLedger({ counted: 20 }), held(`request/${A}`, A)), A);

    expect(ledger).toMatchObject({ counted: 28, held: 0, holds: [] });
  });

  it('keeps a host’s hold that another request needs', () => {
    const both = placeHold(placeHold(aLedger({ counted: 20 }), held(HOST, A)), held(HOST, B));

    expect(countHold(both, A)).toMatchObject({ counted: 20, held: 8 });
  });
});

describe('the line', () => {
  it('is first come, first served, and keeps a place', () => {
    const ledger = joinWaiting(joinWaiting(joinWaiting(aLedger(), A), B), A);

    expect(ledger.waiting).toEqual([A, B]);
    expect(leaveWaiting(ledger, A).waiting).toEqual([B]);
  });

  it('is unchanged by whoever is not in it', () => {
    const ledger = joinWaiting(aLedger(), A);

    expect(leaveWaiting(ledger, B)).toBe(ledger);
  });
});

describe('applyConsumption', () => {
  const newer = later(NOW, HOUR_MS);
  const figures = {
    configuration: aConfiguration({ consumed: 40, limit: 120, hardLimit: false, name: 'SQL' }),
    counted: 41,
    unlisted: new Map<string, number>(),
    asOf: newer,
  };

  it('takes newer figures with everything that the configuration says now', () => {
    expect(applyConsumption(aLedger({ version: 7 }), figures)).toEqual(
      aLedger({
        version: 7,
        consumed: 40,
        counted: 41,
        limit: 120,
        hardLimit: false,
        name: 'SQL',
        asOf: newer,
      }),
    );
  });

  it.each([NOW, later(NOW, -HOUR_MS)])('ignores figures of %s: they are not newer', (asOf) => {
    const ledger = aLedger();

    expect(applyConsumption(ledger, { ...figures, asOf })).toBe(ledger);
  });

  it('ends a hold in the step that counts its resource', () => {
    const ledger = placeHold(placeHold(aLedger(), held('request/a', A)), held('request/b', B));

    const next = applyConsumption(ledger, { ...figures, unlisted: new Map([['request/a', 0]]) });

    expect(next.holds.map(({ consumer }) => consumer)).toEqual(['request/b']);
    expect(next).toMatchObject({ consumed: 40, held: 8 });
  });

  it.each([
    [3, 3],
    [99, 8],
  ])('shrinks a hold to the %i licenses not listed, and never grows it', (unlisted, left) => {
    const ledger = placeHold(aLedger(), held('request/a', A));

    const next = applyConsumption(ledger, {
      ...figures,
      unlisted: new Map([['request/a', unlisted]]),
    });

    expect(next.held).toBe(left);
  });

  it.each([0, 99])('lets a host hold the %i licenses that it needs now', (unlisted) => {
    const ledger = placeHold(aLedger(), held(HOST, A, 48));

    const next = applyConsumption(ledger, { ...figures, unlisted: new Map([[HOST, unlisted]]) });

    expect(next).toMatchObject({ held: unlisted, holds: [{ requestIds: [A] }] });
  });
});

describe('ledgers that were never written', () => {
  it('begin at version 0 with the configuration’s figures', () => {
    expect(newLedger(aConfiguration({ consumed: 5 }), 4, NOW)).toEqual(
      aLedger({ consumed: 5, counted: 4, version: 0 }),
    );
  });

  it('are made by the shard’s own count, as old as its figures', () => {
    const shard = aShard({ instances: [anInstance()] });

    expect(ledgerOf(aConfiguration(), shard, [])).toMatchObject({ counted: 8, asOf: NOW });
    expect(ledgerOf(aConfiguration(), { ...shard, sources: {} }, []).asOf).toEqual(new Date(0));
  });

  it('are added to those that were', () => {
    const written = aLedger({ version: 9 });
    const shard = aShard({ configurations: [aConfiguration(), aConfiguration({ digit: '2' })] });

    const ledgers = allLedgers(shard, [written]);

    expect(ledgers.map(({ version }) => version)).toEqual([9, 0]);
    expect(ledgers[0]).toBe(written);
    expect(ledgers[1]?.poolId).toBe(poolId('2'));
    expect(ledgerOf(aConfiguration(), shard, [written])).toBe(written);
  });
});

describe('held', () => {
  const request = fc.constantFrom(A, B, 'req-000000000c');
  const consumer = fc.constantFrom('request/1', 'request/2', HOST, 'host/h-2');
  const licenses = fc.nat({ max: 64 });
  const step = fc.oneof(
    fc
      .record({ consumer, licenses, requestId: request, firm: fc.boolean(), at: fc.constant(NOW) })
      .map((hold) => (ledger: PoolLedger) => placeHold(ledger, hold)),
    request.map((id) => (ledger: PoolLedger) => firmHold(ledger, id)),
    request.map((id) => (ledger: PoolLedger) => releaseHold(ledger, id)),
    request.map((id) => (ledger: PoolLedger) => countHold(ledger, id)),
    fc.tuple(consumer, licenses, fc.integer({ min: 1, max: 99 })).map(
      ([name, left, hours]) =>
        (ledger: PoolLedger) =>
          applyConsumption(ledger, {
            configuration: aConfiguration(),
            counted: 0,
            unlisted: new Map([[name, left]]),
            asOf: later(NOW, hours * HOUR_MS),
          }),
    ),
  );

  it('is always the sum of the holds, each for somebody and, but for hosts, of something', () => {
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        let ledger = aLedger();
        for (const apply of steps) {
          ledger = apply(ledger);

          expect(ledger.held).toBe(ledger.holds.reduce((sum, hold) => sum + hold.licenses, 0));
          expect(ledger.holds.every((hold) => hold.licenses > 0 || isHost(hold.consumer))).toBe(
            true,
          );
          expect(ledger.holds.every((hold) => hold.requestIds.length > 0)).toBe(true);
        }
      }),
    );
  });
});
