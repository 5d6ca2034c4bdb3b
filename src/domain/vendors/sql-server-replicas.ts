import type { LicenseTerms } from '#domain/licenses/license-terms.ts';
import { isBeforeListedProviders } from '#domain/vendors/microsoft-eligibility.ts';
import type { Vm } from '#domain/vendors/microsoft-vms.ts';
import type { Answer } from '#domain/vendors/term-alternatives.ts';

/** The question whether a passive replica is free although its primary runs under License Mobility. */
export const PASSIVE_ANSWERS: readonly Answer[] = [true, false].map((passiveFreeUnderMobility) => ({
  switch: 'passiveFreeUnderMobility',
  setting: String(passiveFreeUnderMobility),
  switches: { passiveFreeUnderMobility },
}));

/** True when nothing on the VM serves anybody: every instance of SQL Server there is a passive replica. */
export function isPassive({ deployments }: Vm): boolean {
  return deployments.every(({ role }) => role === 'passive');
}

/**
 * True for a passive replica that needs no license: with Software Assurance, where its primary does not
 * run under License Mobility (outside AWS, or on a Dedicated Host by licenses of before 2019-10-01), or
 * where the company's contract says so.
 *
 * @see ServiceNow SAM documentation, microsoft-sql-server-ha-configurations (2026-03-12)
 */
export function isFreeReplica(vm: Vm, terms: LicenseTerms): boolean {
  if (!isPassive(vm) || terms.softwareAssurance !== true) return false;
  return terms.switches.passiveFreeUnderMobility || !isUnderMobility(vm, terms);
}

function isUnderMobility({ on, deployments }: Vm, terms: LicenseTerms): boolean {
  const { placement } = on.compute;
  if (placement === 'on-premises') return false;
  return (
    placement !== 'dedicated-host' ||
    !deployments.every(({ version }) => isBeforeListedProviders(version, terms))
  );
}
