import { type BeforeLaunch, judgeBeforeLaunch } from '#domain/requests/ask-again.ts';
import { poolsToRead } from '#domain/requests/decision-outcome.ts';
import { type Facts, factsOf } from '#domain/requests/judgement.ts';
import type { LaunchRequest } from '#domain/requests/launch-request.ts';
import type { Policies } from '#ports/policies.ts';
import type { Snapshots } from '#ports/snapshots.ts';
import { type CommitPorts, decideAndCommit } from '#usecases/commit-change.ts';
import { readTerms } from '#usecases/read-terms.ts';

interface Ports extends CommitPorts {
  readonly policies: Policies;
  readonly snapshots: Snapshots;
}

/**
 * Judge an approved request once more, just before its launch. When it is no longer what was approved,
 * that is written: it waits for approval again, and must not be launched.
 *
 * @returns `null` when it is not approved any more
 */
export async function judgeApproved(
  ports: Ports,
  { id, generation }: Pick<LaunchRequest, 'id' | 'generation'>,
): Promise<BeforeLaunch | null> {
  const { store, now, sha256 } = ports;
  let found: BeforeLaunch | null = null;
  await decideAndCommit(ports, async () => {
    const request = await store.request(id);
    if (request?.generation !== generation || request.status !== 'approved') {
      found = null;
      return null;
    }
    const facts = await readFacts(ports, request);
    found =
      facts === null
        ? { kind: 'impossible', reasons: [{ code: 'figures-missing' }] }
        : judgeBeforeLaunch(request, facts, now(), sha256);
    return found.kind === 'asked-again' ? found.step : null;
  });
  return found;
}

async function readFacts(ports: Ports, request: LaunchRequest): Promise<Facts | null> {
  const { store, policies, snapshots } = ports;
  const [published, shard, terms, quota] = await Promise.all([
    policies.current(),
    snapshots.shard(request.choice),
    readTerms(ports, request.choice, request),
    store.quota(request.requestedBy),
  ]);
  const ledgers = await store.ledgers(poolsToRead(request, shard));
  return factsOf({ ledgers, terms, quota, shard, published, userGroups: null });
}
