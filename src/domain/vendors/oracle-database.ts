import type { LicenseTerms } from '#domain/licenses/license-terms.ts';
import type {
  Requirement,
  RequirementRule,
  TermsFinding,
  TermsRule,
} from '#domain/licenses/requirement.ts';
import { type Asked, requirementFor } from '#domain/vendors/machine-requirement.ts';
import type { Machine } from '#domain/vendors/machines.ts';
import { multitenantFindings, needsMultitenant } from '#domain/vendors/oracle-multitenant.ts';
import {
  BY_CORES,
  BY_SOCKETS,
  countProcessors,
  oracleMachines,
  type ProcessorCounting,
  SERVICENOW,
  statedUsers,
  userFindings,
  vcpusByOracle,
} from '#domain/vendors/oracle-processors.ts';
import { convertWhole } from '#domain/vendors/units.ts';

/** Named User Plus, for Enterprise Edition and what comes with it. */
export const ENTERPRISE_USERS: TermsRule = {
  id: 'oracle/database/enterprise-users',
  text: 'Every named user counts, but at least 25 for each processor license that the machine would need.',
  source:
    'Oracle technology price list, by redresscompliance.com; ServiceNow counts 25 for each core without the core factor',
  asOf: '2025-03',
  confidence: 'contested',
};

/** Named User Plus, for the Standard family. */
export const STANDARD_USERS: TermsRule = {
  id: 'oracle/database/standard-users',
  text: 'Every named user counts, but at least 10 for each server; eight vCPUs are a server on AWS.',
  source: SERVICENOW,
  asOf: '2026-03-12',
  confidence: 'secondary',
};

/** Where editions of the Standard family may run. */
export const STANDARD_SIZE: TermsRule = {
  id: 'oracle/database/standard-size',
  text: 'Standard Edition 2 and One run on at most eight vCPUs of an authorized cloud, Standard Edition on sixteen; elsewhere on servers with at most two sockets, Standard Edition with four.',
  source: `Oracle, "Licensing Oracle Software in the Cloud Computing Environment", and ${SERVICENOW}`,
  asOf: '2026-03-12',
  confidence: 'secondary',
};

/** Partitioning, Diagnostics Pack and the like. */
export const OPTIONS: TermsRule = {
  id: 'oracle/database/options',
  text: 'An option or pack that is used needs as many licenses of its own as the database it belongs to.',
  source: 'redresscompliance.com, "How to License Oracle Database Options on AWS"',
  asOf: '2025',
  confidence: 'secondary',
};

interface Edition {
  readonly counting: ProcessorCounting;
  readonly users: TermsRule;
  /** Named users that processors ask for at least. */
  readonly leastUsers: (processors: number) => number;
  readonly most: { readonly vcpus: number; readonly sockets: number } | null;
}

const ENTERPRISE: Edition = {
  counting: BY_CORES,
  users: ENTERPRISE_USERS,
  leastUsers: (processors) => 25 * processors,
  most: null,
};

const STANDARD: Edition = {
  counting: BY_SOCKETS,
  users: STANDARD_USERS,
  leastUsers: (processors) => 10 * convertWhole(processors, { per: 2 }),
  most: { vcpus: 16, sockets: 4 },
};

const STANDARD_2: Edition = { ...STANDARD, most: { vcpus: 8, sockets: 2 } };

/** An edition that nobody knows is counted as Enterprise Edition, which asks for most. */
const EDITIONS: ReadonlyMap<string | null, Edition> = new Map([
  ['standard-2', STANDARD_2],
  ['standard-1', STANDARD_2],
  ['standard', STANDARD],
]);

/**
 * Oracle Database on each machine, and each option on its own: an option's edition is its name in
 * small letters with dashes, as `diagnostics-pack`, and that is how an entitlement names it.
 */
export const oracleDatabaseRequirement: RequirementRule = (deployments, terms) =>
  oracleMachines(deployments).flatMap((machine) => {
    const asked = askedFor(machine, terms);
    const findings = [
      ...(asked.findings ?? []),
      ...editionFindings(machine, terms, asked.rule),
      ...machine.all.flatMap(multitenantFindings),
    ];
    return [
      requirementFor(machine, { ...asked, findings }),
      ...optionsOf(machine).map(
        (edition): Requirement => ({
          ...requirementFor(machine, { ...asked, rule: OPTIONS }),
          edition,
        }),
      ),
    ];
  });

function askedFor(machine: Machine, terms: LicenseTerms): Asked {
  const { counting, users: rule, leastUsers } = editionOf(machine);
  const { compute } = machine.first.on;
  if (terms.metric !== 'named-user-plus') {
    const counted = countProcessors(counting, compute, terms, (processors) => processors);
    return { metric: 'processor', rule: counting.rule(compute), ...counted };
  }
  const users = statedUsers(machine);
  return {
    metric: 'named-user-plus',
    rule,
    findings: userFindings(machine, rule),
    ...countProcessors(counting, compute, terms, (processors) =>
      Math.max(users, leastUsers(processors)),
    ),
  };
}

function editionOf({ first }: Machine): Edition {
  return EDITIONS.get(first.edition) ?? ENTERPRISE;
}

function editionFindings(
  machine: Machine,
  { switches }: LicenseTerms,
  rule: TermsRule,
): readonly TermsFinding[] {
  const { edition, on } = machine.first;
  const { most } = editionOf(machine);
  if (edition === null) return [editionUnknown(rule)];
  if (most === null) return [];
  const { placement, host } = on.compute;
  const tooLarge =
    placement === 'on-premises'
      ? (host?.sockets ?? 0) > most.sockets
      : (vcpusByOracle(on.compute, switches) ?? 0) > most.vcpus;
  return tooLarge ? [tooLargeFor(most)] : [];
}

function editionUnknown(rule: TermsRule): TermsFinding {
  return {
    code: 'edition-unknown',
    severity: 'note',
    text: 'Nothing says which edition this is, so it is counted as Enterprise Edition.',
    rule,
  };
}

function tooLargeFor({ vcpus, sockets }: { vcpus: number; sockets: number }): TermsFinding {
  return {
    code: 'machine-too-large',
    severity: 'violation',
    text: `This edition may not run here: at most ${vcpus} vCPUs on AWS, ${sockets} sockets elsewhere.`,
    rule: STANDARD_SIZE,
  };
}

function optionsOf({ all }: Machine): readonly string[] {
  const used = all.flatMap(({ options }) => options).map(shortName);
  return [...new Set(all.some(needsMultitenant) ? [...used, 'multitenant'] : used)];
}

function shortName(option: string): string {
  return option.toLowerCase().replace(/[^a-z0-9]+/g, '-');
}
