import type { CardPlace, RequestAudience } from '#ports/notifier.ts';

/**
 * Who sees a card; administrators in a channel or, each, directly. What is said once beside a card,
 * such as a reminder, goes by its key; what a person sees instead of a channel, by both.
 */
export type CardAudience =
  | RequestAudience
  | `administrators/${string}`
  | `reviewers/${number}`
  | `once/${string}`
  | `direct/${string}`;

/** Remembers where the cards of each request and proposal are, so that one card lives through its life. */
export interface Cards {
  /**
   * Claim the right to post or update a card at a version of its subject, for one minute.
   *
   * @returns where the card is (`null`: post it), or `'taken'` when another run holds the claim,
   *   or `'newer'` when that version or a later one is already shown.
   */
  claim(
    subjectId: string,
    audience: CardAudience,
    version: number,
    now: Date,
  ): Promise<CardPlace | null | 'taken' | 'newer'>;
  /** Note that the card at `place` shows `version`, and end the claim. */
  shown(
    subjectId: string,
    audience: CardAudience,
    version: number,
    place: CardPlace,
  ): Promise<void>;
  /** Where a card is; `null` before it was shown. */
  place(subjectId: string, audience: CardAudience): Promise<CardPlace | null>;
  /** Give up a claim without having shown anything: another run may claim the card at once. */
  release(subjectId: string, audience: CardAudience): Promise<void>;
}
