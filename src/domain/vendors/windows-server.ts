import type { LicenseTerms } from '#domain/licenses/license-terms.ts';
import type {
  Requirement,
  RequirementRule,
  TermsFinding,
  TermsRule,
} from '#domain/licenses/requirement.ts';
import { eligibilityFindings } from '#domain/vendors/byol-eligibility.ts';
import { windowsCores } from '#domain/vendors/core-licenses.ts';
import { requirementFor } from '#domain/vendors/machine-requirement.ts';
import {
  WINDOWS_BY_HOST,
  WINDOWS_BY_VM,
  WINDOWS_CALS,
  WINDOWS_NO_MOBILITY,
  WINDOWS_STANDARD,
} from '#domain/vendors/microsoft-rules.ts';
import {
  deploymentsOn,
  hostsOf,
  isBrought,
  type VmHost,
  vmsOf,
} from '#domain/vendors/microsoft-vms.ts';
import { type Answer, recountUnder } from '#domain/vendors/term-alternatives.ts';
import { sumKnown } from '#domain/vendors/units.ts';

/** Virtual cores that a VM is licensed for at least. */
const LEAST_PER_VM = 8;

const BY_VM_OR_HOST: readonly Answer[] = [true, false].map((windowsByVm) => ({
  switch: 'windowsByVm',
  setting: String(windowsByVm),
  switches: { windowsByVm },
}));

/**
 * All physical cores of each host that runs Windows VMs, at least 8 for each processor and 16 in all:
 * once for Datacenter, once for every two VMs for Standard. VMs without Windows, and those whose
 * hourly price includes it, do not count.
 *
 * @see ServiceNow SAM documentation, microsoft-percore-withcal (2026-03-12)
 */
export const windowsServerRequirement: RequirementRule = (deployments, terms) => {
  const vms = vmsOf(deployments.filter(isBrought), ['standard', 'datacenter']);
  return hostsOf(vms).map((host) => requirementOf(host, terms));
};

function requirementOf(host: VmHost, terms: LicenseTerms): Requirement {
  const edition = editionOf(host);
  const all = deploymentsOn(host.vms);
  const asked = {
    metric: 'core',
    units: unitsOf(host, terms),
    rule: ruleOf(host, terms),
    alternatives: isOwnHardware(host)
      ? recountUnder(BY_VM_OR_HOST, terms, (other) => unitsOf(host, other))
      : [],
    findings: [
      ...eligibilityFindings(all, terms),
      ...(edition === null ? [EDITION_UNKNOWN] : []),
      CLIENT_ACCESS,
    ],
  } as const;
  const { product } = host.vms[0].deployments[0];
  return requirementFor({ first: { product, edition }, all }, asked);
}

/** A Datacenter VM has its host licensed for Datacenter, which covers Standard VMs as well. */
function editionOf({ vms }: VmHost): string | null {
  const editions = vms.map(({ edition }) => edition);
  return editions.includes('datacenter')
    ? 'datacenter'
    : (editions.find((edition) => edition !== null) ?? null);
}

function unitsOf(host: VmHost, terms: LicenseTerms): number | null {
  if (isCountedByVm(host, terms)) return coresOfVms(host);
  if (host.hardware === null) return null;
  const coverages = editionOf(host) === 'datacenter' ? 1 : Math.ceil(host.vms.length / 2);
  return coverages * windowsCores(host.hardware);
}

function ruleOf(host: VmHost, terms: LicenseTerms): TermsRule {
  if (!isOwnHardware(host)) return WINDOWS_NO_MOBILITY;
  if (isCountedByVm(host, terms)) return WINDOWS_BY_VM;
  return editionOf(host) === 'datacenter' ? WINDOWS_BY_HOST : WINDOWS_STANDARD;
}

/** On AWS's shared hardware nothing may be brought: the count is the least that a VM takes anywhere. */
function isCountedByVm(host: VmHost, { softwareAssurance, switches }: LicenseTerms): boolean {
  if (!isOwnHardware(host)) return true;
  const outsideAws = host.vms[0].on.compute.placement === 'on-premises';
  const mayBe = outsideAws && switches.windowsByVm && softwareAssurance !== false;
  return mayBe && coresOfVms(host) !== null;
}

function isOwnHardware({ vms }: VmHost): boolean {
  const { placement } = vms[0].on.compute;
  return placement === 'dedicated-host' || placement === 'on-premises';
}

function coresOfVms({ vms }: VmHost): number | null {
  return sumKnown(
    vms.map(({ on }) => {
      const { activeVcpus } = on.compute;
      return activeVcpus === null ? null : Math.max(LEAST_PER_VM, activeVcpus);
    }),
  );
}

const EDITION_UNKNOWN: TermsFinding = {
  code: 'edition-unknown',
  severity: 'warning',
  text: 'The edition is not known: counted as Standard, which takes more cores for three VMs or more.',
  rule: WINDOWS_STANDARD,
};

const CLIENT_ACCESS: TermsFinding = {
  code: 'client-access-licenses',
  severity: 'note',
  text: WINDOWS_CALS.text,
  rule: WINDOWS_CALS,
};
