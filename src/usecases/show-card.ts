import type { AnswerJob } from '#domain/job.ts';
import type { PoolLedger } from '#domain/licenses/license-pool.ts';
import { approvalRuleFor } from '#domain/policy/approval-rules.ts';
import { approvalSubject } from '#domain/policy/approval-subject.ts';
import type { Policy } from '#domain/policy/policy.ts';
import type { LaunchRequest } from '#domain/requests/launch-request.ts';
import type { DecisionStore } from '#ports/decision-store.ts';
import type { CardPlace, Notifier, RequestAudience } from '#ports/notifier.ts';
import type { Policies } from '#ports/policies.ts';
import { NotFound, Unavailable } from '#src/errors.ts';
import { type CardPorts, keepCard } from '#usecases/keep-card.ts';

interface Ports extends CardPorts {
  readonly store: Pick<DecisionStore, 'request' | 'ledgers'>;
  readonly policies: Policies;
  readonly notifier: Pick<
    Notifier,
    'postCard' | 'updateCard' | 'moveCard' | 'remind' | 'announceOverride'
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
  if (channelId !== null) await showTo(ports, 'approvers', channelId, shown);
  await showTo(ports, 'requester', request.requestedBy, shown);
  if (request.for !== request.requestedBy) await showTo(ports, 'beneficiary', request.for, shown);
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
 * Ask again those who are waited for, in the thread of the approvers' card, once. Said for nothing
 * that was decided or changed meanwhile.
 */
export async function remindApprovers(
  ports: Ports,
  { key, requestId, generation, escalation }: JobOf<'reminder'>,
): Promise<void> {
  const request = await ports.store.request(requestId);
  if (request === null || request.status !== 'pending' || request.generation !== generation) return;
  const place = await ports.cards.place(requestId, 'approvers');
  if (place === null) throw new Unavailable(`Request ${requestId} has no card yet`);
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
  await sayOnce(ports, requestId, key, () => ports.notifier.announceOverride(channelId, request));
}

function sayOnce(
  ports: CardPorts,
  subjectId: string,
  key: string,
  post: () => ReturnType<Notifier['postCard']>,
): Promise<void> {
  const update = async () => undefined;
  return keepCard(ports, { subjectId, audience: `once/${key}`, version: 1, post, update });
}
