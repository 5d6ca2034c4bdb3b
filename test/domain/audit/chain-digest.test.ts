import { describe, expect, it } from 'vitest';
import { chain } from '#domain/audit/audit-chain.ts';
import {
  type DayHeads,
  dayOf,
  daysToDigest,
  digestEvent,
  digestedHeads,
  headsHash,
  headsOf,
} from '#domain/audit/chain-digest.ts';
import { sha256 } from '../../builders.ts';

const at = (text: string) => new Date(text);
const head = (stream: string, sequence: number) => ({ stream, sequence, hash: `${sequence}` });

/** The chain of digests of these lists, in their order. */
function digestsOf(...lists: readonly DayHeads[]) {
  const now = at('2026-11-22T00:40:00Z');
  return chain(
    null,
    lists.map((list) => digestEvent(list, now, sha256)),
    sha256,
  );
}

describe('the days to digest', () => {
  const newest = (day: string) => digestsOf({ day, heads: [] })[0] ?? null;

  it.each`
    last            | now                       | days                                          | because
    ${null}         | ${'2026-11-22T09:00:00Z'} | ${['2026-11-21']}                             | ${'the first digest is yesterday’s'}
    ${'2026-11-20'} | ${'2026-11-22T00:40:00Z'} | ${['2026-11-21']}                             | ${'a day is over'}
    ${'2026-11-20'} | ${'2026-11-22T00:29:00Z'} | ${[]}                                         | ${'an index may still be behind'}
    ${'2026-11-21'} | ${'2026-11-22T23:59:00Z'} | ${[]}                                         | ${'each day once'}
    ${'2026-11-22'} | ${'2026-11-22T09:00:00Z'} | ${[]}                                         | ${'a clock that went back digests nothing again'}
    ${'2026-11-18'} | ${'2026-11-22T09:00:00Z'} | ${['2026-11-19', '2026-11-20', '2026-11-21']} | ${'what was missed is caught up'}
    ${'2024-02-28'} | ${'2024-03-02T09:00:00Z'} | ${['2024-02-29', '2024-03-01']}               | ${'leap days are days'}
  `('after $last at $now are $days: $because', ({ last, now, days }) => {
    expect(daysToDigest(last === null ? null : newest(last), at(now))).toEqual(days);
  });

  it('are at most a month at once', () => {
    expect(daysToDigest(newest('2026-01-01'), at('2026-11-22T09:00:00Z'))).toHaveLength(31);
  });

  it('are UTC days', () => {
    expect(dayOf(at('2026-11-22T23:59:59.999Z'))).toBe('2026-11-22');
  });
});

describe('a digest', () => {
  const audited = [head('request/a', 1), head('pool/1', 4), head('pool/1', 6), head('pool/1', 5)];
  const list = headsOf('2026-11-21', [...audited, head('digest', 9)]);

  it('is of the newest entry of each stream, but its own', () => {
    expect(list).toEqual({
      day: '2026-11-21',
      heads: [head('pool/1', 6), head('request/a', 1)],
    });
  });

  it('is the same whatever order entries come in', () => {
    expect(headsHash(headsOf('2026-11-21', audited.toReversed()), sha256)).toBe(
      headsHash(list, sha256),
    );
  });

  it('tells of each stream what the newest list says of it', () => {
    const next = headsOf('2026-11-22', [head('request/a', 3)]);
    const lists = new Map([list, next].map((each) => [headsHash(each, sha256), each]));

    const { heads, faults } = digestedHeads(digestsOf(list, next), lists, sha256);

    expect(faults).toEqual([]);
    expect([...heads.values()]).toEqual([head('pool/1', 6), head('request/a', 3)]);
  });

  it.each([
    ['is missing', undefined, 'missing'],
    ['was changed', { ...list, heads: list.heads.slice(1) }, 'changed'],
    ['is of another day', { ...list, day: '2026-11-20' }, 'changed'],
  ])('is at fault where its list %s', (_what, stored, what) => {
    const lists = new Map(stored === undefined ? [] : [[headsHash(list, sha256), stored]]);

    expect(digestedHeads(digestsOf(list), lists, sha256).faults).toEqual([
      { stream: 'digest', sequence: 1, what },
    ]);
  });
});
