import type { InventoryShard } from '#domain/estate/inventory.ts';
import { later, MINUTE_MS } from '#domain/instant.ts';
import { type Scope, scopeKey } from '#domain/scope.ts';
import { scopesOf } from '#usecases/scopes.ts';
import { seeAllocation } from '#usecases/see-resource.ts';
import { type SeePorts, seeEnd, seeRun } from '#usecases/see-run.ts';

/** EC2 may not show to a collection what began so shortly before it. */
const OVERLAP_MS = 10 * MINUTE_MS;

/** As many scopes at once as there are connections to the table. */
const AT_ONCE = 20;

/**
 * Find what events lost: everything that began to run since the snapshots were looked through last,
 * and follow-ups whose resources have ended. A scope that is new is only remembered: what ran there
 * before is nobody's news. Safe to repeat.
 */
export async function reconcileUsage(ports: SeePorts): Promise<void> {
  const published = await ports.policies.current();
  const organization =
    published?.policy.organization === undefined ? null : await ports.snapshots.organization();
  const scopes = scopesOf(published, [], organization);
  const ended = await openResources(ports);
  for (let start = 0; start < scopes.length; start += AT_ONCE) {
    const some = scopes.slice(start, start + AT_ONCE);
    await Promise.all(some.map((scope) => lookThrough(ports, scope, ended.get(scopeKey(scope)))));
  }
}

/** Ids of the instances of unsettled follow-ups, by scope. */
async function openResources({ requests }: SeePorts): Promise<ReadonlyMap<string, string[]>> {
  const open = await requests.followUps('unrequested');
  const byScope = Map.groupBy(open, scopeKey);
  return new Map(
    [...byScope].map(([scope, followUps]) => [
      scope,
      followUps.flatMap((followUp) =>
        followUp.kind === 'unrequested' ? followUp.resources.map(({ id }) => id) : [],
      ),
    ]),
  );
}

async function lookThrough(
  ports: SeePorts,
  scope: Scope,
  open: readonly string[] = [],
): Promise<void> {
  const instanceIds = open.filter((id) => id.startsWith('i-'));
  if (instanceIds.length > 0) await seeEnd(ports, scope, instanceIds, 'watch');
  const shard = await ports.snapshots.shard(scope);
  const asOf = shard?.sources.instances?.asOf ?? null;
  if (shard === null || asOf === null) return;
  const last = await ports.marks.lookedThrough(scope);
  if (last !== null && asOf <= last) return;
  if (last !== null) await findBegun(ports, shard, later(last, -OVERLAP_MS));
  await ports.marks.noteLookedThrough(scope, asOf);
}

async function findBegun(ports: SeePorts, shard: InventoryShard, since: Date): Promise<void> {
  const unknown = { cause: null, principal: null };
  for (const { instanceId, state, launchedAt: at } of shard.instances) {
    const runs = state === 'pending' || state === 'running';
    if (runs && at > since) await seeRun(ports, shard, instanceId, { ...unknown, at });
  }
  for (const { hostId, allocatedAt } of shard.hosts) {
    if (allocatedAt !== null && allocatedAt > since) {
      await seeAllocation(ports, { scope: shard, principal: null }, hostId);
    }
  }
}
