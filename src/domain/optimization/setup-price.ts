import type { InventoryShard } from '#domain/estate/inventory.ts';
import { shardIndex } from '#domain/estate/shard-index.ts';
import { listedPrice } from '#domain/launch/launch-price.ts';
import { licenseIncludedHourly } from '#domain/launch/license-included.ts';
import type { Money } from '#domain/money.ts';
import type { Machine } from '#domain/optimization/machine.ts';
import type { Setup } from '#domain/optimization/recommendation.ts';
import { activeVcpus } from '#domain/optimization/setup.ts';
import { scopeKey } from '#domain/scope.ts';
import { type UsageOperation, usageOperation } from '#domain/software/usage-operation.ts';

/** Hours that AWS's own price lists count for a month. */
export const HOURS_PER_MONTH = 730;

/**
 * What AWS lists for an hour of a machine in a setup, its licenses in the price included; `null` where
 * no price is known, 0 while it is stopped. On a Dedicated Host the host is paid for, and only licenses
 * in the price are the instance's. With CPU options Windows and SQL Server are billed by the vCPUs that
 * are on; a Linux subscription is not.
 *
 * @see EC2 User Guide, Optimize CPUs for license-included instances
 */
export function setupHourlyPrice(
  machine: Pick<Machine, 'instance' | 'evidence'>,
  setup: Setup,
  shard: InventoryShard,
): Money | null {
  if (!setup.running) return FREE;
  const operation = usageOperation(setup.usageOperation, '');
  if (operation === null) return null;
  const { spot } = machine.instance;
  const { instanceType, tenancy, usageOperation: code } = setup;
  const listed = { instanceType, tenancy, spot, usageOperation: code };
  if (operation.linux?.licensing === 'license-included') return listedPrice(listed, shard);
  const licenses = licensesOf(machine, setup, operation, shard);
  const base = tenancy === 'host' ? FREE : basePrice(listed, operation, shard);
  if (base?.currency !== 'USD' || licenses === null) return null;
  return { ...base, micros: base.micros + licenses };
}

/** The same wherever a machine is, in micro-USD: 0 where no price is known. */
export function hourlyIn(
  shards: ReadonlyMap<string, InventoryShard>,
): (machine: Machine, setup: Setup) => number {
  return (machine, setup) => {
    const shard = shards.get(scopeKey(machine.scope));
    return (shard && setupHourlyPrice(machine, setup, shard))?.micros ?? 0;
  };
}

const FREE: Money = { micros: 0, currency: 'USD' };

/** With none of Windows and SQL Server in the price: what Linux costs, or Windows with a license of one's own. */
const PLAIN = ['RunInstances', 'RunInstances:0800', 'RunInstances:00g0'];

/** The machine without licenses. Where only the price with them is listed, theirs is taken off again. */
function basePrice(
  listed: Parameters<typeof listedPrice>[0],
  operation: UsageOperation,
  shard: InventoryShard,
): Money | null {
  for (const plain of PLAIN) {
    const known = listedPrice({ ...listed, usageOperation: plain }, shard);
    if (known !== null) return known;
  }
  const whole = listedPrice(listed, shard);
  const { instanceType } = listed;
  const vcpus = shardIndex(shard).types.get(instanceType)?.defaultVcpus;
  if (whole === null || vcpus === undefined) return null;
  const active = { instanceType, activeVcpus: vcpus, maximumVcpus: vcpus };
  const licenses = licenseIncludedHourly({ ...active, ...paid(operation), sqlServerWaived: false });
  return { ...whole, micros: Math.max(0, whole.micros - licenses.micros) };
}

function paid({ windows, sqlServer }: UsageOperation) {
  return { windows: windows === 'license-included', sqlServer };
}

/** Windows and SQL Server in the price, in micro-USD; `null` for a type that nobody described. */
function licensesOf(
  { evidence: { sqlHa } }: Pick<Machine, 'evidence'>,
  setup: Setup,
  operation: UsageOperation,
  shard: InventoryShard,
): number | null {
  const { types } = shardIndex(shard);
  const vcpus = activeVcpus(setup, types);
  const maximumVcpus = types.get(setup.instanceType)?.defaultVcpus;
  if (vcpus === null || maximumVcpus === undefined) return null;
  return licenseIncludedHourly({
    instanceType: setup.instanceType,
    activeVcpus: vcpus,
    maximumVcpus,
    ...paid(operation),
    sqlServerWaived: sqlHa?.licenseUsage === 'waived',
  }).micros;
}
