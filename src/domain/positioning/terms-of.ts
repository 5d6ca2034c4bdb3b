import { isPast } from '#domain/calendar-date.ts';
import { type Entitlement, isInForce } from '#domain/licenses/entitlement.ts';
import {
  type LicenseTerms,
  type TermSwitches,
  UNKNOWN_TERMS,
} from '#domain/licenses/license-terms.ts';
import type { LicensePool } from '#domain/positioning/license-pools.ts';

/**
 * The rights under which a product runs in a pool: of all its entitlements in force the least
 * favorable. Nothing is known without a pool, or when none is in force.
 */
export function termsOf(
  pool: Pick<LicensePool, 'entitlements'> | null,
  product: string,
  now: Date,
): LicenseTerms {
  const counting = (pool?.entitlements ?? []).filter(
    (entitlement) => entitlement.product === product && isInForce(entitlement, now),
  );
  if (counting.length === 0) return UNKNOWN_TERMS;
  const [metric = null, anotherMetric] = new Set(counting.map((entitlement) => entitlement.metric));
  const [purchasedOn = null] = counting
    .map((one) => one.purchasedOn)
    .toSorted()
    .toReversed();
  return {
    softwareAssurance: counting.every((entitlement) => isMaintained(entitlement, now)),
    subscription: counting.some(({ kind }) => kind === 'subscription'),
    purchasedOn,
    program: leastFavorableProgram(counting),
    metric: anotherMetric === undefined ? metric : null,
    switches: leastFavorableSwitches(counting.map(({ switches }) => switches)),
  };
}

/** A subscription brings new versions and mobility as Software Assurance does. */
function isMaintained({ kind, maintainedUntil }: Entitlement, now: Date): boolean {
  return kind === 'subscription' || (maintainedUntil !== null && !isPast(maintainedUntil, now));
}

const BARRED_FROM_AWS = ['CSP', 'SPLA'];

function leastFavorableProgram(entitlements: readonly Entitlement[]): string | null {
  const programs = entitlements
    .map(({ program }) => program)
    .filter((program) => program !== null)
    .toSorted();
  return programs.find((program) => BARRED_FROM_AWS.includes(program)) ?? programs[0] ?? null;
}

function leastFavorableSwitches(all: readonly TermSwitches[]): TermSwitches {
  const every = (is: (switches: TermSwitches) => boolean) => all.every(is);
  return {
    hostLevelVirtualization: leastFavorableHostRight(all),
    passiveFreeUnderMobility: every((one) => one.passiveFreeUnderMobility),
    windowsAfter2019: every((one) => one.windowsAfter2019),
    windowsByVm: every((one) => one.windowsByVm),
    oracleHonorsCpuOptions: every((one) => one.oracleHonorsCpuOptions),
    ibmVcpusPerCore: every((one) => one.ibmVcpusPerCore === 2) ? 2 : 1,
    ibmSubCapacityReported: every((one) => one.ibmSubCapacityReported),
    ibmHostCoreCap: every((one) => one.ibmHostCoreCap),
    linuxUnlimitedOnHost: every((one) => one.linuxUnlimitedOnHost),
  };
}

function leastFavorableHostRight(
  all: readonly TermSwitches[],
): TermSwitches['hostLevelVirtualization'] {
  const rights = all.map(({ hostLevelVirtualization }) => hostLevelVirtualization);
  if (rights.includes('no')) return 'no';
  return rights.every((right) => right === 'yes') ? 'yes' : 'pre-2019-only';
}
