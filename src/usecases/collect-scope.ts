import { collectPool, figuresOf, isListed } from '#domain/estate/collection.ts';
import { dueSources, newestOfEach } from '#domain/estate/collection-round.ts';
import type { InventoryShard, InventorySource } from '#domain/estate/inventory.ts';
import { DEFAULT_SETTINGS } from '#domain/estate/licensing-settings.ts';
import { MINUTE_MS } from '#domain/instant.ts';
import type { CollectJob } from '#domain/jobs/collection-job.ts';
import { withChangesUnderWay } from '#domain/launch/changes-under-way.ts';
import type { PricedByPolicy } from '#domain/launch/wanted-prices.ts';
import type { LicenseConfiguration } from '#domain/licenses/license-configuration.ts';
import { poolIdOf } from '#domain/licenses/license-pool.ts';
import { matchesAny } from '#domain/pattern.ts';
import type { PublishedPolicy } from '#domain/policy/policy.ts';
import type { LaunchRequest } from '#domain/requests/launch-request.ts';
import { softwareCatalog } from '#domain/software/software-catalog.ts';
import type { KeepSoftware } from '#ports/inventory-source.ts';
import type { Policies } from '#ports/policies.ts';
import type { RequestList } from '#ports/request-list.ts';
import type { Snapshots } from '#ports/snapshots.ts';
import { advanceRequest } from '#usecases/advance-request.ts';
import { type CommitPorts, decideAndCommit } from '#usecases/commit-change.ts';
import { emptyShard, type InventoryPorts, readInventory } from '#usecases/read-inventory.ts';

export interface CollectPorts extends CommitPorts, InventoryPorts {
  readonly snapshots: Snapshots;
  readonly requests: Pick<RequestList, 'launched'>;
  readonly policies: Policies;
  /** No call to AWS is begun from then on. */
  readonly stopAt: (until: Date | null) => void;
}

/** EC2 may not show a new instance at once; only after this is a missing one gone. */
const VISIBLE_AFTER_MS = 10 * MINUTE_MS;

/**
 * Read what its round has not read yet of one account and Region, keep it as the newest snapshot, bring
 * its pools' ledgers up to date, and confirm the launches that License Manager lists. What is not read
 * when the time is over goes back to the queue. Safe to repeat; older figures never win.
 *
 * @param until when the time is over; `null`: never
 */
export async function collectScope(
  ports: CollectPorts,
  { scope, round }: CollectJob,
  until: Date | null,
): Promise<void> {
  const now = ports.now();
  const roundStart = round === undefined || now < round ? now : round;
  const before = (await ports.snapshots.shard(scope)) ?? emptyShard(scope);
  const due = dueSources(before, roundStart, ports.hub);
  if (due.length === 0) return bringUpToDate(ports, before);
  ports.stopAt(until);
  const plan = { roundStart, until };
  const published = await ports.policies.current();
  const read = await readInventory(
    ports,
    before,
    plan,
    softwareToKeep(published),
    pricedBy(published),
  );
  const left = dueSources(read, roundStart, ports.hub);
  const stuck = left.length === due.length;
  const shard = await keep(ports, stuck ? givenUp(read, left, now) : read);
  await bringUpToDate(ports, shard);
  if (left.length > 0 && !stuck) {
    await ports.queues.collect({ kind: 'collect', scope, round: roundStart });
  }
}

/** Of managed servers only what may need a license is kept. */
function softwareToKeep(published: PublishedPolicy | null): KeepSoftware {
  const catalog = softwareCatalog(published?.policy.licensing ?? DEFAULT_SETTINGS);
  return (application) => catalog(application) !== null;
}

/** The types that any launch profile names, and the families that the optimizer may propose. */
function pricedBy(published: PublishedPolicy | null): PricedByPolicy {
  const { launchProfiles = [], optimization } = published?.policy ?? {};
  const types = launchProfiles.flatMap(({ instanceTypes }) => instanceTypes);
  return {
    mayRun: (instanceType) => matchesAny(types, instanceType),
    mayPropose: (family) => matchesAny(optimization?.families ?? [], family),
  };
}

/** A whole run was not enough for any of them: another one would not be either. */
function givenUp(
  shard: InventoryShard,
  left: readonly InventorySource[],
  triedAt: Date,
): InventoryShard {
  const notes = left.map((source) => {
    const asOf = shard.sources[source]?.asOf ?? null;
    return [source, { asOf, error: 'OutOfTime', state: 'failed', triedAt }] as const;
  });
  return { ...shard, sources: { ...shard.sources, ...Object.fromEntries(notes) } };
}

/** Another run may have stored newer figures meanwhile: of each source the newer ones stay. */
async function keep({ snapshots }: CollectPorts, read: InventoryShard): Promise<InventoryShard> {
  const stored = await snapshots.shard(read);
  const shard = stored === null ? read : newestOfEach(read, stored);
  await snapshots.put(shard);
  return shard;
}

async function bringUpToDate(ports: CollectPorts, shard: InventoryShard): Promise<void> {
  const started = await ports.requests.launched(shard);
  const asOf = figuresAsOf(shard);
  if (asOf === null) return;
  // One that another account shares is collected there, where all of its usage is listed.
  const own = shard.configurations.filter(({ account }) => account === shard.account);
  const counted = withChangesUnderWay(shard, started);
  for (const configuration of own) {
    await collectOne(ports, counted, configuration, started, asOf);
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
