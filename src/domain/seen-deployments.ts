import type { Deployment } from '#domain/deployment.ts';
import type { InventoryShard } from '#domain/inventory.ts';
import type { LaunchRequest } from '#domain/launch-request.ts';
import type { Hold } from '#domain/license-pool.ts';

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

  function missing(product: string, requestId: string): readonly string[] | null {
    const instanceIds = requests.get(requestId)?.instanceIds ?? [];
    if (instanceIds.length === 0) return null;
    return instanceIds.filter((id) => !seen.has(`${product} ${id}`));
  }

  function left(product: string, { consumer, licenses, requestIds }: Hold): number | null {
    const [kind] = consumer.split('/');
    const parts = requestIds.map((id) => ({ id, missing: missing(product, id) }));
    if (kind === 'host') return parts.some((part) => part.missing?.length === 0) ? 0 : null;
    const [own] = parts;
    const total = requests.get(own?.id ?? '')?.instanceIds.length ?? 0;
    if (own === undefined || own.missing === null) return null;
    return Math.ceil((licenses * own.missing.length) / total);
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
