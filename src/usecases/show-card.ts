import { approvalRuleFor } from '#domain/approval-rules.ts';
import { approvalSubject } from '#domain/approval-subject.ts';
import type { AnswerJob } from '#domain/job.ts';
import type { LaunchRequest } from '#domain/launch-request.ts';
import type { PoolLedger } from '#domain/license-pool.ts';
import type { Policy } from '#domain/policy.ts';
import type { CardAudience, Cards } from '#ports/cards.ts';
import type { DecisionStore } from '#ports/decision-store.ts';
import type { CardPlace, Notifier } from '#ports/notifier.ts';
import type { Policies } from '#ports/policies.ts';
import { NotFound, Unavailable } from '#src/errors.ts';

interface Ports {
  readonly store: Pick<DecisionStore, 'request' | 'ledgers'>;
  readonly policies: Policies;
  readonly cards: Cards;
  readonly notifier: Notifier;
  readonly now: () => Date;
  readonly pause: (ms: number) => Promise<void>;
}

/** Another run that posts the same card is done within this, or it is dead. */
const CLAIM_TRIES = 20;
const CLAIM_PAUSE_MS = 250;

/**
 * Bring a request's cards up to date: one in the approvers' channel, one with the requester. Posted
 * once, then edited; repeats and late runs change nothing.
 */
export async function showCard(
  ports: Ports,
  { requestId }: Extract<AnswerJob, { kind: 'card' }>,
): Promise<void> {
  const request = await ports.store.request(requestId);
  if (request === null) throw new NotFound(`No request ${requestId}`);
  const ledgers = await ports.store.ledgers(request.evaluation.draws.map(({ poolId }) => poolId));
  const published = await ports.policies.current();
  const channelId =
    published === null ? null : approversChannel(published.policy, request, ledgers);
  if (channelId !== null) await showTo(ports, 'approvers', channelId, request, ledgers);
  await showTo(ports, 'requester', request.requestedBy, request, ledgers);
}

/** `null` for what was refused on arrival: there is nothing to approve. */
function approversChannel(
  policy: Policy,
  request: LaunchRequest,
  ledgers: readonly PoolLedger[],
): string | null {
  if (request.evaluation.verdict === 'refuse') return null;
  return approvalRuleFor(policy, approvalSubject(request, ledgers))?.channel ?? null;
}

async function showTo(
  ports: Ports,
  audience: CardAudience,
  channelId: string,
  request: LaunchRequest,
  ledgers: readonly PoolLedger[],
): Promise<void> {
  const claim = await claimCard(ports, audience, request);
  if (claim === 'newer') return;
  const place = await show(ports, claim, channelId, { request, ledgers, audience });
  await ports.cards.shown(request.id, audience, request.version, place);
}

async function show(
  { notifier }: Ports,
  known: CardPlace | null,
  channelId: string,
  {
    request,
    ledgers,
    audience,
  }: { request: LaunchRequest; ledgers: readonly PoolLedger[]; audience: CardAudience },
): Promise<CardPlace> {
  if (known === null) return notifier.postCard({ channelId }, request, ledgers, audience);
  await notifier.updateCard(known, request, ledgers, audience);
  return known;
}

async function claimCard(
  { cards, now, pause }: Ports,
  audience: CardAudience,
  { id, version }: LaunchRequest,
): Promise<CardPlace | null | 'newer'> {
  for (let attempt = 0; attempt < CLAIM_TRIES; attempt += 1) {
    const claim = await cards.claim(id, audience, version, now());
    if (claim !== 'taken') return claim;
    await pause(CLAIM_PAUSE_MS);
  }
  throw new Unavailable(`The card of ${id} is being posted elsewhere`);
}
