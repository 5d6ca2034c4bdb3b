import type { LicenseTerms } from '#domain/licenses/license-terms.ts';
import type { Requirement, TermsRule } from '#domain/licenses/requirement.ts';
import { sqlCores } from '#domain/vendors/core-licenses.ts';
import { isBeforeListedProviders } from '#domain/vendors/microsoft-eligibility.ts';
import { SQL_BY_DEDICATED_HOST, SQL_BY_HOST, SQL_BY_VM } from '#domain/vendors/microsoft-rules.ts';
import { isWholeServer, type Vm, type VmHost } from '#domain/vendors/microsoft-vms.ts';
import { sqlRequirement } from '#domain/vendors/sql-server-counting.ts';
import { isFreeReplica, PASSIVE_ANSWERS } from '#domain/vendors/sql-server-replicas.ts';
import type { Answer } from '#domain/vendors/term-alternatives.ts';
import { sumKnown } from '#domain/vendors/units.ts';

/** Licenses that a VM takes at least. */
const LEAST_PER_VM = 4;

const HOST_ANSWERS: readonly Answer[] = (['yes', 'pre-2019-only', 'no'] as const).map(
  (hostLevelVirtualization) => ({
    switch: 'hostLevelVirtualization',
    setting: hostLevelVirtualization,
    switches: { hostLevelVirtualization },
  }),
);

const ANSWERS: readonly Answer[] = [...HOST_ANSWERS, ...PASSIVE_ANSWERS];

/** The VMs of one host, and those of them with Enterprise, which the host's cores may cover. */
interface SplitHost {
  readonly host: VmHost;
  readonly enterprise: readonly Vm[];
}

/**
 * Core licenses of the VMs on one host. Enterprise on a host of one's own is one requirement: the sum
 * over its VMs, or the host's cores where these are fewer and may be licensed. Every other VM is one.
 */
export function sqlByCores(host: VmHost, terms: LicenseTerms): readonly Requirement[] {
  const enterprise = host.vms.filter(
    ({ edition }) => edition === 'enterprise' && host.hardware !== null,
  );
  const split = { host, enterprise };
  const others = host.vms.filter((vm) => !enterprise.includes(vm));
  return [
    ...enterprise.slice(0, 1).map((first) => enterpriseRequirement(first, split, terms)),
    ...others.map((vm) => vmRequirement(vm, split, terms)),
  ];
}

function enterpriseRequirement(first: Vm, split: SplitHost, terms: LicenseTerms): Requirement {
  const { enterprise } = split;
  return sqlRequirement(
    { first, all: enterprise },
    {
      metric: 'core',
      rule: capOf(split, terms) === null ? SQL_BY_VM : hostRule(first),
      answers: ANSWERS,
      count: (other) => capOf(split, other) ?? coresOf(enterprise, other),
    },
    terms,
  );
}

/** A VM of another edition needs nothing of its own where its host is licensed for Enterprise. */
function vmRequirement(vm: Vm, split: SplitHost, terms: LicenseTerms): Requirement {
  const covered = capOf(split, terms) !== null;
  return sqlRequirement(
    { first: vm, all: [vm] },
    {
      metric: 'core',
      rule: covered || isWholeServer(vm) ? hostRule(vm) : SQL_BY_VM,
      answers: split.host.hardware === null ? PASSIVE_ANSWERS : ANSWERS,
      count: (other) => (capOf(split, other) === null ? coresOfOne(vm, other) : 0),
    },
    terms,
  );
}

/**
 * The host's cores where licensing them is allowed and takes no more than its VMs one by one, or the
 * size of some VM is not known; else `null`. Without Software Assurance the licenses cover no more VMs
 * than there are licenses.
 */
function capOf({ host, enterprise }: SplitHost, terms: LicenseTerms): number | null {
  const { hardware, vms } = host;
  if (hardware === null || enterprise.length === 0 || !mayLicenseHost(enterprise, terms)) {
    return null;
  }
  const cores = sqlCores(hardware);
  const cap = terms.softwareAssurance === true ? cores : Math.max(cores, vms.length);
  const oneByOne = coresOf(enterprise, terms);
  return oneByOne === null || cap <= oneByOne ? cap : null;
}

function mayLicenseHost(vms: readonly Vm[], terms: LicenseTerms): boolean {
  if (vms.some(({ on }) => on.compute.placement === 'on-premises')) return true;
  switch (terms.switches.hostLevelVirtualization) {
    case 'yes':
      return true;
    case 'no':
      return false;
    case 'pre-2019-only':
      return vms.every(({ deployments }) =>
        deployments.every(({ version }) => isBeforeListedProviders(version, terms)),
      );
  }
}

function hostRule({ on }: Vm): TermsRule {
  return on.compute.placement === 'on-premises' ? SQL_BY_HOST : SQL_BY_DEDICATED_HOST;
}

function coresOf(vms: readonly Vm[], terms: LicenseTerms): number | null {
  return sumKnown(vms.map((vm) => coresOfOne(vm, terms)));
}

function coresOfOne(vm: Vm, terms: LicenseTerms): number | null {
  return isFreeReplica(vm, terms) ? 0 : coresOfVm(vm);
}

function coresOfVm(vm: Vm): number | null {
  const { activeVcpus, host } = vm.on.compute;
  if (activeVcpus !== null) return Math.max(LEAST_PER_VM, activeVcpus);
  return isWholeServer(vm) && host !== null ? sqlCores(host) : null;
}
