import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS, later } from '#domain/instant.ts';
import { keptUntil } from '#domain/optimization/follow/ended.ts';
import { type Found, mergeFound } from '#domain/optimization/follow/merge-found.ts';
import {
  type FollowedRecommendation,
  RecommendationStatus,
} from '#domain/optimization/followed-recommendation.ts';
import { NOW } from '../../../builders.ts';
import { aFollowed, anAccepted, aRecommendation, cores, savings, usd } from './builders.ts';

const NIGHT = later(NOW, DAY_MS);

function found(changes: Parameters<typeof aRecommendation>[0] = {}): Found {
  return {
    recommendation: aRecommendation({ asOf: NIGHT, ...changes }),
    figures: { monthly: usd(400), licenses: [] },
  };
}
const complete = (...all: readonly Found[]) => ({ found: all, complete: true });
const DISMISSED = aFollowed({
  status: 'dismissed',
  decided: { by: 'U1', at: NOW, reason: 'We need it' },
});
const SNOOZED = aFollowed({
  status: 'snoozed',
  decided: { by: 'U1', at: NOW, reason: null },
  snoozedUntil: later(NOW, 7 * DAY_MS),
});

/** The only one that a merge changes. */
function merged(
  before: FollowedRecommendation,
  run = complete(found()),
  now = NIGHT,
): FollowedRecommendation | undefined {
  const changed = mergeFound([before], run, now);
  expect(changed.length).toBeLessThanOrEqual(1);
  return changed[0];
}

describe('what a run finds', () => {
  it('is new when nobody knew it', () => {
    const one = found();

    expect(mergeFound([], complete(one), NIGHT)).toEqual([
      aFollowed({
        recommendation: one.recommendation,
        asFound: one.figures,
        firstSeenAt: NIGHT,
        lastSeenAt: NIGHT,
      }),
    ]);
  });

  it.each([
    ['new', aFollowed()],
    ['snoozed', SNOOZED],
  ])('takes the place of what was known while it is %s', (status, before) => {
    expect(merged(before, complete(found({ savings: savings(120) })))).toEqual({
      ...before,
      status,
      version: 2,
      recommendation: aRecommendation({ asOf: NIGHT, savings: savings(120) }),
      asFound: { monthly: usd(400), licenses: [] },
      lastSeenAt: NIGHT,
    });
  });

  it.each([
    ['accepted', anAccepted()],
    ['in progress', anAccepted({ status: 'in-progress' })],
    ['done', anAccepted({ status: 'done', doneAt: NOW })],
    ['dismissed', DISMISSED],
  ])('changes nothing that somebody decided on but when it was seen: %s', (_status, before) => {
    expect(merged(before)).toEqual({ ...before, version: 2, lastSeenAt: NIGHT });
  });

  it('does not take the place of what is newer', () => {
    const before = aFollowed({ about: { asOf: later(NIGHT, 1) }, lastSeenAt: later(NIGHT, 1) });

    expect(merged(before)).toBeUndefined();
  });

  it('counts by the newest of two scenarios', () => {
    const old = found({ asOf: NOW, savings: savings(1) });
    const newest = found({ savings: savings(2) });

    for (const all of [complete(old, newest), complete(newest, old)]) {
      expect(merged(aFollowed(), all)?.recommendation.savings).toEqual(savings(2));
    }
  });
});

describe('a snoozed recommendation', () => {
  it.each([
    [-1, 'snoozed'],
    [0, 'new'],
    [1, 'new'],
  ])('%i ms after its day begins is %s', (ms, status) => {
    const now = later(later(NOW, 7 * DAY_MS), ms);

    expect(merged(SNOOZED, complete(found()), now)?.status).toBe(status);
  });

  it('is new as if nobody had decided', () => {
    const now = later(NOW, 8 * DAY_MS);

    expect(merged(SNOOZED, complete(found()), now)).toMatchObject({
      status: 'new',
      decided: null,
      snoozedUntil: null,
      asFound: { monthly: usd(400) },
    });
  });

  it('without a date comes back at once', () => {
    expect(merged({ ...SNOOZED, snoozedUntil: null })?.status).toBe('new');
  });
});

describe('a dismissed recommendation', () => {
  it.each([
    ['as much', savings(100), savings(100), 'dismissed'],
    ['half as much again', savings(100), savings(150), 'dismissed'],
    ['more than that', savings(100), savings(151), 'new'],
    ['something, after nothing', savings(0), savings(1), 'new'],
    ['an amount that was not known', savings(null, cores(4)), savings(900, cores(40)), 'dismissed'],
    ['licenses, half as many again', savings(null, cores(4)), savings(null, cores(6)), 'dismissed'],
    ['more licenses', savings(null, cores(4)), savings(null, cores(7)), 'new'],
    ['licenses of another line', savings(null), savings(null, cores(1)), 'new'],
    ['licenses that were lost before', savings(null, cores(-4)), savings(null, cores(1)), 'new'],
  ])('that would save %s is judged by what it was', (_what, before, now, status) => {
    const dismissed = { ...DISMISSED, recommendation: aRecommendation({ savings: before }) };

    expect(merged(dismissed, complete(found({ savings: now })))?.status).toBe(status);
  });

  it('comes back as it is now', () => {
    expect(merged(DISMISSED, complete(found({ savings: savings(200) })))).toMatchObject({
      decided: null,
      recommendation: { savings: savings(200) },
    });
  });
});

describe('what a run does not find', () => {
  it.each([
    ['new', aFollowed()],
    ['snoozed', SNOOZED],
    ['dismissed', DISMISSED],
  ])('is gone when it was %s', (_status, before) => {
    expect(merged(before, complete())).toEqual({ ...before, status: 'gone', version: 2 });
  });

  it.each([
    ['accepted', anAccepted()],
    ['in progress', anAccepted({ status: 'in-progress' })],
    ['done', anAccepted({ status: 'done' })],
    ['gone', aFollowed({ status: 'gone' })],
  ])('stays when it is %s', (_status, before) => {
    expect(merged(before, complete())).toBeUndefined();
  });

  it('stays when the run did not look at everything', () => {
    expect(merged(aFollowed(), { found: [], complete: false })).toBeUndefined();
  });
});

describe('what was gone and is found again', () => {
  it.each([
    ['new', aFollowed({ status: 'gone' }), 'new'],
    ['reopened', { ...DISMISSED, decided: { by: 'U1', at: NOW, reason: null } }, 'new'],
    ['dismissed', DISMISSED, 'dismissed'],
    ['snoozed', SNOOZED, 'snoozed'],
  ])('is what it was: %s', (_was, before, status) => {
    expect(merged({ ...before, status: 'gone' })?.status).toBe(status);
  });

  it('is new with what it is now', () => {
    expect(merged(aFollowed({ status: 'gone' }))?.asFound).toEqual({
      monthly: usd(400),
      licenses: [],
    });
  });
});

const aStatus = fc.constantFrom(...RecommendationStatus.options);
const anId = fc.constantFrom('rec-0000000001', 'rec-0000000002', 'rec-0000000003');
const anInstant = fc.integer({ min: -5, max: 5 }).map((days) => later(NOW, days * DAY_MS));
const aKnown = fc
  .record({
    id: anId,
    status: aStatus,
    asOf: anInstant,
    snoozedUntil: fc.option(anInstant),
    reason: fc.option(fc.constant('No')),
    dollars: fc.nat(300),
  })
  .map(({ id, status, asOf, snoozedUntil, reason, dollars }) =>
    aFollowed({
      about: { id, asOf, savings: savings(dollars) },
      status,
      snoozedUntil,
      decided: { by: 'U1', at: NOW, reason },
    }),
  );
const known = fc.uniqueArray(aKnown, { selector: ({ recommendation }) => recommendation.id });
const aFound = fc
  .record({ id: anId, asOf: anInstant, dollars: fc.nat(300) })
  .map(({ id, asOf, dollars }) => found({ id, asOf, savings: savings(dollars) }));
const aRun = fc.record({ found: fc.array(aFound, { maxLength: 6 }), complete: fc.boolean() });

/** What is known after a merge was written. */
function after(
  before: readonly FollowedRecommendation[],
  changed: readonly FollowedRecommendation[],
): readonly FollowedRecommendation[] {
  const all = new Map([...before, ...changed].map((one) => [one.recommendation.id, one]));
  return [...all.values()];
}

describe('merging', () => {
  it('twice is merging once', () => {
    fc.assert(
      fc.property(known, aRun, (before, run) => {
        const once = after(before, mergeFound(before, run, NIGHT));

        expect(mergeFound(once, run, NIGHT)).toEqual([]);
      }),
    );
  });

  it('comes to the same in any order', () => {
    fc.assert(
      fc.property(known, aRun, (before, run) => {
        const turned = { ...run, found: run.found.toReversed() };

        expect(mergeFound(before.toReversed(), turned, NIGHT)).toEqual(
          mergeFound(before, run, NIGHT),
        );
      }),
    );
  });

  it('never changes what was accepted, begun or done, and raises each version by one', () => {
    fc.assert(
      fc.property(known, aRun, (before, run) => {
        const byId = new Map(before.map((one) => [one.recommendation.id, one]));
        for (const one of mergeFound(before, run, NIGHT)) {
          const was = byId.get(one.recommendation.id);
          expect(one.version).toBe((was?.version ?? 0) + 1);
          if (was === undefined || !['accepted', 'in-progress', 'done'].includes(was.status)) {
            continue;
          }
          const { version, lastSeenAt } = one;
          expect(one).toEqual({ ...was, version, lastSeenAt });
        }
      }),
    );
  });
});

describe('how long a recommendation is kept', () => {
  it.each([
    ['done', anAccepted({ status: 'done', doneAt: NIGHT }), later(NIGHT, 60 * DAY_MS)],
    ['done, nobody knows when', anAccepted({ status: 'done' }), later(NOW, 60 * DAY_MS)],
    ['gone', aFollowed({ status: 'gone' }), later(NOW, 60 * DAY_MS)],
    ['new', aFollowed(), null],
    ['dismissed', DISMISSED, null],
  ])('%s', (_what, followed, until) => {
    expect(keptUntil(followed)).toEqual(until);
  });
});
