import type { LicenseTerms } from '#domain/licenses/license-terms.ts';
import type { RequirementRule, TermsFinding, TermsRule } from '#domain/licenses/requirement.ts';
import { type Asked, requirementFor } from '#domain/vendors/machine-requirement.ts';
import type { Machine } from '#domain/vendors/machines.ts';
import {
  BY_CORES,
  BY_SOCKETS,
  countProcessors,
  oracleMachines,
  SERVICENOW,
  statedUsers,
  userFindings,
  vcpusByOracle,
} from '#domain/vendors/oracle-processors.ts';
import { convertWhole } from '#domain/vendors/units.ts';

export const USERS: TermsRule = {
  id: 'oracle/weblogic/users',
  text: 'Every named user counts, but at least 10 for each processor license that the machine would need.',
  source: `${SERVICENOW}; for Standard Edition it says 10 for each eight vCPUs, which would be fewer`,
  asOf: '2026-03-12',
  confidence: 'contested',
};

export const STANDARD_SIZE: TermsRule = {
  id: 'oracle/weblogic/standard-size',
  text: 'Whether the limit of sixteen vCPUs for Standard Edition products holds for WebLogic is not settled.',
  source: 'Oracle, "Licensing Oracle Software in the Cloud Computing Environment"',
  asOf: '2024-07-11',
  confidence: 'contested',
};

const STANDARD_VCPUS = 16;

/** WebLogic Server: Enterprise Edition and Suite by cores, Standard Edition by sockets. */
export const oracleWeblogicRequirement: RequirementRule = (deployments, terms) =>
  oracleMachines(deployments).map((machine) => requirementFor(machine, askedFor(machine, terms)));

function askedFor(machine: Machine, terms: LicenseTerms): Asked {
  const { edition, on } = machine.first;
  const counting = edition === 'standard' ? BY_SOCKETS : BY_CORES;
  const large =
    edition === 'standard' && (vcpusByOracle(on.compute, terms.switches) ?? 0) > STANDARD_VCPUS;
  const findings = large ? [LARGE] : [];
  if (terms.metric !== 'named-user-plus') {
    const counted = countProcessors(counting, on.compute, terms, (processors) => processors);
    return { metric: 'processor', rule: counting.rule(on.compute), findings, ...counted };
  }
  const minimum = statedUsers(machine);
  return {
    metric: 'named-user-plus',
    rule: USERS,
    findings: [...findings, ...userFindings(machine, USERS)],
    ...countProcessors(counting, on.compute, terms, (processors) =>
      convertWhole(processors, { factor: 10, minimum }),
    ),
  };
}

const LARGE: TermsFinding = {
  code: 'machine-too-large',
  severity: 'warning',
  text: `WebLogic Server Standard Edition may be limited to ${STANDARD_VCPUS} vCPUs on AWS: ask Oracle before it stays here.`,
  rule: STANDARD_SIZE,
};
