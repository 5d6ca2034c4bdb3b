import type { Compute, Deployment } from '#domain/estate/deployment.ts';
import type { LicenseTerms, TermSwitches } from '#domain/licenses/license-terms.ts';
import type { Alternative, TermsFinding, TermsRule } from '#domain/licenses/requirement.ts';
import type { Asked } from '#domain/vendors/machine-requirement.ts';
import { type Machine, machineKey, machinesOf } from '#domain/vendors/machines.ts';
import { recountUnder } from '#domain/vendors/term-alternatives.ts';
import { convertWhole, otherAnswer } from '#domain/vendors/units.ts';

const POLICY =
  'Oracle, "Licensing Oracle Software in the Cloud Computing Environment" (not part of a contract; read in a copy, docslib.org/doc/874760, and by SoftwareOne)';

/** Whose reading of the terms most of these rules follow. */
export const SERVICENOW =
  'ServiceNow Software Asset Management documentation, oracle-publisher-pack.md and byol-license-rules.md';

/** Enterprise products on AWS and in RDS, where CPU options are the contested part. */
export const CLOUD_CORES: TermsRule = {
  id: 'oracle/cloud/two-vcpus-per-processor',
  text: 'In an authorized cloud two vCPUs count as one processor where the type has two threads a core, else each vCPU does; the most vCPUs of the type count, the core factor table does not apply, and what is stopped or on standby counts.',
  source: POLICY,
  asOf: '2024-07-11',
  confidence: 'contested',
};

/** Products of the Standard family on AWS and in RDS. */
export const CLOUD_SOCKETS: TermsRule = {
  id: 'oracle/cloud/four-vcpus-per-socket',
  text: 'In an authorized cloud up to four vCPUs count as one socket, and each Standard Edition license covers one socket.',
  source: POLICY,
  asOf: '2024-07-11',
  confidence: 'secondary',
};

/** Enterprise products outside AWS. */
export const SERVER_CORES: TermsRule = {
  id: 'oracle/server/core-factor',
  text: 'Outside authorized clouds every core of the server counts, times the core factor of its processor: 0.5 for x86.',
  source: SERVICENOW,
  asOf: '2026-03-12',
  confidence: 'secondary',
};

/** Products of the Standard family outside AWS. */
export const SERVER_SOCKETS: TermsRule = {
  id: 'oracle/server/sockets',
  text: 'Outside authorized clouds a Standard Edition license covers one occupied socket.',
  source: SERVICENOW,
  asOf: '2026-03-12',
  confidence: 'secondary',
};

/** How one family of products counts a machine. `null`: its size is not known. */
export interface ProcessorCounting {
  readonly rule: (compute: Compute) => TermsRule;
  readonly processors: (compute: Compute, switches: TermSwitches) => number | null;
}

/** Enterprise Edition, its options and packs, WebLogic Enterprise and Suite. */
export const BY_CORES: ProcessorCounting = {
  rule: ({ placement }) => (placement === 'on-premises' ? SERVER_CORES : CLOUD_CORES),
  processors: (compute, switches) => {
    if (compute.placement === 'on-premises') {
      return compute.host && convertWhole(compute.host.cores, { factor: 0.5 });
    }
    const { oracleHonorsCpuOptions: honors } = switches;
    const threads = honors ? compute.activeThreadsPerCore : compute.defaultThreadsPerCore;
    const vcpus = vcpusByOracle(compute, switches);
    return vcpus && convertWhole(vcpus, { per: threads === 2 ? 2 : 1 });
  },
};

/** Standard Edition 2, One and Standard, WebLogic Standard: threads make no difference. */
export const BY_SOCKETS: ProcessorCounting = {
  rule: ({ placement }) => (placement === 'on-premises' ? SERVER_SOCKETS : CLOUD_SOCKETS),
  processors: (compute, switches) => {
    if (compute.placement === 'on-premises') return compute.host?.sockets ?? null;
    const vcpus = vcpusByOracle(compute, switches);
    return vcpus && convertWhole(vcpus, { per: 4 });
  },
};

/** The vCPUs that Oracle looks at on AWS. */
export function vcpusByOracle(
  { activeVcpus, maximumVcpus }: Compute,
  { oracleHonorsCpuOptions }: TermSwitches,
): number | null {
  return oracleHonorsCpuOptions ? activeVcpus : maximumVcpus;
}

/**
 * The units of a machine, and under the other answer on CPU options. `literal` is the policy read to
 * the letter: with one thread a core no multi-threading is on, so each of the type's vCPUs counts.
 */
export function countProcessors(
  { processors }: ProcessorCounting,
  compute: Compute,
  terms: LicenseTerms,
  unitsFor: (processors: number) => number,
): Pick<Asked, 'units' | 'alternatives'> {
  const unitsOf = (machine: Compute, { switches }: LicenseTerms) => {
    const count = processors(machine, switches);
    return count === null ? null : unitsFor(count);
  };
  const other = otherAnswer(terms.switches, 'oracleHonorsCpuOptions');
  const alternatives = recountUnder([other], terms, (answered) => unitsOf(compute, answered));
  const { activeThreadsPerCore: threads, defaultThreadsPerCore } = compute;
  const asSold = threads === null || threads === defaultThreadsPerCore;
  return {
    units: unitsOf(compute, terms),
    alternatives: asSold ? alternatives : [...alternatives, ...literalReading()],
  };

  function literalReading(): readonly Alternative[] {
    const ignoring = { ...terms, switches: { ...terms.switches, oracleHonorsCpuOptions: false } };
    const units = unitsOf({ ...compute, defaultThreadsPerCore: threads }, ignoring);
    return units === null || units === unitsOf(compute, ignoring)
      ? []
      : [{ switch: 'oracleHonorsCpuOptions', setting: 'literal', units }];
  }
}

/** Machines on AWS, servers elsewhere: there a server is licensed once, whatever virtual machines it has. */
export function oracleMachines(deployments: readonly Deployment[]): readonly Machine[] {
  return machinesOf(deployments, (deployment) => {
    const { placement, host } = deployment.on.compute;
    return placement === 'on-premises' && host !== null ? host.id : machineKey(deployment);
  });
}

/** Named users that somebody stated; those of whom nobody did are missing. */
export function statedUsers({ all }: Machine): number {
  return all.reduce((sum, { users }) => sum + (users ?? 0), 0);
}

/** What to say when the minimum may be too little. */
export function userFindings({ all }: Machine, rule: TermsRule): readonly TermsFinding[] {
  if (all.every(({ users }) => typeof users === 'number')) return [];
  return [
    {
      code: 'users-unknown',
      severity: 'note',
      text: 'Nobody stated how many named users there are, so the minimum of the processors counts.',
      rule,
    },
  ];
}
