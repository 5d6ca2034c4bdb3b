import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '#domain/estate/licensing-settings.ts';
import { DAY_MS, HOUR_MS, later } from '#domain/instant.ts';
import {
  MaintenanceSettings,
  machineFacts,
  openingOf,
  UNKNOWN_MACHINE,
} from '#domain/optimization/migration/maintenance-settings.ts';
import { openSpans, readWindow } from '#domain/optimization/migration/maintenance-window.ts';
import { NOW } from '../../../builders.ts';
import { aMachine } from '../kinds/machine-builders.ts';

describe('a window', () => {
  it.each([
    ['sat 22:00-04:00 Europe/Berlin', [6], 1320, 240, 'Europe/Berlin'],
    ['  Saturday,SUN 00:30-06:00 UTC ', [0, 6], 30, 360, 'UTC'],
    ['mon-fri 20:00-22:00 America/New_York', [1, 2, 3, 4, 5], 1200, 1320, 'America/New_York'],
    ['fri-mon,mon 01:00-02:00 Asia/Kolkata', [0, 1, 5, 6], 60, 120, 'Asia/Kolkata'],
  ])('is read: %s', (text, days, from, to, timeZone) => {
    expect(readWindow(text)).toEqual({ days, from, to, timeZone });
  });

  it.each([
    '',
    'whenever',
    'sat 22:00-04:00',
    'sat 22:00-04:00 Mars/Olympus',
    'sat 24:00-04:00 UTC',
    'sat 22:60-04:00 UTC',
    'sab 22:00-04:00 UTC',
    'satan 22:00-04:00 UTC',
    'mon-tue-wed 22:00-04:00 UTC',
    'mon- 22:00-04:00 UTC',
    'sat, 22:00-04:00 UTC',
    'sat 22:00-04:00 UTC; rm -rf /',
    `sat 22:00-04:00 ${'x'.repeat(100_000)}`,
  ])('is not guessed: %.60s', (text) => {
    expect(readWindow(text)).toBeNull();
  });
});

const open = (texts: readonly string[], from: string, days = 7) => {
  const start = new Date(from);
  const windows = texts.flatMap((text) => readWindow(text) ?? []);
  return openSpans(windows, start, later(start, days * DAY_MS)).map((span) => [
    span.from.toISOString().slice(0, 16),
    span.to.toISOString().slice(0, 16),
  ]);
};

describe('windows are open', () => {
  it.each([
    [
      'over midnight',
      ['sat 22:00-04:00 Europe/Berlin'],
      '2026-11-22T09:30:00Z',
      [['2026-11-28T21:00', '2026-11-29T03:00']],
    ],
    [
      'still, where they began the day before',
      ['sat 22:00-04:00 Europe/Berlin'],
      '2026-11-22T02:00:00Z',
      [
        ['2026-11-21T21:00', '2026-11-22T03:00'],
        ['2026-11-28T21:00', '2026-11-29T03:00'],
      ],
    ],
    [
      'for a day, where they end as they begin',
      ['sun 06:00-06:00 UTC'],
      '2026-11-23T06:00:00Z',
      [['2026-11-29T06:00', '2026-11-30T06:00']],
    ],
    [
      'as one, where they touch or overlap',
      ['sat 22:00-00:00 UTC', 'sun 00:00-02:00 UTC', 'sat 23:00-23:30 UTC'],
      '2026-11-23T00:00:00Z',
      [['2026-11-28T22:00', '2026-11-29T02:00']],
    ],
    [
      'far east of us, on their own days',
      ['mon 01:00-03:00 Pacific/Kiritimati'],
      '2026-11-22T09:30:00Z',
      [['2026-11-22T11:00', '2026-11-22T13:00']],
    ],
    [
      'five hours, when the clocks go forward',
      ['sat 22:00-04:00 Europe/Berlin'],
      '2027-03-23T00:00:00Z',
      [['2027-03-27T21:00', '2027-03-28T02:00']],
    ],
    [
      'seven hours, when the clocks go back',
      ['sat 22:00-04:00 Europe/Berlin'],
      '2026-10-20T00:00:00Z',
      [['2026-10-24T20:00', '2026-10-25T03:00']],
    ],
    [
      'as long after the change, where they begin at a time that is skipped',
      ['sun 02:30-05:00 Europe/Berlin'],
      '2027-03-23T00:00:00Z',
      [['2027-03-28T01:30', '2027-03-28T03:00']],
    ],
    [
      'from the first of two, where they begin at a time that is repeated',
      ['sun 02:30-05:00 Europe/Berlin'],
      '2026-10-20T00:00:00Z',
      [['2026-10-25T00:30', '2026-10-25T04:00']],
    ],
  ])('%s', (_when, texts, from, spans) => {
    expect(open(texts, from)).toEqual(spans);
  });

  it('at no time, without one', () => {
    expect(open([], '2026-11-22T09:30:00Z')).toEqual([]);
  });

  it('in order, apart, and as the wall clock says, in every zone', () => {
    const zones = fc.constantFrom(
      'Europe/Berlin',
      'America/Sao_Paulo',
      'Australia/Lord_Howe',
      'UTC',
    );
    fc.assert(
      fc.property(fc.nat(365), fc.nat(23), fc.nat(23), zones, (day, from, to, timeZone) => {
        const start = later(NOW, day * DAY_MS);
        const window = { days: [0, 3], from: from * 60, to: to * 60, timeZone };
        const spans = openSpans([window], start, later(start, 14 * DAY_MS));
        expect(spans.length).toBeGreaterThanOrEqual(4);
        for (const [index, span] of spans.entries()) {
          expect(span.to.getTime()).toBeGreaterThan(span.from.getTime());
          expect(span.from.getTime()).toBeGreaterThan(spans[index - 1]?.to.getTime() ?? 0);
          expect(span.to.getTime() - span.from.getTime()).toBeLessThanOrEqual(25 * HOUR_MS);
          const shown = span.to.toLocaleString('en-US', {
            timeZone,
            hour: 'numeric',
            hourCycle: 'h23',
          });
          const after = (to + 1) % 24;
          expect([to, after]).toContain(Number(shown) % 24);
        }
      }),
      { numRuns: 50 },
    );
  });
});

const SETTINGS = MaintenanceSettings.parse({
  production: ['sun 02:00-06:00 UTC', 'some day'],
  nonProduction: [],
});

describe('when a machine may stand still', () => {
  it.each([
    ['by its tag', { maintenance: 'sat 22:00-04:00 UTC' }, 1, []],
    [
      'never, by a tag that cannot be read',
      { maintenance: 'soon' },
      0,
      [{ where: 'i-1', text: 'soon' }],
    ],
    ['by its environment', {}, 1, [{ where: 'production', text: 'some day' }]],
  ])('%s', (_how, facts, windows, unreadable) => {
    const opening = openingOf('i-1', { ...UNKNOWN_MACHINE, ...facts }, SETTINGS);

    expect(opening.windows).toHaveLength(windows);
    expect(opening.unreadable).toEqual(unreadable);
  });

  it('at any time, where nothing says otherwise', () => {
    const facts = { ...UNKNOWN_MACHINE, environment: 'non-production' as const };

    expect(openingOf('i-1', facts, SETTINGS)).toEqual({ key: '', windows: null, unreadable: [] });
  });

  it('is told by tags', () => {
    const tags = { 'ha:group': ' erp ', 'ha:role': 'Standby', Maintenance: 'sat 22:00-04:00 UTC' };
    const tagged = aMachine({ instance: { tags } });

    expect(machineFacts(tagged, DEFAULT_SETTINGS, SETTINGS)).toEqual({
      environment: 'production',
      haGroup: '222233334444/erp',
      role: 'passive',
      maintenance: 'sat 22:00-04:00 UTC',
      running: true,
    });
    expect(machineFacts(aMachine(), DEFAULT_SETTINGS, SETTINGS).haGroup).toBeNull();
  });
});
