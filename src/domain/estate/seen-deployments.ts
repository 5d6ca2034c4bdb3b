import type { Deployment } from '#domain/estate/deployment.ts';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import type { Hold } from '#domain/licenses/license-pool.ts';
import type { LaunchRequest } from '#domain/requests/launch-request.ts';
import { isHost } from '#domain/requests/ledger.ts';

/** Which of the machines that open requests started are counted for which product. */
export interface SeenDeployments {
  /** Passes the deployments of an account and Region on. */
  note(shard: InventoryShard, deployments: readonly Deployment[]): readonly Deployment[];
  /** What of holds for a product is not counted yet, by consumer; those that are not named stay whole. */
  uncounted(product: string, holds: readonly Hold[]): ReadonlyMap<string, number>;
}

export function seenDeployments(openRequests: readonly LaunchRequest[]): SeenDeployments {
  const requests = new Map(openRequests.map((request) => [request.id, request]));
  const startedBy = new Map(
    openRequests.flatMap((request) => request.instanceIds.map((id) => [id, request] as const)),
  );
  const seen = new Set<string>();

  /** `null`: nothing tells, and it stays whole. */
  function left(product: string, { consumer, licenses, requestIds }: Hold): number | null {
    const started = requestIds
      .map((id) => requests.get(id)?.instanceIds ?? [])
      .filter((ids) => ids.length > 0)
      .map((ids) => ({
        all: ids.length,
        missing: ids.filter((id) => !seen.has(`${product} ${id}`)).length,
      }));
    if (isHost(consumer)) return started.some(({ missing }) => missing === 0) ? 0 : null;
    const [own] = started;
    return own === undefined ? null : Math.ceil((licenses * own.missing) / own.all);
  }

  return {
    note(shard, deployments) {
      const asOf = shard.sources.instances?.asOf ?? null;
      for (const { product, on } of deployments) {
        const request = startedBy.get(on.id);
        // As it was before a start or a resize, it is not what the request holds licenses for.
        if (request !== undefined && asOf !== null && asOf > request.updatedAt) {
          seen.add(`${product} ${on.id}`);
        }
      }
      return deployments;
    },
    uncounted: (product, holds) =>
      new Map(
        holds.flatMap((hold) => {
          const licenses = left(product, hold);
          return licenses === null ? [] : [[hold.consumer, licenses] as const];
        }),
      ),
  };
}
