import type { DecisionCommand } from '#domain/job.ts';
import type { LaunchRequest } from '#domain/launch-request.ts';
import type { PoolId } from '#domain/license-pool.ts';
import type { Policy } from '#domain/policy.ts';
import { type Promotion, promote } from '#domain/promote.ts';
import type { Policies } from '#ports/policies.ts';
import { type CommitPorts, decideAndCommit } from '#usecases/commit-change.ts';

interface Ports extends CommitPorts {
  readonly policies: Policies;
}

/** Serve a pool's line: give the first request that can be served its holds. Its step serves the next. */
export async function promoteWaiting(
  ports: Ports,
  { poolId }: Extract<DecisionCommand, { kind: 'promote' }>,
): Promise<void> {
  const published = await ports.policies.current();
  if (published === null) return;
  await decideAndCommit(ports, async () => {
    const [pool] = await ports.store.ledgers([poolId]);
    for (const requestId of pool?.waiting ?? []) {
      const promotion = await consider(ports, poolId, requestId, published.policy);
      if (promotion.kind === 'promoted') return promotion.step;
      if (promotion.kind === 'first-in-line') return null;
    }
    return null;
  });
}

async function consider(
  { store, now }: Ports,
  poolId: PoolId,
  requestId: LaunchRequest['id'],
  policy: Policy,
): Promise<Promotion> {
  const request = await store.request(requestId);
  if (request === null) return { kind: 'skipped' };
  const [ledgers, quota] = await Promise.all([
    store.ledgers(request.evaluation.draws.map((draw) => draw.poolId)),
    store.quota(request.requestedBy),
  ]);
  return promote({ poolId, request, ledgers, quota, policy }, now());
}
