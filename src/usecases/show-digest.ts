import { DIGEST_STREAM } from '#domain/audit/chain-digest.ts';
import type { AnswerJob } from '#domain/job.ts';
import type { DecisionStore } from '#ports/decision-store.ts';
import type { Notifier } from '#ports/notifier.ts';
import type { Policies } from '#ports/policies.ts';
import { NotFound } from '#src/errors.ts';
import { type CardPorts, keepCard } from '#usecases/keep-card.ts';

interface Ports extends CardPorts {
  readonly policies: Policies;
  readonly store: Pick<DecisionStore, 'auditTrail'>;
  readonly notifier: Pick<Notifier, 'postChainDigest'>;
}

/** Post a day's digest of the audit where the first rule's approvers are; once, and never edited. */
export async function showChainDigest(
  ports: Ports,
  { day }: Extract<AnswerJob, { kind: 'chain-digest' }>,
): Promise<void> {
  const trail = await ports.store.auditTrail(DIGEST_STREAM);
  const digest = trail.find(({ details }) => details['day'] === day);
  if (digest === undefined) throw new NotFound(`No digest of ${day}`);
  const channelId = (await ports.policies.current())?.policy.approvals[0]?.channel;
  // Nobody is there to be told before the first policy; `audit verify` finds the digest all the same.
  if (channelId === undefined) return;
  await keepCard(ports, {
    subjectId: `digest/${day}`,
    audience: 'approvers',
    version: 1,
    post: () => ports.notifier.postChainDigest(channelId, digest),
    update: async () => undefined,
  });
}
