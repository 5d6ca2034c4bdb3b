import { describe, expect, it } from 'vitest';
import { dueSources, isDue, newestOfEach } from '#domain/estate/collection-round.ts';
import { type InventoryShard, PositionSource, type SourceNote } from '#domain/estate/inventory.ts';
import { DAY_MS, HOUR_MS, later, MINUTE_MS } from '#domain/instant.ts';
import { anInstance, aShard, aType, NOW } from '../../builders.ts';

const read = (ms: number): SourceNote => ({ asOf: later(NOW, ms), error: null, state: 'read' });
const failed = (ms: number, asOf: Date | null = null): SourceNote => ({
  asOf,
  error: 'InternalError',
  state: 'failed',
  triedAt: later(NOW, ms),
});
const everything = (note: SourceNote) =>
  Object.fromEntries(PositionSource.options.map((source) => [source, note]));

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

    expect(isDue('instances', aShard({ sources }), NOW)).toBe(due);
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

    expect(isDue(source, shard, NOW)).toBe(due);
  });

  it('tries a daily source that was never read in every round', () => {
    const shard = aShard({ sources: { 'usage-trends': failed(-MINUTE_MS) } });

    expect(isDue('usage-trends', shard, NOW)).toBe(true);
  });

  it('has nothing left when everything was tried', () => {
    expect(dueSources(aShard({ sources: everything(read(1)) }), NOW)).toEqual([]);
    expect(dueSources(aShard({ sources: {} }), NOW)).toEqual(PositionSource.options);
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
