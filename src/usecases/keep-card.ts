import type { CardAudience, Cards } from '#ports/cards.ts';
import type { Channels } from '#ports/channels.ts';
import type { CardPlace } from '#ports/notifier.ts';
import { DeliveryRefused, Unavailable } from '#src/errors.ts';

export interface CardPorts {
  readonly cards: Cards;
  readonly now: () => Date;
  readonly pause: (ms: number) => Promise<void>;
}

/** One card of a request or proposal, as it is to be shown. */
export interface Card {
  readonly subjectId: string;
  readonly audience: CardAudience;
  /** Of the subject: a card never goes back to an earlier one. */
  readonly version: number;
  readonly post: () => Promise<CardPlace>;
  readonly update: (place: CardPlace) => Promise<void>;
  /** Where it belongs, when that may change, and what to leave where it was. */
  readonly home?: {
    readonly channelId: string;
    readonly leave: (place: CardPlace) => Promise<void>;
  };
}

export interface ChannelCardPorts extends CardPorts {
  readonly channels: Channels;
}

/** A card for those who are in a channel. */
export interface ChannelCard extends Omit<Card, 'post'> {
  readonly channelId: string;
  /** Posts to a channel or, by their id, to a person. */
  readonly post: (channelId: string) => Promise<CardPlace>;
  /** Who gets it directly while the channel does not show it. */
  readonly instead: readonly string[];
}

/** Another run that posts the same card is done within this, or it is dead. */
const CLAIM_TRIES = 20;
const CLAIM_PAUSE_MS = 250;

/** Post a card the first time, edit it afterwards; repeats and late runs change nothing. */
export async function keepCard(ports: CardPorts, card: Card): Promise<void> {
  const claim = await claimCard(ports, card);
  if (claim === 'newer') return;
  const place = await show(ports, card, claim);
  await ports.cards.shown(card.subjectId, card.audience, card.version, place);
}

/**
 * Keep a card in a channel. While people of another organization see that, the notifier shows a line
 * without content there (T06), and others get the card itself, each directly.
 */
export async function keepChannelCard(
  ports: ChannelCardPorts,
  { channelId, post, instead, ...card }: ChannelCard,
): Promise<void> {
  const shared = await ports.channels.isShared(channelId);
  const directly = (personId: string): Promise<void> =>
    keepCard(ports, {
      ...card,
      audience: `direct/${card.audience}/${personId}`,
      post: () => post(personId),
    });
  await tryAll([
    keepCard(ports, { ...card, post: () => post(channelId) }),
    ...(shared ? instead.map(directly) : []),
  ]);
}

/** Everything is tried before a failure is thrown: first one that may pass, so that it is tried again. */
export async function tryAll(shown: readonly Promise<unknown>[]): Promise<void> {
  const results = await Promise.allSettled(shown);
  const failures = results.filter((result) => result.status === 'rejected');
  const first = failures.find(({ reason }) => !(reason instanceof DeliveryRefused)) ?? failures[0];
  if (first !== undefined) throw first.reason;
}

/** What Slack refused is tried again by the queue, and nobody has to wait for the claim until then. */
async function show({ cards }: CardPorts, card: Card, known: CardPlace | null): Promise<CardPlace> {
  try {
    if (known === null) return await card.post();
    if (card.home !== undefined && card.home.channelId !== known.channelId) {
      return await move(card, card.home, known);
    }
    await card.update(known);
    return known;
  } catch (error) {
    // A claim that cannot be given up ends by itself.
    await cards.release(card.subjectId, card.audience).catch(() => undefined);
    throw error;
  }
}

/** The old place is only left: when it is gone, the card is posted all the same. */
async function move(
  { post }: Card,
  { leave }: NonNullable<Card['home']>,
  known: CardPlace,
): Promise<CardPlace> {
  try {
    await leave(known);
  } catch (error) {
    if (!(error instanceof DeliveryRefused)) throw error;
  }
  return post();
}

async function claimCard(
  { cards, now, pause }: CardPorts,
  { subjectId, audience, version }: Card,
): Promise<CardPlace | null | 'newer'> {
  for (let attempt = 0; attempt < CLAIM_TRIES; attempt += 1) {
    const claim = await cards.claim(subjectId, audience, version, now());
    if (claim !== 'taken') return claim;
    await pause(CLAIM_PAUSE_MS);
  }
  throw new Unavailable(`The card of ${subjectId} is being posted elsewhere`);
}
