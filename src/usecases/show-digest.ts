import { DIGEST_STREAM } from '#domain/audit/chain-digest.ts';
import type { AnswerJob } from '#domain/jobs/answer-job.ts';
import type { DecisionStore } from '#ports/decision-store.ts';
import type { Notifier } from '#ports/notifier.ts';
import type { Policies } from '#ports/policies.ts';
import { NotFound } from '#src/errors.ts';
import { type ChannelCardPorts, keepChannelCard } from '#usecases/keep-card.ts';

interface Ports extends ChannelCardPorts {
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
  const policy = (await ports.policies.current())?.policy;
  const channelId = policy?.approvals[0]?.channel;
  // Nobody is there to be told before the first policy; `audit verify` finds the digest all the same.
  if (policy === undefined || channelId === undefined) return;
  await keepChannelCard(ports, {
    subjectId: `digest/${day}`,
    audience: 'approvers',
    version: 1,
    channelId,
    post: (place) => ports.notifier.postChainDigest(place, digest),
    update: async () => undefined,
    instead: policy.roles.administrator.users,
  });
}
