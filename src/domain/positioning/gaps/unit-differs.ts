import type { CountingType } from '#domain/licenses/license-configuration.ts';
import type { LicenseMetric } from '#domain/licenses/product.ts';
import type { Requirement } from '#domain/licenses/requirement.ts';
import type { GapQuestion } from '#domain/positioning/gaps/gap-question.ts';
import {
  SQL_BY_DEDICATED_HOST,
  SQL_BY_HOST,
  WINDOWS_BY_HOST,
  WINDOWS_STANDARD,
} from '#domain/vendors/microsoft-rules.ts';

/** Microsoft's core licenses count the physical cores of a host by these, else a VM's vCPUs. */
const PHYSICAL_CORES: ReadonlySet<string> = new Set(
  [WINDOWS_BY_HOST, WINDOWS_STANDARD, SQL_BY_HOST, SQL_BY_DEDICATED_HOST].map(({ id }) => id),
);

/** True when the rule licenses a host by its physical cores. */
export function isByHost({ rule }: Pick<Requirement, 'rule'>): boolean {
  return PHYSICAL_CORES.has(rule.id);
}

/** What License Manager would have to count for a metric; a metric that is absent it cannot count. */
const SAME_UNIT: Readonly<Partial<Record<LicenseMetric, CountingType>>> = {
  core: 'vCPU',
  server: 'Instance',
  vpc: 'vCPU',
  vcpu: 'vCPU',
  socket: 'Socket',
  instance: 'Instance',
};

/** The configuration counts in one unit, the vendor in another: vCPUs where cores count, and so on. */
export function isUnitDifferent({ configuration, requirement }: GapQuestion): boolean {
  if (requirement === null || configuration.countingType === 'unknown') return false;
  const unit = isByHost(requirement) ? 'Core' : SAME_UNIT[requirement.metric];
  return unit !== configuration.countingType;
}
