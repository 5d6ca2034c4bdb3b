import { describe, expect, it } from 'vitest';
import { collectPool, figuresOf, isListed } from '#domain/estate/collection.ts';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import { HOUR_MS, later } from '#domain/instant.ts';
import { positionOf } from '#domain/licenses/position.ts';
import {
  aConfiguration,
  aDraw,
  aHold,
  aHost,
  aLedger,
  anEvaluation,
  anInstance,
  aRequest,
  aShard,
  aUsage,
  NOW,
  poolId,
} from '../../builders.ts';

const LATER = later(NOW, HOUR_MS);
const A = anInstance({ instanceId: 'i-a' });
const B = anInstance({ instanceId: 'i-b' });
const listed = (resourceId: string) => aUsage({ resourceId });
const launched = aRequest({ status: 'launched', instanceIds: ['i-a', 'i-b'] });
const hold = aHold({ licenses: 16, firm: true });

function figures(shard: Partial<InventoryShard>, holds = [hold], open = [launched]) {
  return figuresOf(aShard(shard), aConfiguration(), holds, open, LATER);
}

describe('figuresOf', () => {
  it.each`
    shard                                                           | counted | unlisted | because
    ${{}}                                                           | ${0}    | ${16}    | ${'nothing is seen yet'}
    ${{ instances: [A, B] }}                                        | ${0}    | ${16}    | ${'what runs unlisted is covered by the hold'}
    ${{ instances: [A, B], usage: [listed('i-a')] }}                | ${8}    | ${8}     | ${'one of two is listed'}
    ${{ instances: [A, B], usage: [listed('i-a'), listed('i-b')] }} | ${16}   | ${0}     | ${'both are listed'}
    ${{ usage: [listed('i-a'), listed('i-b')] }}                    | ${0}    | ${16}    | ${'what is listed but not seen would be in neither count'}
    ${{ instances: [A, B, anInstance({ instanceId: 'i-other' })] }} | ${8}    | ${16}    | ${'other instances count as ever'}
  `('counts $counted and leaves $unlisted held: $because', ({ shard, counted, unlisted }) => {
    const result = figures(shard);

    expect(result.counted).toBe(counted);
    expect(result.unlisted.get(hold.consumer)).toBe(unlisted);
  });

  it('leaves a hold whole while its instances are not known', () => {
    const approved = aRequest({ status: 'approved' });

    expect(figures({ instances: [A] }, [hold], [approved]).unlisted.size).toBe(0);
    expect(figures({ instances: [A] }, [hold], []).unlisted.size).toBe(0);
  });

  it('ends a host’s hold when License Manager lists the host', () => {
    const core = aConfiguration({ countingType: 'Core' });
    const onHost = anInstance({ hostId: aHost().hostId });
    const consumer = `host/${aHost().hostId}`;
    const shard = aShard({ configurations: [core], hosts: [aHost()], instances: [onHost] });
    const holds = [aHold({ consumer, licenses: 64 })];
    const usage = [aUsage({ resourceId: aHost().hostId, resourceType: 'EC2_HOST', consumed: 64 })];

    const before = figuresOf(shard, core, holds, [], LATER);
    const after = figuresOf({ ...shard, usage }, core, holds, [], LATER);

    expect([before.counted, before.unlisted.get(consumer)]).toEqual([0, 64]);
    expect([after.counted, after.unlisted.get(consumer)]).toEqual([64, 0]);
  });

  const HOSTS_USAGE = [
    aUsage({ resourceId: aHost().hostId, resourceType: 'EC2_HOST', consumed: 64 }),
  ];
  const ON_HOST = [anInstance({ hostId: aHost().hostId })];
  it.each`
    seen                                          | held  | because
    ${{ instances: ON_HOST, usage: HOSTS_USAGE }} | ${0}  | ${'others run there, and are listed'}
    ${{}}                                         | ${64} | ${'those that it was licensed by are gone'}
    ${{ instances: ON_HOST }}                     | ${64} | ${'the host is not listed yet'}
    ${{ usage: HOSTS_USAGE }}                     | ${0}  | ${'it is still listed: nothing came free'}
    ${{ hosts: [] }}                              | ${0}  | ${'nothing is known of the host'}
  `('holds $held of a host that was licensed when it was asked for: $because', ({ seen, held }) => {
    const core = aConfiguration({ countingType: 'Core' });
    const consumer = `host/${aHost().hostId}`;
    const shard = aShard({ configurations: [core], hosts: [aHost()], ...seen });

    const found = figuresOf(shard, core, [aHold({ consumer, licenses: 0 })], [], LATER);

    expect(found.unlisted.get(consumer)).toBe(held);
  });

  it('knows no more of a host in a unit that we do not know', () => {
    const unknown = aConfiguration({ countingType: 'unknown' });
    const consumer = `host/${aHost().hostId}`;
    const holds = [aHold({ consumer, licenses: 0 })];

    const found = figuresOf(aShard({ hosts: [aHost()] }), unknown, holds, [], LATER);

    expect(found.unlisted.get(consumer)).toBe(0);
  });

  it('takes no unit or request for a resource when a consumer has no name', () => {
    expect(figures({}, [aHold({ consumer: 'request' })]).unlisted.size).toBe(0);
  });
});

describe('collectPool', () => {
  const everything = { instances: [A, B], usage: [listed('i-a'), listed('i-b')] };
  const configuration = aConfiguration({ consumed: 16 });

  it('raises consumption and ends the hold in one step', () => {
    const ledger = aLedger({ holds: [hold], waiting: ['req-000000000z'] });

    const step = collectPool(ledger, { ...figures(everything), configuration }, LATER);

    expect(step).toMatchObject({
      request: null,
      ledgers: [{ consumed: 16, counted: 16, held: 0, asOf: LATER, version: 2 }],
      audit: [{ stream: `pool/${poolId('1')}`, event: 'figures.changed' }],
      messages: [{ group: poolId('1'), message: { kind: 'promote' } }],
    });
  });

  it('never shows a pool over, on the way from held to listed', () => {
    const ledger = aLedger({ limit: 16, holds: [hold] });
    const thresholds = { nearlyFullPercent: 90, expiresSoonDays: 30 };
    for (const usage of [[], [listed('i-a')], [listed('i-a'), listed('i-b')]]) {
      const consumed = 8 * usage.length;
      const changed = { configuration: aConfiguration({ limit: 16, consumed }) };
      const seen = { ...figures({ instances: [A, B], usage }), ...changed };

      const next = collectPool(ledger, seen, LATER)?.ledgers[0];

      expect(next && positionOf(next, thresholds, NOW)).toMatchObject({ free: 0, used: consumed });
    }
  });

  it('writes the first ledger of a pool', () => {
    const step = collectPool(null, { ...figures(everything, []), configuration }, LATER);

    expect(step).toMatchObject({
      ledgers: [{ poolId: poolId('1'), consumed: 16, counted: 16, version: 1 }],
      audit: [{ event: 'figures.changed' }],
      messages: [],
    });
  });

  it('does nothing with figures that are not newer', () => {
    expect(collectPool(aLedger({ asOf: LATER }), figures({}), LATER)).toBeNull();
  });

  it('only moves the time on when nothing else changed', () => {
    const ledger = aLedger({ waiting: ['req-000000000z'] });

    expect(collectPool(ledger, figures({}, []), LATER)).toMatchObject({
      ledgers: [{ asOf: LATER, version: 2 }],
      audit: [],
      messages: [],
    });
  });

  it.each`
    change                  | because
    ${{ limit: 90 }}        | ${'the limit changed'}
    ${{ consumed: 1 }}      | ${'License Manager’s figure changed'}
    ${{ counted: 1 }}       | ${'our figure changed'}
    ${{ holds: [aHold()] }} | ${'a hold ended'}
  `('audits that $because', ({ change }) => {
    const unlisted = new Map([[aHold().consumer, 0]]);

    expect(
      collectPool(aLedger(change), { ...figures({}, []), unlisted }, LATER)?.audit,
    ).toHaveLength(1);
  });
});

describe('isListed', () => {
  const consumer = `host/${aHost().hostId}`;
  const onHost = anEvaluation({ draws: [aDraw({ countingType: 'Core', licenses: 0, consumer })] });
  const host = aUsage({ resourceId: aHost().hostId, resourceType: 'EC2_HOST', consumed: 64 });

  it.each`
    request                                | usage                             | is       | because
    ${launched}                            | ${[listed('i-a'), listed('i-b')]} | ${true}  | ${'every instance is listed'}
    ${launched}                            | ${[listed('i-a')]}                | ${false} | ${'one is missing'}
    ${{ ...launched, instanceIds: [] }}    | ${[listed('i-a')]}                | ${false} | ${'nothing is known to be launched'}
    ${{ ...launched, evaluation: onHost }} | ${[host]}                         | ${true}  | ${'the host is listed'}
    ${{ ...launched, evaluation: onHost }} | ${[listed('i-a'), listed('i-b')]} | ${false} | ${'the host is not listed'}
  `('is $is: $because', ({ request, usage, is }) => {
    expect(isListed(request, aShard({ usage }))).toBe(is);
  });

  it('asks every pool that the launch draws on', () => {
    const draws = [aDraw(), aDraw({ poolId: poolId('2'), configurationArn: 'arn:other' })];
    const request = { ...launched, evaluation: anEvaluation({ draws }) };

    expect(isListed(request, aShard({ usage: [listed('i-a'), listed('i-b')] }))).toBe(false);
  });
});
