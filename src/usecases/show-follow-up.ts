import type { FollowUp } from '#domain/follow-ups/follow-up.ts';
import { poolsOfFollowUp, reviewChannel } from '#domain/follow-ups/follow-up-reviewers.ts';
import type { AnswerJob } from '#domain/jobs/answer-job.ts';
import type { Policy } from '#domain/policy/policy.ts';
import type { DecisionStore } from '#ports/decision-store.ts';
import type { FollowUpCard, Notifier } from '#ports/notifier.ts';
import type { Policies } from '#ports/policies.ts';
import type { Snapshots } from '#ports/snapshots.ts';
import { NotFound } from '#src/errors.ts';
import { type ChannelCard, type ChannelCardPorts, keepChannelCard } from '#usecases/keep-card.ts';

interface Ports extends ChannelCardPorts {
  readonly store: Pick<DecisionStore, 'followUp' | 'ledgers'>;
  readonly policies: Policies;
  readonly snapshots: Pick<Snapshots, 'organization'>;
  readonly notifier: Pick<Notifier, 'postFollowUpCard' | 'updateFollowUpCard' | 'followUpNotice'>;
}
type JobOf<Kind extends AnswerJob['kind']> = Extract<AnswerJob, { kind: Kind }>;

/**
 * Bring a follow-up's card up to date in the channel of those who review it; while people of another
 * organization see that, with the administrators, who may review everything. What was ignored until a
 * date gets a new card then, because an edit far up in a channel is seen by nobody.
 */
export async function showFollowUp(
  ports: Ports,
  { followUpId }: JobOf<'follow-up-card'>,
): Promise<void> {
  const followUp = await ports.store.followUp(followUpId);
  if (followUp === null) throw new NotFound(`No follow-up ${followUpId}`);
  const published = await ports.policies.current();
  if (published === null) throw new NotFound('No policy says where follow-ups are shown');
  const { policy } = published;
  const ledgers = await ports.store.ledgers(poolsOfFollowUp(followUp));
  const channelId = channelFor(policy, followUp, ledgers);
  if (channelId === null) throw new NotFound('No approval rule has a channel');
  const accountName = await nameOf(ports, policy, followUp.account);
  const instead = policy.roles.administrator.users;
  for (let round = 0; round <= reopenings(followUp); round += 1) {
    await showIn(ports, { channelId, instead }, round, { followUp, accountName, ledgers });
  }
}

/** An override is reviewed where it was announced. */
function channelFor(
  policy: Policy,
  followUp: FollowUp,
  ledgers: FollowUpCard['ledgers'],
): string | null {
  const announced = followUp.kind === 'override-review' ? policy.override?.channel : undefined;
  return announced ?? reviewChannel(policy, followUp, ledgers);
}

/** How often it was ignored, and is no longer. */
function reopenings({ decisions, status }: FollowUp): number {
  const ignored = decisions.filter(({ action }) => action.do === 'ignore').length;
  return status === 'ignored' ? Math.max(0, ignored - 1) : ignored;
}

function showIn(
  ports: Ports,
  where: Pick<ChannelCard, 'channelId' | 'instead'>,
  round: number,
  card: FollowUpCard,
): Promise<void> {
  const { id, version } = card.followUp;
  return keepChannelCard(ports, {
    ...where,
    subjectId: id,
    audience: `reviewers/${round}`,
    version,
    post: (channelId) => ports.notifier.postFollowUpCard(channelId, card),
    update: (place) => ports.notifier.updateFollowUpCard(place, card),
  });
}

async function nameOf(
  { snapshots }: Ports,
  { accounts, organization }: Policy,
  account: string,
): Promise<string> {
  const listed = accounts.find(({ id }) => id === account)?.name;
  if (listed !== undefined || organization === undefined) return listed ?? account;
  const seen = await snapshots.organization();
  return seen?.accounts.find((member) => member.account === account)?.name ?? account;
}

/** Tell somebody what became of their click on a follow-up. */
export async function tellFollowUpNotice(
  { store, notifier }: Pick<Ports, 'store' | 'notifier'>,
  { followUpId, notice, replyTo }: JobOf<'follow-up-notice'>,
): Promise<void> {
  await notifier.followUpNotice(replyTo, await store.followUp(followUpId), notice);
}
