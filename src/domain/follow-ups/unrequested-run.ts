import type { Instance } from '#domain/estate/instance.ts';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import { DEFAULT_SETTINGS, type LicensingSettings } from '#domain/estate/licensing-settings.ts';
import { associatedArns, shardIndex } from '#domain/estate/shard-index.ts';
import type { Principal, Taken, UseCause, UsedResource } from '#domain/follow-ups/follow-up.ts';
import type { Use } from '#domain/follow-ups/unrequested.ts';
import { instancePrice } from '#domain/launch/launch-price.ts';
import { monthlyCost } from '#domain/launch/monthly-cost.ts';
import { countAll } from '#domain/licenses/license-counting.ts';
import { poolIdOf, poolIdOfArn } from '#domain/licenses/license-pool.ts';
import type { Money } from '#domain/money.ts';
import { deploymentsOf } from '#domain/software/deployments.ts';
import { softwareFacts } from '#domain/software/software-facts.ts';

/** Instances of one launch or start, as EC2 shows them now, beside what was collected before. */
export interface Run {
  /** Of the account and Region; empty when nothing was collected yet. */
  readonly shard: InventoryShard;
  /** All of one reservation that began to run together, but for those that a request accounts for. */
  readonly instances: readonly [Instance, ...Instance[]];
  /** By CloudTrail; `null`: from what was collected before. */
  readonly cause: 'launch' | 'start' | null;
  readonly principal: Principal | null;
  readonly settings?: LicensingSettings | undefined;
}

/** What a run takes, as a use; `null` when it takes no licenses and runs nothing that needs some. */
export function runUse(id: string, run: Run): Use | null {
  const { shard, instances, principal, settings = DEFAULT_SETTINGS } = run;
  const taken = takenBy(shard, instances);
  const { untracked, associable } = taken.length === 0 ? uncounted(run, settings) : COUNTED;
  const takes = taken.some(({ licenses }) => licenses !== 0);
  if (!takes && untracked.length + associable.length === 0) return null;
  const before = shard.instances.find(({ instanceId }) => instanceId === instances[0].instanceId);
  const { account, region } = shard;
  return {
    id,
    account,
    region,
    ...causeOf(run, before),
    resources: instances.map(resourceOf),
    principal,
    at: instances[0].launchedAt,
    taken,
    untracked,
    associable,
    monthlyCost: costOf(shard, instances),
  };
}

/** What all of them cost in a month at AWS's prices; `null` where one of these is not known. */
function costOf(shard: InventoryShard, instances: readonly Instance[]): Money | null {
  const known = instances.flatMap((instance) => {
    const hourlyPrice = instancePrice(instance, shard)?.hourly ?? null;
    return monthlyCost({ hourlyPrice, count: 1 }) ?? [];
  });
  const [currency, another] = new Set(known.map((cost) => cost.currency));
  if (currency === undefined || another !== undefined || known.length < instances.length) {
    return null;
  }
  return { currency, micros: known.reduce((sum, { micros }) => sum + micros, 0) };
}

/** An instance that was there before has started; with another size than it had, it was resized. */
function causeOf(
  { instances: [instance], cause }: Run,
  before: Instance | undefined,
): { readonly cause: UseCause; readonly typeBefore: string | null } {
  const known = before !== undefined && before.launchedAt < instance.launchedAt;
  if (known && !isSameSize(before, instance)) {
    return { cause: 'resize', typeBefore: before.instanceType };
  }
  return { cause: cause ?? (known ? 'start' : 'launch'), typeBefore: null };
}

function isSameSize(one: Instance, other: Instance): boolean {
  return (
    one.instanceType === other.instanceType &&
    (one.cpuOptions?.coreCount ?? null) === (other.cpuOptions?.coreCount ?? null) &&
    (one.cpuOptions?.threadsPerCore ?? null) === (other.cpuOptions?.threadsPerCore ?? null)
  );
}

export function resourceOf({ arn, instanceId, instanceType, name }: Instance): UsedResource {
  return { arn, id: instanceId, type: instanceType, name };
}

/** What the count of every configuration of these instances is with them, less what it is without. */
function takenBy(shard: InventoryShard, instances: readonly Instance[]): readonly Taken[] {
  const ids = new Set(instances.map(({ instanceId }) => instanceId));
  const others = shard.instances.filter(({ instanceId }) => !ids.has(instanceId));
  const usage = shard.usage.filter(({ resourceId }) => !ids.has(resourceId));
  const without = { ...shard, instances: others, usage };
  const running = instances.map((instance) => ({ ...instance, state: 'running' as const }));
  const arns = new Set(
    instances.flatMap((instance) => associatedArns(shardIndex(shard), instance)),
  );
  return takenBetween(without, { ...without, instances: [...others, ...running] }, arns);
}

/** Licenses by pool that one state of a Region takes more than another; by ARN where nothing is collected. */
export function takenBetween(
  before: InventoryShard,
  after: InventoryShard,
  arns: ReadonlySet<string>,
): readonly Taken[] {
  return [...arns].flatMap((arn) => {
    const configuration = after.configurations.find((known) => known.arn === arn);
    if (configuration === undefined) {
      const poolId = poolIdOfArn(arn);
      return poolId === null ? [] : [{ poolId, licenses: null }];
    }
    const [less, more] = [countAll(before, configuration), countAll(after, configuration)];
    const licenses = more.unknown.length > less.unknown.length ? null : sumOf(more) - sumOf(less);
    return [{ poolId: poolIdOf(configuration), licenses }];
  });
}

function sumOf({ resources }: ReturnType<typeof countAll>): number {
  return resources.reduce((sum, { licenses }) => sum + licenses, 0);
}

type Uncounted = Pick<Use, 'untracked' | 'associable'>;

const COUNTED: Uncounted = { untracked: [], associable: [] };

/** Slack offers so many in one menu. */
const MOST_ASSOCIABLE = 25;

/**
 * Products that need a license of the company's own on what nothing counts, by AMI and billing codes,
 * with the configurations that could count them: of the image that theirs was copied from, which a copy
 * does not take along, and those named after the products.
 */
function uncounted({ shard, instances }: Run, settings: LicensingSettings): Uncounted {
  const facts = softwareFacts(shard, settings);
  const lost = instances.flatMap(({ imageId }) => {
    const original = facts.images.get(facts.images.get(imageId)?.copiedFrom ?? '');
    return original?.licenseConfigurationArns ?? [];
  });
  const brought = deploymentsOf(onlyThese(shard, instances), settings).filter(
    ({ licensing }) => licensing === 'byol',
  );
  const products = [...brought, ...facts.hintsOf(lost)].map(({ product }) => product);
  const named = shard.configurations
    .filter(({ arn }) => facts.hintsOf([arn]).some(({ product }) => products.includes(product)))
    .map(({ arn }) => arn);
  return {
    untracked: [...new Set(products)],
    associable: [...new Set([...lost, ...named])].slice(0, MOST_ASSOCIABLE),
  };
}

function onlyThese(shard: InventoryShard, instances: readonly Instance[]): InventoryShard {
  return { ...shard, instances, managedServers: [], databases: [], containers: [] };
}
