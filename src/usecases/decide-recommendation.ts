import {
  decideRecommendation,
  recommendationStream,
} from '#domain/optimization/follow/decide-recommendation.ts';
import type { RecommendationCommand } from '#domain/optimization/follow/recommendation-command.ts';
import type { LinkedRequest } from '#domain/optimization/follow/step-decisions.ts';
import type { FollowedRecommendation } from '#domain/optimization/followed-recommendation.ts';
import { wasAnswered } from '#domain/requests/decision-outcome.ts';
import type { Channels } from '#ports/channels.ts';
import type { DecisionStore } from '#ports/decision-store.ts';
import type { People } from '#ports/people.ts';
import type { Policies } from '#ports/policies.ts';
import { isClickedInShared } from '#usecases/click-place.ts';
import { type CommitPorts, decideAndCommit } from '#usecases/commit-change.ts';
import { toldStep } from '#usecases/tell-recommendation.ts';

interface Ports extends CommitPorts {
  readonly policies: Policies;
  readonly people: Pick<People, 'get'>;
  readonly channels: Channels;
}

/** Record what a person decides on a recommendation, and tell them what came of it. */
export async function decideOnRecommendation(
  ports: Ports,
  command: RecommendationCommand,
): Promise<void> {
  const { store, people, policies, now } = ports;
  const { recommendationId } = command;
  const actor = await people.get(command.by);
  const shared = await isClickedInShared(ports, command);
  await decideAndCommit(ports, async () => {
    const [followed, trail, published] = await Promise.all([
      store.recommendation(recommendationId),
      store.auditTrail(recommendationStream(recommendationId)),
      policies.current(),
    ]);
    if (wasAnswered(trail, command)) return null;
    const requests = await linkedRequests(store, followed, command);
    const outcome = decideRecommendation(
      { followed, requests, published, actor, shared },
      command,
      now(),
    );
    return toldStep(outcome, command);
  });
}

async function linkedRequests(
  store: Pick<DecisionStore, 'request'>,
  followed: FollowedRecommendation | null,
  { action }: RecommendationCommand,
): Promise<readonly LinkedRequest[]> {
  if (followed === null) return [];
  const known = followed.requests.map(({ requestId }) => requestId);
  return readLinked(store, action.do === 'link-request' ? [...known, action.requestId] : known);
}

/** Requests as the progress of steps asks of them. */
export async function readLinked(
  store: Pick<DecisionStore, 'request'>,
  ids: readonly string[],
): Promise<readonly LinkedRequest[]> {
  const requests = await Promise.all([...new Set(ids)].map((id) => store.request(id)));
  return requests
    .filter((request) => request !== null)
    .map(({ id, status, plan: { account, region } }) => ({ id, status, account, region }));
}
