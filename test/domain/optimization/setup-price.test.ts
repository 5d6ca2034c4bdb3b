import { describe, expect, it } from 'vitest';
import type { MachinePrice } from '#domain/launch/machine-price.ts';
import type { Setup } from '#domain/optimization/recommendation.ts';
import { setupHourlyPrice } from '#domain/optimization/setup-price.ts';
import { aShard } from '../../builders.ts';
import {
  aMachine,
  BYOL_WINDOWS,
  LI_ENTERPRISE,
  LI_STANDARD,
  LI_WINDOWS,
  LINUX,
  TYPES,
} from './kinds/machine-builders.ts';

const price = (
  usageOperation: string,
  micros: number,
  changes: Partial<MachinePrice> = {},
): MachinePrice => ({
  instanceType: 'r6i.4xlarge',
  usageOperation,
  tenancy: 'default',
  spot: false,
  hourly: { micros, currency: 'USD' },
  ...changes,
});

const LISTED = [price(LINUX, 1_008_000)];
const machine = aMachine();

function hourly(changes: Partial<Setup>, prices: readonly MachinePrice[] = LISTED) {
  const shard = aShard({ instanceTypes: [...TYPES.values()], prices });
  return setupHourlyPrice(machine, { ...machine.setup, ...changes }, shard)?.micros ?? null;
}

describe('setupHourlyPrice', () => {
  it.each([
    // 16 vCPUs: 0.046 for Windows, 0.375 for Enterprise, 0.120 for Standard.
    ['Windows and Enterprise in it', { usageOperation: LI_ENTERPRISE }, 1_008_000 + 16 * 421_000],
    ['Windows and Standard in it', { usageOperation: LI_STANDARD }, 1_008_000 + 16 * 166_000],
    ['Windows in it', { usageOperation: LI_WINDOWS }, 1_008_000 + 16 * 46_000],
    ['nothing in it', { usageOperation: BYOL_WINDOWS }, 1_008_000],
    [
      'licenses for the vCPUs that are on only',
      { usageOperation: LI_ENTERPRISE, cpuOptions: { coreCount: 4, threadsPerCore: 1 } },
      1_008_000 + 4 * 421_000,
    ],
    [
      'at least 4 vCPUs of SQL Server',
      { usageOperation: LI_ENTERPRISE, cpuOptions: { coreCount: 1, threadsPerCore: 2 } },
      1_008_000 + 2 * 46_000 + 4 * 375_000,
    ],
    ['nothing while stopped', { running: false }, 0],
    ['only licenses on a host', { tenancy: 'host', usageOperation: LI_WINDOWS }, 16 * 46_000],
  ] as const)('has %s', (_what, changes, micros) => {
    expect(hourly(changes)).toBe(micros);
  });

  it('takes what is brought at the price of Windows without a license where that is listed', () => {
    expect(hourly({ usageOperation: LI_WINDOWS }, [price(BYOL_WINDOWS, 1_000_000)])).toBe(
      1_000_000 + 16 * 46_000,
    );
  });

  it('takes licenses off a price that is listed with them only', () => {
    const prices = [price(LI_ENTERPRISE, 1_008_000 + 16 * 421_000)];
    const half = { coreCount: 4, threadsPerCore: 2 };
    expect(hourly({ usageOperation: LI_ENTERPRISE, cpuOptions: half }, prices)).toBe(
      1_008_000 + 8 * 421_000,
    );
  });

  it('takes a Linux subscription as it is listed, whatever the CPU options', () => {
    const prices = [...LISTED, price('RunInstances:000g', 1_133_000)];
    const half = { coreCount: 4, threadsPerCore: 2 };
    expect(hourly({ usageOperation: 'RunInstances:000g', cpuOptions: half }, prices)).toBe(
      1_133_000,
    );
  });

  it('has no SQL Server on a standby whose fee AWS waives', () => {
    const waived = { instanceId: 'i-1', state: 'standby', licenseUsage: 'waived' as const };
    const standby = { ...machine, evidence: { ...machine.evidence, sqlHa: waived } };
    const shard = aShard({ instanceTypes: [...TYPES.values()], prices: LISTED });
    expect(setupHourlyPrice(standby, standby.setup, shard)?.micros).toBe(1_008_000 + 16 * 46_000);
  });

  it.each([
    ['no price is listed', { usageOperation: LI_WINDOWS }, []],
    ['the code is none of AWS’s', { usageOperation: 'RunInstances:zzzz' }, LISTED],
    [
      'nobody described the type',
      { instanceType: 'x9.huge' },
      [price(LINUX, 1, { instanceType: 'x9.huge' })],
    ],
    [
      'it is in another currency',
      { usageOperation: LI_WINDOWS },
      [price(LINUX, 1, { hourly: { micros: 1, currency: 'CNY' } })],
    ],
    [
      'nobody described a type that is listed with licenses only',
      { instanceType: 'x9.huge', cpuOptions: { coreCount: 1, threadsPerCore: 1 } },
      [price(LI_ENTERPRISE, 1, { instanceType: 'x9.huge' })],
    ],
    ['a Linux subscription is not listed', { usageOperation: 'RunInstances:000g' }, LISTED],
  ])('is not known where %s', (_why, changes, prices) => {
    expect(hourly(changes, prices)).toBeNull();
  });
});
