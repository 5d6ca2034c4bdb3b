import type { PhysicalHost } from '#domain/estate/deployment.ts';
import type { LicenseMetric } from '#domain/licenses/product.ts';
import { whole, wholePacks } from '#domain/vendors/units.ts';

/** Microsoft sells core licenses by two. */
const CORES_PER_PACK = 2;

/**
 * Core licenses that cover a host once for Windows Server: its cores, at least 8 for each processor
 * and 16 in all. Processors of one host are alike.
 */
export function windowsCores({ sockets, cores }: PhysicalHost): number {
  return Math.max(16, 8 * sockets, cores);
}

/** Core licenses of a host for SQL Server: its cores, at least 4 for each processor. */
export function sqlCores({ sockets, cores }: PhysicalHost): number {
  return Math.max(4 * sockets, cores);
}

/** Whole licenses of a pool from its summed units: cores in packs of two, servers one by one. */
export function microsoftLicenses(units: number, metric: LicenseMetric): number {
  return metric === 'core' ? wholePacks(units, CORES_PER_PACK) : whole(units);
}
