import type { InventoryShard } from '#domain/estate/inventory.ts';
import { shardIndex } from '#domain/estate/shard-index.ts';
import { listedPrice } from '#domain/launch/launch-price.ts';
import { licenseIncludedHourly } from '#domain/launch/license-included.ts';
import type { Money } from '#domain/money.ts';
import type { Machine } from '#domain/optimization/machine.ts';
import type { Setup } from '#domain/optimization/recommendation.ts';
import { activeVcpus } from '#domain/optimization/setup.ts';
import { usageOperation } from '#domain/software/usage-operation.ts';

/** Hours that AWS's own price lists count for a month. */
export const HOURS_PER_MONTH = 730;

const PLAIN = 'RunInstances';

/**
 * What AWS lists for an hour of a machine in a setup, its licenses in the price included; `null` where
 * no price is known, 0 while it is stopped. On a Dedicated Host the host is paid for, and only licenses
 * in the price are the instance's. With CPU options licenses are billed by the vCPUs that are on.
 *
 * @see EC2 User Guide, Optimize CPUs for license-included instances
 */
export function setupHourlyPrice(
  machine: Pick<Machine, 'instance' | 'evidence'>,
  setup: Setup,
  shard: InventoryShard,
): Money | null {
  if (!setup.running) return { micros: 0, currency: 'USD' };
  const base = basePrice(machine, setup, shard);
  const licenses = licensePrice(machine, setup, shard);
  if (base === null || licenses === null || base.currency !== licenses.currency) return null;
  return { ...base, micros: base.micros + licenses.micros };
}

/** The machine without licenses: Linux's price, which Windows with licenses of one's own costs as well. */
function basePrice(
  { instance: { spot } }: Pick<Machine, 'instance'>,
  { instanceType, tenancy, usageOperation: code }: Setup,
  shard: InventoryShard,
): Money | null {
  if (tenancy === 'host') return { micros: 0, currency: 'USD' };
  const plain = [PLAIN, 'RunInstances:0800', 'RunInstances:00g0'];
  for (const usage of plain) {
    const listed = listedPrice({ instanceType, usageOperation: usage, tenancy, spot }, shard);
    if (listed !== null) return listed;
  }
  return withoutLicenses({ instanceType, usageOperation: code, tenancy, spot }, shard);
}

/** Where only the price with licenses is listed, theirs is taken off again. */
function withoutLicenses(
  wanted: Parameters<typeof listedPrice>[0],
  shard: InventoryShard,
): Money | null {
  const listed = listedPrice(wanted, shard);
  const type = shardIndex(shard).types.get(wanted.instanceType);
  if (listed === null || type === undefined) return null;
  const { windows, sqlServer, linux } = usageOperation(wanted.usageOperation, '') ?? {};
  if (linux?.licensing === 'license-included') return null;
  const licenses = licenseIncludedHourly({
    instanceType: wanted.instanceType,
    activeVcpus: type.defaultVcpus,
    maximumVcpus: type.defaultVcpus,
    windows: windows === 'license-included',
    sqlServer: sqlServer ?? null,
    sqlServerWaived: false,
  });
  return { ...listed, micros: Math.max(0, listed.micros - licenses.micros) };
}

function licensePrice(
  { evidence: { sqlHa } }: Pick<Machine, 'evidence'>,
  setup: Setup,
  shard: InventoryShard,
): Money | null {
  const operation = usageOperation(setup.usageOperation, '');
  const { types } = shardIndex(shard);
  const active = activeVcpus(setup, types);
  const maximum = types.get(setup.instanceType)?.defaultVcpus;
  if (operation === null || active === null || maximum === undefined) return null;
  if (operation.linux?.licensing === 'license-included') return linuxLicense(setup, shard);
  return licenseIncludedHourly({
    instanceType: setup.instanceType,
    activeVcpus: active,
    maximumVcpus: maximum,
    windows: operation.windows === 'license-included',
    sqlServer: operation.sqlServer,
    sqlServerWaived: sqlHa?.licenseUsage === 'waived',
  });
}

/** A Linux subscription in the price is what the list says beyond plain Linux, whatever the CPU options. */
function linuxLicense(setup: Setup, shard: InventoryShard): Money | null {
  const { instanceType, usageOperation: code, tenancy } = setup;
  const wanted = { instanceType, tenancy, spot: false };
  const listed = listedPrice({ ...wanted, usageOperation: code }, shard);
  const plain = listedPrice({ ...wanted, usageOperation: PLAIN }, shard);
  if (listed === null || plain === null) return null;
  return { ...listed, micros: listed.micros - plain.micros };
}
