import { beforeEach, describe, expect, it } from 'vitest';
import { later } from '#domain/instant.ts';
import type { Cards } from '#ports/cards.ts';
import type { CardPlace } from '#ports/notifier.ts';
import { NOW } from '../builders.ts';

const ID = 'req-0000000001';
const PLACE: CardPlace = { channelId: 'C0APPROVAL', ts: '1763800000.000100' };
const OTHER: CardPlace = { channelId: 'C0APPROVAL', ts: '1763800000.000200' };

/** What every Cards promises. */
export function cardsContract(make: () => Promise<Cards>): void {
  let cards: Cards;
  beforeEach(async () => {
    cards = await make();
  });
  const claim = (version: number, ms = 0) => cards.claim(ID, 'approvers', version, later(NOW, ms));

  describe('a card', () => {
    it('is to be posted by the first who claims it, and by nobody else meanwhile', async () => {
      expect(await claim(1)).toBeNull();
      expect(await claim(1)).toBe('taken');
      expect(await claim(2, 59_999)).toBe('taken');
    });

    it('is claimed by exactly one of many at once', async () => {
      const claims = await Promise.all(Array.from({ length: 10 }, () => claim(1)));

      expect(claims.filter((one) => one === null)).toHaveLength(1);
      expect(claims.filter((one) => one === 'taken')).toHaveLength(9);
    });

    it('is where it was shown, for the next version', async () => {
      await claim(1);
      await cards.shown(ID, 'approvers', 1, PLACE);

      expect(await claim(2)).toEqual(PLACE);
    });

    it('is nowhere until it was shown', async () => {
      await claim(1);
      expect(await cards.place(ID, 'approvers')).toBeNull();

      await cards.shown(ID, 'approvers', 1, PLACE);

      expect(await cards.place(ID, 'approvers')).toEqual(PLACE);
      expect(await cards.place(ID, 'requester')).toBeNull();
    });

    it.each([1, 2, 3])('that shows version 3 is not shown version %i again', async (version) => {
      await claim(3);
      await cards.shown(ID, 'approvers', 3, PLACE);

      expect(await claim(version)).toBe('newer');
    });

    it('is free again at once when its run gives up', async () => {
      await claim(1);
      await cards.shown(ID, 'approvers', 1, PLACE);
      await claim(2);

      await cards.release(ID, 'approvers');

      expect(await claim(2)).toEqual(PLACE);
    });

    it('is free again a minute after a claim whose run was lost', async () => {
      await claim(1);

      expect(await claim(1, 60_000)).toBeNull();
    });

    it('keeps its place through a claim whose run was lost', async () => {
      await claim(1);
      await cards.shown(ID, 'approvers', 1, PLACE);
      await claim(2);

      expect(await claim(2, 60_000)).toEqual(PLACE);
    });

    it('is not turned back by a run that outlived its claim', async () => {
      await claim(1);
      await claim(2, 60_000);
      await cards.shown(ID, 'approvers', 2, PLACE);

      await cards.shown(ID, 'approvers', 1, OTHER);

      expect(await claim(2, 120_000)).toBe('newer');
      expect(await claim(3, 120_000)).toEqual(PLACE);
    });

    it('is another for another audience and another request', async () => {
      await claim(1);

      expect(await cards.claim(ID, 'requester', 1, NOW)).toBeNull();
      expect(await cards.claim('req-0000000002', 'approvers', 1, NOW)).toBeNull();
    });
  });
}
