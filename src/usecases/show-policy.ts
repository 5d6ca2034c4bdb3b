import type { AnswerJob } from '#domain/jobs/answer-job.ts';
import { namedUserGroups } from '#domain/policy/named-user-groups.ts';
import type { PublishedPolicy } from '#domain/policy/policy.ts';
import { policyChanges } from '#domain/policy/policy-changes.ts';
import { policyWarnings } from '#domain/policy/policy-document.ts';
import { mayConfirmAlone } from '#domain/policy/policy-proposal.ts';
import type { Notifier, PolicyCard } from '#ports/notifier.ts';
import type { People } from '#ports/people.ts';
import type { Policies } from '#ports/policies.ts';
import type { PolicyProposals } from '#ports/policy-proposals.ts';
import { DeliveryRefused, NotFound } from '#src/errors.ts';
import { type ChannelCardPorts, keepCard, tryAll } from '#usecases/keep-card.ts';
import { sharedChannels } from '#usecases/shared-channels.ts';

interface Ports extends ChannelCardPorts {
  readonly policies: Policies;
  readonly proposals: PolicyProposals;
  readonly people: Pick<People, 'members'>;
  readonly notifier: Pick<Notifier, 'postPolicyCard' | 'updatePolicyCard' | 'policyNotice'>;
  /** Slack user ids that administer while no policy is published. */
  readonly firstAdministrators: readonly string[];
}
type JobOf<Kind extends AnswerJob['kind']> = Extract<AnswerJob, { kind: Kind }>;

/**
 * Bring a proposal's card up to date: in the channel of the first approval rule in force when it was
 * made, or with each administrator where there is no such channel or others see it.
 */
export async function showPolicyCard(
  ports: Ports,
  { proposalId }: JobOf<'policy-card'>,
): Promise<void> {
  const { policies, proposals, people, firstAdministrators } = ports;
  const proposal = await proposals.proposal(proposalId);
  if (proposal === null) throw new NotFound(`No policy proposal ${proposalId}`);
  const [before, after] = await Promise.all([
    proposal.expected === null ? null : policies.byHash(proposal.expected),
    policies.byHash(proposal.hash),
  ]);
  if (after === null) throw new NotFound(`No policy document ${proposal.hash}`);
  const [userGroups, shared] = await Promise.all([
    people.members(namedUserGroups(after.policy)),
    sharedChannels(ports, after.policy),
  ]);
  await showToAdministrators(ports, before, {
    proposal,
    changes: policyChanges(before?.policy ?? null, after.policy),
    warnings: policyWarnings(after.policy, userGroups, shared),
    alone: mayConfirmAlone(proposal, firstAdministrators),
  });
}

async function showToAdministrators(
  ports: Ports,
  before: PublishedPolicy | null,
  card: PolicyCard,
): Promise<void> {
  const channelId = before?.policy.approvals[0]?.channel;
  const people = before?.policy.roles.administrator.users ?? ports.firstAdministrators;
  if (channelId === undefined) return showToEach(ports, people, card);
  try {
    await showIn(ports, channelId, card);
    if (!(await ports.channels.isShared(channelId))) return;
  } catch (error) {
    // A policy whose channel is gone must still be replaceable.
    if (!(error instanceof DeliveryRefused)) throw error;
  }
  await showToEach(ports, people, card);
}

async function showToEach(
  ports: Ports,
  personIds: readonly string[],
  card: PolicyCard,
): Promise<void> {
  if (personIds.length === 0) throw new NotFound('There is no administrator to show a policy to');
  await tryAll(personIds.map((id) => showIn(ports, id, card)));
}

/** In a channel or, by their id, with a person. */
function showIn(ports: Ports, channelId: string, card: PolicyCard): Promise<void> {
  const { id, version } = card.proposal;
  return keepCard(ports, {
    subjectId: id,
    audience: `administrators/${channelId}`,
    version,
    post: () => ports.notifier.postPolicyCard(channelId, card),
    update: (place) => ports.notifier.updatePolicyCard(place, card),
  });
}

/** Tell somebody what became of their click on a proposal. */
export async function tellPolicyNotice(
  { proposals, notifier }: Ports,
  { proposalId, notice, replyTo }: JobOf<'policy-notice'>,
): Promise<void> {
  await notifier.policyNotice(replyTo, await proposals.proposal(proposalId), notice);
}
