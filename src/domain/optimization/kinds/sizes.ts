import type { ComputeFinding } from '#domain/estate/evidence.ts';
import type { CpuOptions, InstanceType } from '#domain/estate/instance-type.ts';
import type { Change, KindContext } from '#domain/optimization/kind.ts';
import { stated } from '#domain/optimization/kinds/evidence-items.ts';
import { hasLocalDisks, sharesProcessors } from '#domain/optimization/kinds/instance-families.ts';
import {
  hasLicensedDatabase,
  isIncluded,
  leastVcpus,
} from '#domain/optimization/kinds/license-needs.ts';
import {
  carries,
  cpusOf,
  isOld,
  isReplica,
  type Load,
  loadOf,
  threadEvidence,
} from '#domain/optimization/kinds/load.ts';
import { isValidFor } from '#domain/optimization/kinds/optimize-cpus.ts';
import type { Machine } from '#domain/optimization/machine.ts';
import type { EvidenceItem, Risk, Setup } from '#domain/optimization/recommendation.ts';

type Advice = ComputeFinding['options'][number];

/** Compute Optimizer's risk that it may be advised with: 2 is medium. */
const MOST_RISK = 2;

/** Why a machine may have another size: what was measured, or else what Compute Optimizer says. */
export interface Grounds {
  readonly load: Load | null;
  readonly finding: ComputeFinding | null;
}

/** `null` where neither says anything: then nothing is said of the machine's size. */
export function groundsOf(machine: Machine, context: KindContext): Grounds | null {
  if (isReplica(machine)) return null;
  const { compute } = machine.evidence;
  const { leastDays } = context.settings;
  const trusted =
    compute !== null && compute.lookBackDays >= leastDays && !isOld(compute.asOf, context);
  const grounds = { load: loadOf(machine, context), finding: trusted ? compute : null };
  return grounds.load === null && grounds.finding === null ? null : grounds;
}

/** The setup on another type, with its CPU options where they are valid there; `null`: it may not be. */
export function onType(
  machine: Machine,
  setup: Setup,
  type: InstanceType,
  { load, finding }: Grounds,
): Setup | null {
  if (!mayRunOn(machine, setup, type)) return null;
  const advice = adviceFor(finding, type);
  const fits = (options: CpuOptions | null) =>
    isEnough(setup, type, options) &&
    (load === null
      ? advice !== null && keepsMemory(machine, type, finding)
      : carries(load, type, options));
  const kept =
    setup.cpuOptions !== null && isValidFor(setup.cpuOptions, type) ? [setup.cpuOptions] : [];
  const cpuOptions = [...kept, null].find(fits);
  return cpuOptions === undefined ? null : { ...setup, instanceType: type.name, cpuOptions };
}

/** A change of type, with all that speaks for it. */
export function changeOfType(
  kind: 'rightsize' | 'change-family',
  to: Setup,
  type: InstanceType,
  { load, finding }: Grounds,
  machine: Machine,
): Change {
  const advice = adviceFor(finding, type);
  const losesDisks = hasLocalDisks(machine.type.name);
  return {
    kind,
    to,
    evidence: [
      ...(load === null ? [] : [...load.evidence, ...threadEvidence(load, type, to.cpuOptions)]),
      ...adviceEvidence(finding, advice),
      ...costEvidence(machine, type),
      ...(losesDisks ? [stated('instance-types', 'local-disks-lost', machine.type.name)] : []),
    ],
    gate: [],
    risk: riskOf(kind, advice),
    effort: kind === 'rightsize' ? 'restart' : 'migration',
    ownerMustValidate: losesDisks,
  };
}

/** Whether the type takes the image, the tenancy and what runs there, whatever the load. */
function mayRunOn({ type: from, image }: Machine, setup: Setup, type: InstanceType): boolean {
  const architectures = image === null ? from.architectures : [image.architecture];
  return (
    !type.bareMetal &&
    architectures.some((architecture) => type.architectures.includes(architecture)) &&
    (setup.tenancy !== 'host' || type.dedicatedHostsSupported) &&
    !(sharesProcessors(type.name) && (hasLicensedDatabase(setup) || setup.tenancy === 'host'))
  );
}

/** SQL Server in the hourly price has 4 vCPUs at least. */
function isEnough(setup: Setup, type: InstanceType, options: CpuOptions | null): boolean {
  const { coreCount, threadsPerCore } = cpusOf(type, options);
  return !isIncluded(setup, 'sql-server') || coreCount * threadsPerCore >= leastVcpus(setup);
}

/** Without figures of our own memory shrinks only where Compute Optimizer saw too much of it. */
function keepsMemory(
  { type: from }: Machine,
  type: InstanceType,
  finding: ComputeFinding | null,
): boolean {
  return (
    type.memoryMib >= from.memoryMib || finding?.reasons.includes('MemoryOverprovisioned') === true
  );
}

function adviceFor(finding: ComputeFinding | null, { name }: InstanceType): Advice | null {
  return (
    finding?.options.find(
      ({ instanceType, performanceRisk }) => instanceType === name && performanceRisk <= MOST_RISK,
    ) ?? null
  );
}

function adviceEvidence(
  finding: ComputeFinding | null,
  advice: Advice | null,
): readonly EvidenceItem[] {
  if (finding === null || advice === null) return [];
  const { lookBackDays, asOf } = finding;
  const said = { source: 'compute-optimizer', unit: null, lookBackDays, asOf };
  return [
    { ...said, measure: 'recommended-type', value: advice.instanceType },
    { ...said, measure: 'performance-risk', value: advice.performanceRisk },
  ];
}

function costEvidence(
  { evidence: { rightsizing } }: Machine,
  { name }: InstanceType,
): readonly EvidenceItem[] {
  if (rightsizing?.targets.some(({ instanceType }) => instanceType === name) !== true) return [];
  const { lookBackDays, asOf } = rightsizing;
  return [
    {
      source: 'cost-explorer',
      measure: 'recommended-type',
      value: name,
      unit: null,
      lookBackDays,
      asOf,
    },
  ];
}

/** Another family is another processor; Compute Optimizer's doubts count for either. */
function riskOf(kind: 'rightsize' | 'change-family', advice: Advice | null): Risk {
  return kind === 'change-family' || (advice?.performanceRisk ?? 0) > 1 ? 'medium' : 'low';
}
