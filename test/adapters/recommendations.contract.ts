import { beforeEach, describe, expect, it } from 'vitest';
import { DAY_MS, later } from '#domain/instant.ts';
import type { DecisionStore } from '#ports/decision-store.ts';
import type { RecommendationKeeper, Recommendations } from '#ports/recommendations.ts';
import { Conflict } from '#src/errors.ts';
import { aFollowed, anAccepted } from '../domain/optimization/follow/builders.ts';
import { aChange, anEntry } from './decision-store.contract.ts';

/** Recommendations as they are kept, and as they are decided on. */
export interface RecommendationsWorld {
  readonly recommendations: Recommendations & RecommendationKeeper;
  readonly store: DecisionStore;
  readonly now: () => Date;
  /** Lets a moment pass in which indexes catch up. */
  settle(): Promise<void>;
}

/** What every Recommendations and RecommendationKeeper promise, together with the DecisionStore. */
export function recommendationsContract(make: () => Promise<RecommendationsWorld>): void {
  let world: RecommendationsWorld;
  beforeEach(async () => {
    world = await make();
  });
  const ID = 'rec-0000000001';
  const named = (id: string) => ({ about: { id } });

  describe('recommendations', () => {
    it('are none before the first', async () => {
      expect(await world.recommendations.recommendation(ID)).toBeNull();
      expect(await world.store.recommendation(ID)).toBeNull();
      expect(await world.recommendations.followed()).toEqual([]);
    });

    it('come back as they were kept, whoever asks', async () => {
      const followed = anAccepted({
        asFound: null,
        decided: { by: 'U1', at: world.now(), reason: 'Ünïcode <!channel> 💥' },
        requests: [{ step: 0, requestId: 'req-0000000001' }],
        realized: [{ days: 7, at: world.now(), monthly: null, licenses: [], otherwise: ['i-1'] }],
      });

      expect(await world.recommendations.keep(followed)).toBe(true);
      await world.settle();

      expect(await world.recommendations.recommendation(ID)).toEqual(followed);
      expect(await world.store.recommendation(ID)).toEqual(followed);
      expect(await world.recommendations.followed()).toEqual([followed]);
    });

    it.each([
      ['a first, where there is one', 1],
      ['one that is as old', 2],
      ['one too new', 4],
    ])('are not written over by %s', async (_what, version) => {
      await world.recommendations.keep(aFollowed());
      await world.recommendations.keep(aFollowed({ version: 2, status: 'dismissed' }));

      expect(await world.recommendations.keep(aFollowed({ version }))).toBe(false);
      expect((await world.recommendations.recommendation(ID))?.status).toBe('dismissed');
    });

    it('are not begun in the middle', async () => {
      expect(await world.recommendations.keep(aFollowed({ version: 2 }))).toBe(false);
    });

    it('are decided in one transaction with its audit', async () => {
      await world.recommendations.keep(aFollowed());
      const audit = [anEntry({ stream: `recommendation/${ID}` })];
      const accepted = anAccepted({ version: 2 });
      await world.store.commit(aChange({ recommendations: [accepted], audit }));

      expect(await world.store.recommendation(ID)).toEqual(accepted);
      const late = aChange({
        recommendations: [anAccepted({ version: 2 })],
        audit: [anEntry({ stream: `recommendation/${ID}`, sequence: 2 })],
      });
      await expect(world.store.commit(late)).rejects.toBeInstanceOf(Conflict);
      expect(await world.store.auditTrail(`recommendation/${ID}`)).toEqual(audit);
      expect(await world.recommendations.keep(aFollowed({ version: 2 }))).toBe(false);
    });

    it('are listed in the order in which they were found, until they were over for 60 days', async () => {
      const day = (days: number) => later(world.now(), days * DAY_MS);
      const all = [
        aFollowed({ ...named('rec-0000000003'), firstSeenAt: day(-300), lastSeenAt: day(-300) }),
        anAccepted({
          ...named('rec-0000000002'),
          firstSeenAt: day(-200),
          status: 'done',
          doneAt: day(-59),
        }),
        anAccepted({
          ...named('rec-0000000004'),
          firstSeenAt: day(-199),
          status: 'done',
          doneAt: day(-61),
        }),
        aFollowed({ ...named(ID), firstSeenAt: day(-100), lastSeenAt: day(-61), status: 'gone' }),
      ];
      for (const one of all.toReversed()) await world.recommendations.keep(one);
      await world.settle();

      const listed = await world.recommendations.followed();
      expect(listed.map(({ recommendation: { id } }) => id)).toEqual([
        'rec-0000000003',
        'rec-0000000002',
      ]);
    });

    it('are many', async () => {
      const ids = Array.from(
        { length: 120 },
        (_, index) => `rec-${String(index).padStart(10, '0')}`,
      );
      await Promise.all(ids.map((id) => world.recommendations.keep(aFollowed(named(id)))));
      await world.settle();

      expect(await world.recommendations.followed()).toHaveLength(120);
    });
  });
}
