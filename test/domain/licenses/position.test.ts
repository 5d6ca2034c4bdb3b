import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS, later } from '#domain/instant.ts';
import { freeLicenses, positionOf, usedLicenses } from '#domain/licenses/position.ts';
import { aHold, aLedger, NOW } from '../../builders.ts';

const thresholds = { nearlyFullPercent: 90, expiresSoonDays: 30 };
const day = (days: number) => later(NOW, days * DAY_MS);

describe('positionOf', () => {
  it('is limit less the larger count less what is held', () => {
    const ledger = aLedger({ consumed: 60, counted: 64, holds: [aHold()] });

    expect(positionOf(ledger, thresholds, NOW)).toEqual({
      limit: 100,
      used: 64,
      held: 8,
      free: 28,
      percent: 72,
      concerns: [],
      state: 'healthy',
      countGap: 4,
    });
  });

  it('has nothing to be full of without a limit', () => {
    expect(positionOf(aLedger({ limit: null, consumed: 999 }), thresholds, NOW)).toMatchObject({
      free: null,
      percent: null,
      state: 'healthy',
    });
  });

  it.each`
    ledger                                        | state            | because
    ${{ consumed: 89 }}                           | ${'healthy'}     | ${'it is below the threshold'}
    ${{ consumed: 90 }}                           | ${'nearly-full'} | ${'it is at the threshold'}
    ${{ consumed: 82, holds: [aHold()] }}         | ${'nearly-full'} | ${'holds count'}
    ${{ consumed: 100 }}                          | ${'nearly-full'} | ${'it is full, not over'}
    ${{ consumed: 101 }}                          | ${'over'}        | ${'it uses more than the limit'}
    ${{ counted: 101 }}                           | ${'over'}        | ${'our own count says so'}
    ${{ limit: 0 }}                               | ${'nearly-full'} | ${'there is nothing to give'}
    ${{ expiresAt: day(30) }}                     | ${'expiring'}    | ${'it expires within the threshold'}
    ${{ expiresAt: day(31) }}                     | ${'healthy'}     | ${'it expires later'}
    ${{ expiresAt: NOW }}                         | ${'expired'}     | ${'it expires now'}
    ${{ expiresAt: day(1), consumed: 95 }}        | ${'expiring'}    | ${'expiry is more urgent than fullness'}
    ${{ expiresAt: day(1), consumed: 101 }}       | ${'over'}        | ${'being over is more urgent than expiry to come'}
    ${{ expiresAt: day(-1), consumed: 101 }}      | ${'expired'}     | ${'an expired limit is no limit'}
    ${{ status: 'DISABLED', expiresAt: day(-1) }} | ${'disabled'}    | ${'nothing works there'}
  `('is $state when $because', ({ ledger, state }) => {
    expect(positionOf(aLedger(ledger), thresholds, NOW).state).toBe(state);
  });

  it('names everything that is wrong, most urgent first', () => {
    const ledger = aLedger({ status: 'DISABLED', expiresAt: day(1), consumed: 95 });

    expect(positionOf(ledger, thresholds, NOW).concerns).toEqual([
      'disabled',
      'expiring',
      'nearly-full',
    ]);
  });

  it('adds up: used, held and free are the limit', () => {
    const count = fc.nat({ max: 10_000 });
    fc.assert(
      fc.property(count, count, count, fc.integer({ min: 1, max: 10_000 }), (...figures) => {
        const [limit, consumed, counted, licenses] = figures;
        const ledger = aLedger({ limit, consumed, counted, holds: [aHold({ licenses })] });

        expect(usedLicenses(ledger) + ledger.held + (freeLicenses(ledger) ?? 0)).toBe(limit);
      }),
    );
  });
});
