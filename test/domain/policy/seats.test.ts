import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canFill, type Seats } from '#domain/policy/seats.ts';

/** Every way to seat people one after the other: slow, and plainly right. */
function canFillByTrying([first, ...rest]: readonly ReadonlySet<string>[]): boolean {
  if (first === undefined) return true;
  return [...first].some((person) =>
    canFillByTrying(rest.map((seat) => new Set([...seat].filter((other) => other !== person)))),
  );
}

const seats = fc.array(
  fc.record({
    count: fc.integer({ min: 1, max: 2 }),
    candidates: fc.subarray(['a', 'b', 'c', 'd', 'e']).map((people) => new Set(people)),
  }),
  { maxLength: 3 },
);

describe('canFill', () => {
  it('answers what trying every way would', () => {
    fc.assert(
      fc.property(seats, (kinds: readonly Seats[]) => {
        const each = kinds.flatMap(({ count, candidates }) =>
          Array.from({ length: count }, () => candidates),
        );
        expect(canFill(kinds)).toBe(canFillByTrying(each));
      }),
      { numRuns: 300 },
    );
  });

  it('does not depend on the order of the seats', () => {
    fc.assert(
      fc.property(seats, (kinds) => {
        expect(canFill(kinds.toReversed())).toBe(canFill(kinds));
      }),
    );
  });

  it('has no seat to fill where there is none', () => {
    expect(canFill([])).toBe(true);
  });
});
