import { later, MINUTE_MS } from '#domain/instant.ts';
import type { Cards } from '#ports/cards.ts';
import type { CardPlace } from '#ports/notifier.ts';

interface Card {
  readonly place: CardPlace | null;
  readonly shownVersion: number;
  readonly claimedUntil: Date | null;
}

/** Cards in memory. */
export function memoryCards(): Cards {
  const cards = new Map<string, Card>();
  const cardOf = (key: string): Card =>
    cards.get(key) ?? { place: null, shownVersion: 0, claimedUntil: null };
  return {
    async claim(requestId, audience, version, now) {
      const key = `${requestId}/${audience}`;
      const card = cardOf(key);
      if (card.shownVersion >= version) return 'newer';
      if (card.claimedUntil !== null && card.claimedUntil > now) return 'taken';
      cards.set(key, { ...card, claimedUntil: later(now, MINUTE_MS) });
      return card.place;
    },
    async shown(requestId, audience, version, place) {
      const key = `${requestId}/${audience}`;
      if (cardOf(key).shownVersion >= version) return;
      cards.set(key, { place, shownVersion: version, claimedUntil: null });
    },
    place: async (requestId, audience) => cardOf(`${requestId}/${audience}`).place,
    async release(requestId, audience) {
      const key = `${requestId}/${audience}`;
      cards.set(key, { ...cardOf(key), claimedUntil: null });
    },
  };
}
