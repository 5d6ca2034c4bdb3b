import type { Deployment } from '#domain/estate/deployment.ts';
import type { LicenseTerms, TermSwitches } from '#domain/licenses/license-terms.ts';
import type { LicenseMetric } from '#domain/licenses/product.ts';
import type { RequirementRule, TermsFinding, TermsRule } from '#domain/licenses/requirement.ts';
import { type Asked, requirementFor } from '#domain/vendors/machine-requirement.ts';
import { type Host, hostsOf, type Machine, machinesOf } from '#domain/vendors/machines.ts';
import { recountUnder } from '#domain/vendors/term-alternatives.ts';
import { convert, convertWhole, otherAnswer, sumKnown } from '#domain/vendors/units.ts';

export const SUB_CAPACITY: TermsRule = {
  id: 'ibm/sub-capacity/vcpu',
  text: 'In an eligible public cloud each vCPU is a Virtual Processor Core and 70 Processor Value Units, whatever its threads; CPU options count only where ILMT reports them, and the peak of the period counts, so that a stopped machine does too.',
  source: 'IBM, sub-capacity licensing on eligible public clouds',
  asOf: '2026-02-10',
  confidence: 'primary',
};

export const SERVER: TermsRule = {
  id: 'ibm/sub-capacity/server',
  text: "Outside AWS the virtual machines of a server need no more Virtual Processor Cores than it has physical cores; without ILMT's reports all of these count.",
  source: 'HCL BigFix Inventory 10, "Virtual processor core licenses"',
  asOf: '2023',
  confidence: 'secondary',
};

export const NO_REPORTS: TermsRule = {
  id: 'ibm/sub-capacity/reports',
  text: 'Sub-capacity needs ILMT or a tool that IBM accepts within 90 days, with reports each quarter that are kept for two years; otherwise the full capacity of the physical machine counts.',
  source: 'ServiceNow Software Asset Management documentation',
  asOf: '2026-03-12',
  confidence: 'secondary',
};

export const STANDBY: TermsRule = {
  id: 'ibm/db2/standby',
  text: 'A cold Db2 standby needs no license, RDS Multi-AZ among them; a warm one needs 100 Processor Value Units a server, a readable one as many as the primary.',
  source: 'AWS, RDS for Db2 User Guide; warm standby by ServiceNow',
  asOf: '2026-03-12',
  confidence: 'primary',
};

/**
 * Db2, MQ and WebSphere on each machine, or on each host with everything on it, in the metric that
 * is owned. Resource Value Units are cores here: their tiers are taken of the pool's sum.
 */
export const ibmRequirement: RequirementRule = (deployments, terms) =>
  hostsOf(machinesOf(deployments)).map((host) => {
    const all = host.all.flatMap((machine) => machine.all);
    return requirementFor({ first: host.first.first, all }, askedFor(host, terms));
  });

function askedFor(host: Host, terms: LicenseTerms): Asked {
  const { switches } = terms;
  const metric = METRICS.find((known) => known === terms.metric) ?? usualMetric(host);
  const unitsUnder = (answered: LicenseTerms) => {
    const cores = coresOf(host, answered.switches);
    return cores === null ? null : convert(cores, { factor: metric === 'pvu' ? 70 : 1 });
  };
  const others = QUESTIONS.map((question) => otherAnswer(switches, question));
  return {
    metric,
    units: unitsUnder(terms),
    rule: onPremises(host) ? SERVER : SUB_CAPACITY,
    alternatives: recountUnder(others, terms, unitsUnder),
    findings: [
      ...(switches.ibmSubCapacityReported ? [] : [REPORTS_MISSING]),
      ...(host.all.some(isStandby) ? [standbyFinding(host)] : []),
    ],
  };
}

const METRICS = ['vpc', 'pvu', 'rvu'] as const satisfies readonly LicenseMetric[];
const QUESTIONS = ['ibmVcpusPerCore', 'ibmSubCapacityReported', 'ibmHostCoreCap'] as const;

function usualMetric({ first }: Host): LicenseMetric {
  return first.first.product === 'ibm-websphere' ? 'pvu' : 'vpc';
}

/** Virtual Processor Cores of everything on a host; `null` when the size of anything is not known. */
function coresOf(host: Host, switches: TermSwitches): number | null {
  const active = host.all.filter((machine) => !isStandby(machine));
  if (active.length === 0) return 0;
  const physical = host.first.first.on.compute.host?.cores ?? null;
  if (onPremises(host) && !switches.ibmSubCapacityReported) return physical;

  const virtual = sumKnown(active.map((machine) => virtualCores(machine, switches)));
  const capped = onPremises(host) || switches.ibmHostCoreCap;
  if (virtual === null || physical === null || !capped) return virtual;
  return Math.min(virtual, physical);
}

/** Of one machine. Outside AWS a server without virtual machines has its physical cores. */
function virtualCores({ first }: Machine, switches: TermSwitches): number | null {
  const { placement, activeVcpus, maximumVcpus, host } = first.on.compute;
  if (placement === 'on-premises') return activeVcpus ?? host?.cores ?? null;
  const vcpus = switches.ibmSubCapacityReported ? activeVcpus : maximumVcpus;
  if (vcpus === null || switches.ibmVcpusPerCore === 1 || !mayHalve(first)) return vcpus;
  return convertWhole(vcpus, { per: 2 });
}

/** Two vCPUs a core: containers that are metered so, and Db2 with its add-ons at full capacity. */
function mayHalve({ product, on }: Deployment): boolean {
  const { defaultThreadsPerCore, activeVcpus, maximumVcpus } = on.compute;
  const addOns = product === 'ibm-db2' && activeVcpus === maximumVcpus;
  return defaultThreadsPerCore === 2 && (on.kind === 'container' || addOns);
}

function onPremises({ first }: Host): boolean {
  return first.first.on.compute.placement === 'on-premises';
}

function isStandby({ all }: Machine): boolean {
  return all.every(({ product, role }) => product === 'ibm-db2' && role === 'passive');
}

const REPORTS_MISSING: TermsFinding = {
  code: 'sub-capacity-not-reported',
  severity: 'warning',
  text: "No entitlement says that ILMT's reports prove sub-capacity: without them IBM may count the whole physical machine.",
  rule: NO_REPORTS,
};

function standbyFinding({ first }: Host): TermsFinding {
  return first.first.on.compute.placement === 'rds'
    ? {
        code: 'standby-free',
        severity: 'note',
        text: 'The Multi-AZ standby is cold: it needs no license.',
        rule: STANDBY,
      }
    : {
        code: 'standby-may-be-warm',
        severity: 'warning',
        text: 'A cold standby needs no license. If Db2 runs on it, 100 Processor Value Units are due.',
        rule: STANDBY,
      };
}

/** Cores up to each bound count so much; cores above the last a fifth. */
const RVU_TIERS = [
  { upTo: 2_500, factor: 1 },
  { upTo: 10_000, factor: 0.8 },
  { upTo: 50_000, factor: 0.6 },
  { upTo: 150_000, factor: 0.4 },
  { upTo: Number.POSITIVE_INFINITY, factor: 0.2 },
] as const;

/**
 * Resource Value Units of all cores of a product together: each tier's factor holds for the cores
 * within it.
 *
 * @see ServiceNow Software Asset Management documentation (2026-03-12)
 */
export function resourceValueUnits(cores: number): number {
  return RVU_TIERS.reduce((sum, { upTo, factor }, index) => {
    const from = RVU_TIERS[index - 1]?.upTo ?? 0;
    return sum + Math.max(0, Math.min(cores, upTo) - from) * factor;
  }, 0);
}
