import type { CardPlace } from '#ports/notifier.ts';

export type CardAudience = 'approvers' | 'requester';

/** Remembers where each request's cards are, so that one card lives through the request's life. */
export interface Cards {
  /**
   * Claim the right to post or update a card at a request version, for one minute.
   *
   * @returns where the card is (`null`: post it), or `'taken'` when another run holds the claim,
   *   or `'newer'` when that version or a later one is already shown.
   */
  claim(
    requestId: string,
    audience: CardAudience,
    version: number,
    now: Date,
  ): Promise<CardPlace | null | 'taken' | 'newer'>;
  /** Note that the card at `place` shows `version`, and end the claim. */
  shown(
    requestId: string,
    audience: CardAudience,
    version: number,
    place: CardPlace,
  ): Promise<void>;
}
