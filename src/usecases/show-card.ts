import { gateFor } from '#domain/approval-rules.ts';
import { approvalSubject } from '#domain/approval-subject.ts';
import type { AnswerJob } from '#domain/job.ts';
import type { LaunchRequest } from '#domain/launch-request.ts';
import type { PoolLedger } from '#domain/license-pool.ts';
import type { Policy } from '#domain/policy.ts';
import type { DecisionStore } from '#ports/decision-store.ts';
import type { Notifier } from '#ports/notifier.ts';
import type { Policies } from '#ports/policies.ts';
import { NotFound } from '#src/errors.ts';
import { type CardPorts, keepCard } from '#usecases/keep-card.ts';

interface Ports extends CardPorts {
  readonly store: Pick<DecisionStore, 'request' | 'ledgers'>;
  readonly policies: Policies;
  readonly notifier: Notifier;
}

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
  return gateFor(policy, approvalSubject(policy, request, ledgers))?.channel ?? null;
}

async function showTo(
  ports: Ports,
  audience: 'approvers' | 'requester',
  channelId: string,
  request: LaunchRequest,
  ledgers: readonly PoolLedger[],
): Promise<void> {
  const { notifier } = ports;
  await keepCard(ports, {
    subjectId: request.id,
    audience,
    version: request.version,
    post: () => notifier.postCard({ channelId }, request, ledgers, audience),
    update: (place) => notifier.updateCard(place, request, ledgers, audience),
  });
}
