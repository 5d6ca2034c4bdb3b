import type { LicenseTerms } from '#domain/licenses/license-terms.ts';
import type { TermsFinding } from '#domain/licenses/requirement.ts';
import { eligibilityFindings } from '#domain/vendors/byol-eligibility.ts';
import { SQL_BY_VM, SQL_PASSIVE, SQL_VM_ASSURANCE } from '#domain/vendors/microsoft-rules.ts';
import {
  deploymentsOn,
  isWholeServer,
  releaseYear,
  type Vm,
} from '#domain/vendors/microsoft-vms.ts';
import { isFreeReplica, isPassive } from '#domain/vendors/sql-server-replicas.ts';

/** What the number of licenses does not say of these VMs. */
export function sqlFindings(vms: readonly Vm[], terms: LicenseTerms): readonly TermsFinding[] {
  const free = vms.some((vm) => isFreeReplica(vm, terms));
  const counted = vms.some((vm) => isPassive(vm) && !isFreeReplica(vm, terms));
  return [
    ...eligibilityFindings(deploymentsOn(vms), terms),
    ...(vms.some((vm) => needsVmAssurance(vm, terms)) ? [vmAssurance(terms)] : []),
    ...(vms.some(({ edition }) => edition === null) ? [EDITION_UNKNOWN] : []),
    ...(counted ? [PASSIVE_COUNTED] : []),
    ...(free ? [PASSIVE_FREE] : []),
  ];
}

/** On AWS the eligibility asks for it already. */
function needsVmAssurance(vm: Vm, { softwareAssurance }: LicenseTerms): boolean {
  return (
    softwareAssurance !== true &&
    vm.on.compute.placement === 'on-premises' &&
    !isWholeServer(vm) &&
    vm.deployments.some(({ version }) => (releaseYear(version) ?? 0) >= 2022)
  );
}

function vmAssurance({ softwareAssurance }: LicenseTerms): TermsFinding {
  return {
    code: 'vm-assurance',
    severity: softwareAssurance === false ? 'violation' : 'warning',
    text: SQL_VM_ASSURANCE.text,
    rule: SQL_VM_ASSURANCE,
  };
}

const EDITION_UNKNOWN: TermsFinding = {
  code: 'edition-unknown',
  severity: 'warning',
  text: 'The edition is not known: it is counted by VM, and which licenses cover it is open.',
  rule: SQL_BY_VM,
};

const PASSIVE_COUNTED: TermsFinding = {
  code: 'passive-counted',
  severity: 'note',
  text: 'A passive replica is counted: sources differ on whether it is free here.',
  rule: SQL_PASSIVE,
};

const PASSIVE_FREE: TermsFinding = {
  code: 'passive-free',
  severity: 'note',
  text: 'A passive replica is not counted: one for high availability and one for disaster recovery are free for each primary, up to its cores.',
  rule: SQL_PASSIVE,
};
