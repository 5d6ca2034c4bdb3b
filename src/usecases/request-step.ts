import type { DecisionCommand } from '#domain/jobs/decision-command.ts';
import type { LaunchChoice } from '#domain/launch/launch-plan.ts';
import {
  decideRecommendation,
  recommendationStream,
} from '#domain/optimization/follow/decide-recommendation.ts';
import type { RecommendationCommand } from '#domain/optimization/follow/recommendation-command.ts';
import type { FollowedRecommendation } from '#domain/optimization/followed-recommendation.ts';
import type { Step } from '#domain/optimization/recommendation.ts';
import { choiceOfStep } from '#domain/optimization/step-choice.ts';
import { NO_STEP } from '#domain/requests/change.ts';
import { poolsToRead, wasAnswered } from '#domain/requests/decision-outcome.ts';
import type { Channels } from '#ports/channels.ts';
import type { People } from '#ports/people.ts';
import type { Policies } from '#ports/policies.ts';
import type { Snapshots } from '#ports/snapshots.ts';
import { isClickedInShared } from '#usecases/click-place.ts';
import { type CommitPorts, decideAndCommit } from '#usecases/commit-change.ts';
import { decideOnRecommendation, readLinked } from '#usecases/decide-recommendation.ts';
import { submitRequest } from '#usecases/submit-request.ts';
import { messageOf, toldStep } from '#usecases/tell-recommendation.ts';

interface Ports extends CommitPorts {
  readonly policies: Policies;
  readonly snapshots: Snapshots;
  readonly people: People;
  readonly channels: Channels;
}
type RequestStep = Extract<DecisionCommand, { kind: 'request-step' }>;
/** A step that may be requested now, as the request that it becomes. */
interface Asked {
  readonly requestId: string;
  readonly step: Step;
  readonly followed: FollowedRecommendation;
}

/**
 * Make a step of an accepted recommendation a request like any other, and note it there. Delivered
 * again, it is the same request.
 */
export async function requestStep(ports: Ports, command: RequestStep): Promise<void> {
  const asked = await judge(ports, command);
  if (asked === null) return;
  const { requestId, step, followed } = asked;
  const choice = await readChoice(ports, asked);
  if (choice === null) {
    const message = messageOf(command, { kind: 'no-request' });
    await decideAndCommit(ports, async () => ({ ...NO_STEP, messages: [message] }));
    return;
  }
  const { key, at, by, route, principal, replyTo } = command;
  await submitRequest(ports, {
    ...{ kind: 'submit', key, at, requestId, by, for: by, choice, retryOf: null },
    ...{ route, principal, replyTo },
    reason: reasonOf(followed, step, command.step),
  });
  // What became of it is said by the request; one that was refused outright is none.
  if ((await ports.store.request(requestId)) === null) return;
  await decideOnRecommendation(ports, linkOf(command, requestId));
}

/** Whether the step may be requested; who may not hears why, and nothing is asked for. */
async function judge(ports: Ports, command: RequestStep): Promise<Asked | null> {
  const { store, people, policies, now, sha256 } = ports;
  const { recommendationId } = command;
  const [actor, shared] = await Promise.all([
    people.get(command.by),
    isClickedInShared(ports, command),
  ]);
  let asked: Asked | null = null;
  await decideAndCommit(ports, async () => {
    const [followed, trail, published] = await Promise.all([
      store.recommendation(recommendationId),
      store.auditTrail(recommendationStream(recommendationId)),
      policies.current(),
    ]);
    asked = null;
    if (wasAnswered(trail, command)) return null;
    const step = followed?.recommendation.steps[command.step];
    const before = (followed?.requests ?? []).filter((one) => one.step === command.step);
    const requestId = requestIdOf(sha256(`${recommendationId}\n${command.step}\n${before.length}`));
    const linked = await readLinked(store, followed?.requests.map((one) => one.requestId) ?? []);
    // As if it had been asked for: the same rules say whether it may be noted then.
    const link = linkOf(command, requestId);
    const requests =
      step === undefined
        ? linked
        : [
            ...linked,
            {
              id: requestId,
              status: 'pending' as const,
              account: step.account,
              region: step.region,
            },
          ];
    const outcome = decideRecommendation(
      { followed, requests, published, actor, shared },
      link,
      now(),
    );
    if (outcome.kind !== 'decided' || followed === null || step === undefined) {
      return toldStep(outcome, link);
    }
    asked = { requestId, step, followed };
    return null;
  });
  return asked;
}

function linkOf(
  { key, at, recommendationId, step, by, replyTo }: RequestStep,
  requestId: string,
): RecommendationCommand {
  const action = { do: 'link-request', step, requestId } as const;
  return { kind: 'recommendation', key, at, recommendationId, action, by, replyTo };
}

async function readChoice(
  { snapshots, store }: Ports,
  { step, followed }: Asked,
): Promise<LaunchChoice | null> {
  const shard = await snapshots.shard(step);
  const pools = await store.ledgers(poolsToRead(null, shard));
  const instances = shard?.instances ?? [];
  return choiceOfStep(step, { instances, pools, hosts: await allocatedHosts(store, followed) });
}

/** The hosts that requests for other steps allocated, by what steps call them. */
async function allocatedHosts(
  store: Ports['store'],
  { recommendation, requests }: FollowedRecommendation,
): Promise<ReadonlyMap<string, string>> {
  const hosts = new Map<string, string>();
  for (const { step: place, requestId } of requests) {
    const step = recommendation.steps[place];
    if (step?.do !== 'allocate-host') continue;
    const request = await store.request(requestId);
    const [hostId] = request?.instanceIds ?? [];
    if (hostId !== undefined) hosts.set(step.ref, hostId);
  }
  return hosts;
}

const ID_DIGITS = 10;
const BASE = 36n;

/** `req-` and ten base-36 digits: the same step asked for again after a request in vain is another. */
function requestIdOf(digest: string): string {
  const digits = (BigInt(`0x${digest}`) % BASE ** BigInt(ID_DIGITS)).toString(36);
  return `req-${digits.padStart(ID_DIGITS, '0')}`;
}

function reasonOf({ recommendation }: FollowedRecommendation, step: Step, place: number): string {
  return `Step ${place + 1} (${step.do}) of recommendation ${recommendation.id}: ${recommendation.kind}`;
}
