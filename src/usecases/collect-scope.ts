import { collectPool, figuresOf, isListed } from '#domain/collection.ts';
import { MINUTE_MS } from '#domain/instant.ts';
import type { InventoryShard } from '#domain/inventory.ts';
import type { LaunchRequest } from '#domain/launch-request.ts';
import type { LicenseConfiguration } from '#domain/license-configuration.ts';
import { poolIdOf } from '#domain/license-pool.ts';
import type { Scope } from '#domain/scope.ts';
import type { Policies } from '#ports/policies.ts';
import type { RequestList } from '#ports/request-list.ts';
import type { Snapshots } from '#ports/snapshots.ts';
import { advanceRequest } from '#usecases/advance-request.ts';
import { type CommitPorts, decideAndCommit } from '#usecases/commit-change.ts';
import { type InventoryPorts, readInventory } from '#usecases/read-inventory.ts';

export interface CollectPorts extends CommitPorts, InventoryPorts {
  readonly snapshots: Snapshots;
  readonly requests: Pick<RequestList, 'launched'>;
  readonly policies: Policies;
  /** Accounts and Regions to collect before a policy names any. */
  readonly firstScopes: readonly Scope[];
}

/** EC2 may not show a new instance at once; only after this is a missing one gone. */
const VISIBLE_AFTER_MS = 10 * MINUTE_MS;

/**
 * Read one account and Region, keep it as the newest snapshot, bring its pools' ledgers up to date,
 * and confirm the launches that License Manager lists. Safe to repeat; older figures never win.
 */
export async function collectScope(ports: CollectPorts, scope: Scope): Promise<void> {
  const shard = await readInventory(ports, scope, await ports.snapshots.shard(scope));
  await ports.snapshots.put(shard);
  const started = await ports.requests.launched(scope);
  const asOf = figuresAsOf(shard);
  if (asOf === null) return;
  // One that another account shares is collected there, where all of its usage is listed.
  const own = shard.configurations.filter(({ account }) => account === scope.account);
  for (const configuration of own) {
    await collectOne(ports, shard, configuration, started, asOf);
  }
  for (const request of started) await follow(ports, shard, request);
}

/** The older of the two lists that a pool's figures are made of. */
function figuresAsOf({ sources }: InventoryShard): Date | null {
  const configurations = sources['license-configurations']?.asOf ?? null;
  const usage = sources['license-usage']?.asOf ?? null;
  if (configurations === null || usage === null) return null;
  return new Date(Math.min(configurations.getTime(), usage.getTime()));
}

async function collectOne(
  ports: CollectPorts,
  shard: InventoryShard,
  configuration: LicenseConfiguration,
  started: readonly LaunchRequest[],
  asOf: Date,
): Promise<void> {
  await decideAndCommit(ports, async () => {
    const [ledger = null] = await ports.store.ledgers([poolIdOf(configuration)]);
    const figures = figuresOf(shard, configuration, ledger?.holds ?? [], started, asOf);
    return collectPool(ledger, figures, ports.now());
  });
}

async function follow(
  ports: CollectPorts,
  shard: InventoryShard,
  request: LaunchRequest,
): Promise<void> {
  if (request.status !== 'launched') return;
  if (isListed(request, shard)) {
    await advanceRequest(ports, request, { kind: 'confirmed' });
  } else if (isGone(request, shard)) {
    await advanceRequest(ports, request, { kind: 'gone' });
  } else if (request.dueAt !== null && request.dueAt <= ports.now()) {
    await advanceRequest(ports, request, { kind: 'unlisted' });
  }
}

function isGone({ instanceIds, updatedAt }: LaunchRequest, shard: InventoryShard): boolean {
  const asOf = shard.sources.instances?.asOf ?? null;
  if (asOf === null || asOf.getTime() - updatedAt.getTime() < VISIBLE_AFTER_MS) return false;
  const alive = new Set(
    shard.instances
      .filter(({ state }) => state !== 'terminated')
      .map(({ instanceId }) => instanceId),
  );
  return instanceIds.every((instanceId) => !alive.has(instanceId));
}
