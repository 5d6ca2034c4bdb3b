import type { AnswerJob } from '#domain/jobs/answer-job.ts';
import type { PoolLedger } from '#domain/licenses/license-pool.ts';
import { approvalRuleFor } from '#domain/policy/approval-rules.ts';
import { approvalSubject } from '#domain/policy/approval-subject.ts';
import type { Policy } from '#domain/policy/policy.ts';
import type { LaunchRequest } from '#domain/requests/launch-request.ts';
import { gateState } from '#domain/requests/request-gate.ts';
import type { DecisionStore } from '#ports/decision-store.ts';
import type { CardPlace, Notifier, RequestAudience } from '#ports/notifier.ts';
import type { Policies } from '#ports/policies.ts';
import { NotFound, Unavailable } from '#src/errors.ts';
import { type ChannelCardPorts, keepCard, keepChannelCard, tryAll } from '#usecases/keep-card.ts';

interface Ports extends ChannelCardPorts {
  readonly store: Pick<DecisionStore, 'request' | 'ledgers'>;
  readonly policies: Policies;
  readonly notifier: Pick<
    Notifier,
    'postCard' | 'updateCard' | 'moveCard' | 'remind' | 'announceOverride' | 'tellWithheld'
  >;
}
type JobOf<Kind extends AnswerJob['kind']> = Extract<AnswerJob, { kind: Kind }>;

/**
 * Bring a request's cards up to date: one in the approvers' channel, one with the requester, one with
 * whom it is for. Posted once, then edited; repeats and late runs change nothing.
 */
export async function showCard(ports: Ports, { requestId }: JobOf<'card'>): Promise<void> {
  const request = await ports.store.request(requestId);
  if (request === null) throw new NotFound(`No request ${requestId}`);
  const ledgers = await ports.store.ledgers(request.evaluation.draws.map(({ poolId }) => poolId));
  const published = await ports.policies.current();
  const shown = { request, ledgers, mayOverride: hasOverride(published?.policy, request) };
  const channelId = await approversChannel(ports, request, ledgers, published?.policy);
  const { requestedBy, for: beneficiary } = request;
  const administrators = published?.policy.roles.administrator.users ?? [];
  const told = [requestedBy, ...waitedFor(request), ...administrators];
  await tryAll([
    ...(channelId === null ? [] : [showTo(ports, 'approvers', channelId, shown)]),
    showTo(ports, 'requester', requestedBy, shown),
    ...(beneficiary === requestedBy ? [] : [showTo(ports, 'beneficiary', beneficiary, shown)]),
    ...(channelId === null ? [] : [tellIfWithheld(ports, request, channelId, told, 'withheld')]),
  ]);
}

/**
 * Where people of another organization see the channel that a request waits in, it is not shown there
 * (T06): `people` hear where to decide it, each once for a key. Says whether that is so.
 */
async function tellIfWithheld(
  ports: Ports,
  request: LaunchRequest,
  channelId: string,
  people: readonly string[],
  key: string,
): Promise<boolean> {
  if (request.status !== 'pending' || !(await ports.channels.isShared(channelId))) return false;
  const tell = (personId: string): Promise<void> =>
    sayOnce(ports, request.id, `${key}/${personId}`, () =>
      ports.notifier.tellWithheld(personId, request, channelId),
    );
  await tryAll([...new Set(people)].map(tell));
  return true;
}

/** By name: members of user groups find a request in their Home tab. */
function waitedFor(request: LaunchRequest): readonly string[] {
  return gateState(request)?.waitedFor.users ?? [];
}

/**
 * Where nobody has to approve it any more, those who were asked see so where they were asked; what
 * policy approves by itself is shown where it would be asked. `null` for what was refused on arrival.
 */
async function approversChannel(
  { cards }: Ports,
  request: LaunchRequest,
  ledgers: readonly PoolLedger[],
  policy: Policy | undefined,
): Promise<string | null> {
  if (request.gate !== null) return request.gate.channel;
  const place = await cards.place(request.id, 'approvers');
  if (place !== null) return place.channelId;
  if (policy === undefined || request.evaluation.verdict === 'refuse') return null;
  const choice = approvalRuleFor(policy, approvalSubject(policy, request, ledgers));
  return choice.kind === 'rule' ? choice.rule.channel : null;
}

/** A shared card cannot know its reader: the button is there where policy lets anybody override. */
function hasOverride(policy: Policy | undefined, { choice }: LaunchRequest): boolean {
  const override = policy?.override;
  return override !== undefined && (override.accounts?.includes(choice.account) ?? true);
}

async function showTo(
  ports: Ports,
  audience: RequestAudience,
  channelId: string,
  shown: {
    readonly request: LaunchRequest;
    readonly ledgers: readonly PoolLedger[];
    readonly mayOverride: boolean;
  },
): Promise<void> {
  const { notifier } = ports;
  const { request } = shown;
  const leave = (place: CardPlace): Promise<void> => notifier.moveCard(place, request, channelId);
  await keepCard(ports, {
    subjectId: request.id,
    audience,
    version: request.version,
    post: () => notifier.postCard(channelId, { ...shown, audience }),
    update: (place) => notifier.updateCard(place, { ...shown, audience }),
    ...(audience === 'approvers' ? { home: { channelId, leave } } : {}),
  });
}

/**
 * Ask again those who are waited for, in the thread of the approvers' card, once; directly while the
 * channel does not show it. Said for nothing that was decided or changed meanwhile.
 */
export async function remindApprovers(
  ports: Ports,
  { key, requestId, generation, escalation }: JobOf<'reminder'>,
): Promise<void> {
  const request = await ports.store.request(requestId);
  if (request === null || request.status !== 'pending' || request.generation !== generation) return;
  const place = await ports.cards.place(requestId, 'approvers');
  if (place === null) throw new Unavailable(`Request ${requestId} has no card yet`);
  if (await tellIfWithheld(ports, request, place.channelId, waitedFor(request), key)) return;
  await sayOnce(ports, requestId, key, () => ports.notifier.remind(place, request, escalation));
}

/** Tell the channel that policy names for it that somebody launched past the approvers, once. */
export async function announceOverride(
  ports: Ports,
  { key, requestId }: JobOf<'override-announcement'>,
): Promise<void> {
  const request = await ports.store.request(requestId);
  const override = request?.decisions.findLast(({ kind }) => kind === 'override');
  if (request === null || override === undefined) {
    throw new NotFound(`Nobody launched ${requestId} past its approvers`);
  }
  const published = await ports.policies.byHash(override.policyHash);
  const channelId = published?.policy.override?.channel;
  if (channelId === undefined) throw new NotFound(`No channel for the override of ${requestId}`);
  await keepChannelCard(ports, {
    subjectId: requestId,
    audience: `once/${key}`,
    version: 1,
    channelId,
    post: (place) => ports.notifier.announceOverride(place, request),
    update: async () => undefined,
    instead: published?.policy.roles.administrator.users ?? [],
  });
}

function sayOnce(
  ports: ChannelCardPorts,
  subjectId: string,
  key: string,
  post: () => ReturnType<Notifier['postCard']>,
): Promise<void> {
  const update = async () => undefined;
  return keepCard(ports, { subjectId, audience: `once/${key}`, version: 1, post, update });
}
