import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS, later, MINUTE_MS } from '#domain/instant.ts';
import type { QuietHours } from '#domain/policy/policy-approvals.ts';
import { nextOutsideQuietHours } from '#domain/policy/quiet-hours.ts';

function next(at: string, quietHours: QuietHours): string {
  return nextOutsideQuietHours(new Date(at), quietHours).toISOString().slice(0, 16);
}

function night(timeZone: string, from = '18:00', to = '08:00'): QuietHours {
  return { timeZone, from, to, days: [] };
}

const weekend = ['saturday', 'sunday'] as const;
const everyDay = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const;

describe('nextOutsideQuietHours', () => {
  it('is the moment itself without quiet hours', () => {
    const at = new Date('2026-11-22T03:00:17Z');

    expect(nextOutsideQuietHours(at, undefined)).toBe(at);
  });

  it.each`
    at                        | expected              | because
    ${'2026-11-24T11:59:30Z'} | ${'2026-11-24T11:59'} | ${'it is day in Berlin'}
    ${'2026-11-24T16:59:59Z'} | ${'2026-11-24T16:59'} | ${'it is a second before 18:00'}
    ${'2026-11-24T17:00:00Z'} | ${'2026-11-25T07:00'} | ${'it is 18:00'}
    ${'2026-11-24T23:30:00Z'} | ${'2026-11-25T07:00'} | ${'it is past midnight'}
    ${'2026-11-25T06:59:59Z'} | ${'2026-11-25T07:00'} | ${'it is a second before 08:00'}
    ${'2026-11-25T07:00:00Z'} | ${'2026-11-25T07:00'} | ${'it is 08:00'}
  `('is $expected for $at: $because', ({ at, expected }) => {
    expect(next(at, night('Europe/Berlin'))).toBe(expected);
  });

  it('takes a break within a day as well', () => {
    const lunch = night('Europe/Berlin', '12:00', '13:30');

    expect(next('2026-11-24T11:15:00Z', lunch)).toBe('2026-11-24T12:30');
    expect(next('2026-11-24T12:30:00Z', lunch)).toBe('2026-11-24T12:30');
    expect(next('2026-11-24T05:00:00Z', lunch)).toBe('2026-11-24T05:00');
  });

  it('is Monday’s morning from Friday’s evening on, where weekends are quiet', () => {
    const quietHours = { ...night('Europe/Berlin'), days: weekend };

    expect(next('2026-11-27T16:00:00Z', quietHours)).toBe('2026-11-27T16:00');
    expect(next('2026-11-27T17:00:00Z', quietHours)).toBe('2026-11-30T07:00');
    expect(next('2026-11-28T12:00:00Z', quietHours)).toBe('2026-11-30T07:00');
  });

  it.each`
    zone                     | from       | to         | at                        | expected              | because
    ${'Europe/Berlin'}       | ${'18:00'} | ${'08:00'} | ${'2026-03-28T18:00:00Z'} | ${'2026-03-29T06:00'} | ${'the night has an hour less'}
    ${'Europe/Berlin'}       | ${'18:00'} | ${'08:00'} | ${'2026-10-24T18:00:00Z'} | ${'2026-10-25T07:00'} | ${'the night has an hour more'}
    ${'Europe/Berlin'}       | ${'22:00'} | ${'02:30'} | ${'2026-03-28T22:00:00Z'} | ${'2026-03-29T01:00'} | ${'02:30 is skipped, and 03:00 comes instead'}
    ${'Europe/Berlin'}       | ${'22:00'} | ${'02:30'} | ${'2026-10-24T22:00:00Z'} | ${'2026-10-25T00:30'} | ${'02:30 comes twice, and first counts'}
    ${'Europe/Berlin'}       | ${'22:00'} | ${'02:30'} | ${'2026-10-25T01:10:00Z'} | ${'2026-10-25T01:30'} | ${'it is 02:10 again, and quiet again'}
    ${'America/New_York'}    | ${'18:00'} | ${'08:00'} | ${'2026-11-01T01:00:00Z'} | ${'2026-11-01T13:00'} | ${'America changes a week later'}
    ${'Africa/Cairo'}        | ${'18:00'} | ${'00:00'} | ${'2026-04-23T20:00:00Z'} | ${'2026-04-23T22:00'} | ${'midnight itself is skipped there'}
    ${'Asia/Kolkata'}        | ${'18:00'} | ${'08:00'} | ${'2026-11-24T13:00:00Z'} | ${'2026-11-25T02:30'} | ${'not all zones are whole hours apart'}
    ${'Australia/Lord_Howe'} | ${'18:00'} | ${'08:00'} | ${'2026-10-03T12:00:00Z'} | ${'2026-10-03T21:00'} | ${'the clocks go forward by half an hour'}
    ${'UTC'}                 | ${'00:00'} | ${'23:59'} | ${'2026-11-24T12:00:00Z'} | ${'2026-11-24T23:59'} | ${'one minute a day is left'}
  `('is $expected in $zone for $from to $to at $at: $because', (row) => {
    expect(next(row.at, night(row.zone, row.from, row.to))).toBe(row.expected);
  });

  it('ends though nothing is ever outside', () => {
    const always = { ...night('Europe/Berlin'), days: everyDay };

    expect(nextOutsideQuietHours(new Date('2026-11-24T12:00:00Z'), always)).toBeInstanceOf(Date);
  });

  const zones = ['Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'UTC'];
  const timeOfDay = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
    .map((numbers) => numbers.map((number) => String(number).padStart(2, '0')).join(':'));
  const quietHours = fc.record({
    timeZone: fc.constantFrom(...zones),
    from: timeOfDay,
    to: timeOfDay,
    days: fc.subarray([...weekend, 'wednesday'] as const),
  });
  const instant = fc.date({
    min: new Date('2026-01-01T00:00:00Z'),
    max: new Date('2027-12-31T00:00:00Z'),
    noInvalidDate: true,
  });

  it('never goes back, stays where it is once outside, and is quiet in every minute before', () => {
    fc.assert(
      fc.property(instant, quietHours, (at, quiet) => {
        const outside = nextOutsideQuietHours(at, quiet);
        expect(outside.getTime()).toBeGreaterThanOrEqual(at.getTime());
        expect(outside.getTime() - at.getTime()).toBeLessThan(5 * DAY_MS);
        expect(nextOutsideQuietHours(outside, quiet)).toEqual(outside);
        for (let before = at; before < outside; before = later(before, 7 * MINUTE_MS)) {
          expect(nextOutsideQuietHours(before, quiet)).toEqual(outside);
        }
      }),
      { numRuns: 60 },
    );
  });
});
