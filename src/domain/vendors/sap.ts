import type { RequirementRule, TermsFinding, TermsRule } from '#domain/licenses/requirement.ts';
import { requirementFor } from '#domain/vendors/machine-requirement.ts';
import { machinesOf } from '#domain/vendors/machines.ts';

export const HANA_MEMORY: TermsRule = {
  id: 'sap/hana/memory',
  text: 'SAP HANA is licensed by the peak of the memory that it uses, in blocks of 64 GiB; the memory of its machine is the most that this can be.',
  source: 'SAP, M_LICENSE_MEASUREMENTS; blocks as advisers report them',
  asOf: '2026-11-22',
  confidence: 'secondary',
};

export const NAMED_USERS: TermsRule = {
  id: 'sap/netweaver/named-users',
  text: 'SAP applications are licensed by named users and engines, which no machine shows.',
  source: 'SAP Software Use Rights, as advisers report them',
  asOf: '2026-11-22',
  confidence: 'secondary',
};

const MEMORY_IS_CEILING: TermsFinding = {
  code: 'peak-memory-not-measured',
  severity: 'note',
  text: "The machine's memory is counted. The measured peak (M_LICENSE_MEASUREMENTS) is what SAP asks for, and may be less.",
  rule: HANA_MEMORY,
};

const USERS_NOT_COUNTED: TermsFinding = {
  code: 'named-users-not-counted',
  severity: 'note',
  text: 'SAP asks for named users, which no machine shows: its own measurement counts them.',
  rule: NAMED_USERS,
};

/** SAP HANA in GiB of memory, standbys and systems for tests included; blocks are taken of the sum. */
export const sapHanaRequirement: RequirementRule = (deployments) =>
  machinesOf(deployments).map((machine) => {
    const { memoryMib } = machine.first.on.compute;
    return requirementFor(machine, {
      metric: 'memory-gib',
      units: memoryMib === null ? null : memoryMib / 1024,
      rule: HANA_MEMORY,
      findings: [MEMORY_IS_CEILING],
    });
  });

/** SAP NetWeaver: named users, as far as somebody listed them; installations where no users are owned. */
export const sapNetweaverRequirement: RequirementRule = (deployments, { metric }) =>
  machinesOf(deployments).map((machine) => {
    const installed = requirementFor(machine, {
      metric: 'instance',
      units: 1,
      rule: NAMED_USERS,
      findings: [USERS_NOT_COUNTED],
    });
    if (metric !== 'user') return installed;
    return { ...installed, metric, units: machine.first.users ?? null };
  });
