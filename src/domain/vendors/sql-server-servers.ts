import type { LicenseTerms } from '#domain/licenses/license-terms.ts';
import type { Requirement } from '#domain/licenses/requirement.ts';
import { SQL_BY_SERVER, SQL_ENTERPRISE_BY_SERVER } from '#domain/vendors/microsoft-rules.ts';
import type { Vm, VmHost } from '#domain/vendors/microsoft-vms.ts';
import { sqlRequirement } from '#domain/vendors/sql-server-counting.ts';
import { isFreeReplica, PASSIVE_ANSWERS } from '#domain/vendors/sql-server-replicas.ts';

/** What a legacy server license of Enterprise covers. */
const VMS_PER_LICENSE = 4;
const CORES_PER_LICENSE = 20;

/**
 * Server licenses of the VMs on one host: one for each VM; for legacy Enterprise one for every four VMs
 * and every twenty cores of the host.
 *
 * @see ServiceNow SAM documentation, microsoft-percore-withcal (2026-03-12)
 */
export function sqlByServers(host: VmHost, terms: LicenseTerms): readonly Requirement[] {
  const enterprise = host.vms.filter(({ edition }) => edition === 'enterprise');
  const others = host.vms.filter(({ edition }) => edition !== 'enterprise');
  return [
    ...enterprise.slice(0, 1).map((first) =>
      sqlRequirement(
        { first, all: enterprise },
        {
          metric: 'server',
          rule: SQL_ENTERPRISE_BY_SERVER,
          answers: PASSIVE_ANSWERS,
          count: (other) => enterpriseServers(host, countedOf(enterprise, other)),
        },
        terms,
      ),
    ),
    ...others.map((vm) =>
      sqlRequirement(
        { first: vm, all: [vm] },
        {
          metric: 'server',
          rule: SQL_BY_SERVER,
          answers: PASSIVE_ANSWERS,
          count: (other) => countedOf([vm], other).length,
        },
        terms,
      ),
    ),
  ];
}

function countedOf(vms: readonly Vm[], terms: LicenseTerms): readonly Vm[] {
  return vms.filter((vm) => !isFreeReplica(vm, terms));
}

/** A VM whose host is not known is taken for a server of its own, with its vCPUs as cores. */
function enterpriseServers({ hardware }: VmHost, vms: readonly Vm[]): number | null {
  const [first] = vms;
  if (first === undefined) return 0;
  const cores = hardware?.cores ?? first.on.compute.activeVcpus;
  if (cores === null) return null;
  return Math.max(Math.ceil(vms.length / VMS_PER_LICENSE), Math.ceil(cores / CORES_PER_LICENSE));
}
