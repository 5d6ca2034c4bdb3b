import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dueSources, isDue, newestOfEach } from '#domain/estate/collection-round.ts';
import { type InventoryShard, InventorySource, type SourceNote } from '#domain/estate/inventory.ts';
import { DAY_MS, HOUR_MS, later, MINUTE_MS } from '#domain/instant.ts';
import { ACCOUNT, anInstance, aShard, aType, NOW, REGION } from '../../builders.ts';

/** The scope of every shard here. */
const HUB = { account: ACCOUNT, region: REGION };

const read = (ms: number): SourceNote => ({ asOf: later(NOW, ms), error: null, state: 'read' });
const failed = (ms: number, asOf: Date | null = null): SourceNote => ({
  asOf,
  error: 'InternalError',
  state: 'failed',
  triedAt: later(NOW, ms),
});
const everything = (note: SourceNote) =>
  Object.fromEntries(InventorySource.options.map((source) => [source, note]));

describe('a round', () => {
  it.each`
    note                                      | due      | because
    ${undefined}                              | ${true}  | ${'it was never read'}
    ${read(-1)}                               | ${true}  | ${'it was read before the round'}
    ${read(0)}                                | ${false} | ${'this round has read it'}
    ${read(HOUR_MS)}                          | ${false} | ${'its figures are from later, by whatever clock'}
    ${failed(-1)}                             | ${true}  | ${'it failed before the round'}
    ${failed(MINUTE_MS)}                      | ${false} | ${'it failed in this round'}
    ${failed(MINUTE_MS, later(NOW, -DAY_MS))} | ${false} | ${'it failed in this round, older figures or not'}
  `('has a source to read: $due, $because', ({ note, due }) => {
    const sources = note === undefined ? {} : { instances: note };

    expect(isDue('instances', aShard({ sources }), NOW, HUB)).toBe(due);
  });

  const unknown = [anInstance({ instanceType: 'm9i.large' })];
  const known = [anInstance({ instanceType: aType().name })];
  it.each`
    source              | age              | instances  | due
    ${'instance-types'} | ${DAY_MS - 1}    | ${known}   | ${false}
    ${'instance-types'} | ${DAY_MS}        | ${known}   | ${true}
    ${'instance-types'} | ${HOUR_MS}       | ${unknown} | ${true}
    ${'instance-types'} | ${HOUR_MS - 1}   | ${unknown} | ${false}
    ${'usage-trends'}   | ${DAY_MS - 1}    | ${unknown} | ${false}
    ${'usage-trends'}   | ${DAY_MS}        | ${known}   | ${true}
    ${'hosts'}          | ${5 * MINUTE_MS} | ${known}   | ${true}
  `('reads $source of $age ms ago: $due', ({ source, age, instances, due }) => {
    const shard = aShard({ sources: { [source]: read(-age) }, instances });

    expect(isDue(source, shard, NOW, HUB)).toBe(due);
  });

  it('tries a daily source that was never read in every round', () => {
    const shard = aShard({ sources: { 'usage-trends': failed(-MINUTE_MS) } });

    expect(isDue('usage-trends', shard, NOW, HUB)).toBe(true);
  });

  it('has nothing left when everything was tried', () => {
    expect(dueSources(aShard({ sources: everything(read(1)) }), NOW, HUB)).toEqual([]);
    expect(dueSources(aShard({ sources: {} }), NOW, HUB)).toEqual(InventorySource.options);
  });

  it('reads what is the whole organization’s in one account and Region only', () => {
    const elsewhere = { ...HUB, region: 'eu-west-1' };
    const due = dueSources(aShard({ sources: {} }), NOW, elsewhere);

    expect(InventorySource.options.filter((source) => !due.includes(source))).toEqual([
      'cost-explorer',
      'rightsizing',
      'cost-optimization-hub',
    ]);
  });

  it.each`
    source                 | note                          | due
    ${'utilization'}       | ${read(-DAY_MS + 1)}          | ${false}
    ${'utilization'}       | ${read(-DAY_MS)}              | ${true}
    ${'utilization'}       | ${failed(-HOUR_MS)}           | ${true}
    ${'utilization'}       | ${failed(-HOUR_MS + 1)}       | ${false}
    ${'compute-optimizer'} | ${failed(-DAY_MS, NOW)}       | ${false}
    ${'sql-ha-states'}     | ${read(-HOUR_MS)}             | ${true}
    ${'sql-ha-states'}     | ${read(-HOUR_MS + MINUTE_MS)} | ${false}
  `('leaves $source alone for a while, with figures and without: $due', ({ source, note, due }) => {
    expect(isDue(source, aShard({ sources: { [source]: note } }), NOW, HUB)).toBe(due);
  });

  describe('that would have to pay for its calls', () => {
    const at = (time: string) => new Date(`2026-11-22T${time}Z`);
    const readAt = (asOf: Date): SourceNote => ({ asOf, error: null, state: 'read' });
    const triedAt = (tried: Date): SourceNote => ({
      asOf: null,
      error: 'AccessDeniedException',
      state: 'refused',
      triedAt: tried,
    });
    const evening = new Date('2026-11-21T23:59:00Z');
    const yesterday = new Date('2026-11-21T03:00:00Z');
    it.each`
      note                  | now               | due      | because
      ${undefined}          | ${at('12:00:00')} | ${true}  | ${'it was never read'}
      ${readAt(yesterday)}  | ${at('00:00:00')} | ${true}  | ${'the night has come'}
      ${readAt(yesterday)}  | ${at('05:59:59')} | ${true}  | ${'it is still night'}
      ${readAt(yesterday)}  | ${at('06:00:00')} | ${false} | ${'the night is over'}
      ${readAt(evening)}    | ${at('02:00:00')} | ${false} | ${'it was read a few hours ago'}
      ${triedAt(evening)}   | ${at('02:00:00')} | ${false} | ${'a refused call costs as much'}
      ${triedAt(yesterday)} | ${at('02:00:00')} | ${true}  | ${'it was refused the night before'}
    `('reads Cost Explorer once a night: $due, $because', ({ note, now, due }) => {
      const sources = note === undefined ? {} : { 'cost-explorer': note };

      expect(isDue('cost-explorer', aShard({ sources }), now, HUB)).toBe(due);
    });

    it('never reads it twice in a UTC day', () => {
      fc.assert(
        fc.property(fc.integer({ min: 0, max: 10 * 24 * 12 }), (start) => {
          const days: string[] = [];
          let sources: InventoryShard['sources'] = {};
          for (let round = start; round < start + 3 * 24 * 12; round += 1) {
            const now = later(at('00:00:00'), round * 5 * MINUTE_MS);
            if (!isDue('rightsizing', aShard({ sources }), now, HUB)) continue;
            days.push(now.toISOString().slice(0, 10));
            sources = { rightsizing: readAt(now) };
          }
          expect(new Set(days).size).toBe(days.length);
          expect(days.length).toBeGreaterThanOrEqual(3);
        }),
        { numRuns: 50 },
      );
    });
  });
});

describe('of two readings', () => {
  const [one, two] = [anInstance({ instanceId: 'i-1' }), anInstance({ instanceId: 'i-2' })];
  const reading = (note: SourceNote | undefined, changes: Partial<InventoryShard>) =>
    aShard({ sources: note === undefined ? {} : { instances: note }, ...changes });

  it.each`
    ours         | theirs            | wins        | because
    ${read(0)}   | ${read(1)}        | ${'theirs'} | ${'it is newer'}
    ${read(1)}   | ${read(0)}        | ${'ours'}   | ${'it is newer'}
    ${read(0)}   | ${read(0)}        | ${'ours'}   | ${'they are the same'}
    ${undefined} | ${read(0)}        | ${'theirs'} | ${'ours has not read it'}
    ${read(0)}   | ${undefined}      | ${'ours'}   | ${'theirs has not read it'}
    ${failed(9)} | ${read(0)}        | ${'theirs'} | ${'a failure has no figures'}
    ${read(0)}   | ${failed(9)}      | ${'ours'}   | ${'a failure has no figures'}
    ${read(0)}   | ${failed(9, NOW)} | ${'theirs'} | ${'it says that the same figures could not be renewed'}
    ${failed(9)} | ${failed(8)}      | ${'ours'}   | ${'it failed last'}
  `('$wins is kept of a source: $because', ({ ours, theirs, wins }) => {
    const newest = newestOfEach(
      reading(ours, { instances: [one] }),
      reading(theirs, { instances: [two] }),
    );

    expect(newest.instances).toEqual([wins === 'ours' ? one : two]);
    expect(newest.sources.instances).toEqual(wins === 'ours' ? ours : theirs);
  });

  it('the newer part is kept of every source', () => {
    const [older, newer] = [
      aShard({ sources: everything(read(0)) }),
      aShard({
        sources: everything(read(1)),
        configurations: [],
        instances: [one],
        instanceTypes: [],
        images: [],
        launchTemplates: [],
      }),
    ];

    expect(newestOfEach(older, newer)).toEqual(newer);
    expect(newestOfEach(newer, older)).toEqual(newer);
  });
});
