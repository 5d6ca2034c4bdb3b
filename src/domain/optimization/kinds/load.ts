import type { Utilization } from '#domain/estate/evidence.ts';
import type { CpuOptions, InstanceType } from '#domain/estate/instance-type.ts';
import { DAY_MS } from '#domain/instant.ts';
import type { KindContext } from '#domain/optimization/kind.ts';
import { stated } from '#domain/optimization/kinds/evidence-items.ts';
import { sustainedShare } from '#domain/optimization/kinds/instance-families.ts';
import type { Machine } from '#domain/optimization/machine.ts';
import type { EvidenceItem } from '#domain/optimization/recommendation.ts';

/**
 * What one thread on a core does of what two do: between the two, by workload. An assumption; the end is
 * taken that asks for more cores.
 */
const ONE_THREAD = { least: 0.65, most: 0.8 };

/** What a machine needs, by figures that were measured. */
export interface Load {
  /** vCPUs as those it was measured on; not whole. */
  readonly vcpus: number;
  /** Threads that each core had then. */
  readonly threadsPerCore: number;
  readonly memoryMib: number;
  readonly evidence: readonly EvidenceItem[];
}

/** Cores and threads that are on: the options, or the type's own. */
export function cpusOf(
  type: Pick<InstanceType, 'defaultCores' | 'defaultThreadsPerCore'>,
  options: CpuOptions | null,
): CpuOptions {
  return options ?? { coreCount: type.defaultCores, threadsPerCore: type.defaultThreadsPerCore };
}

/**
 * What the machine needs; `null` where too few days were measured, where the figures are old, or where a
 * replica idles that has to carry its primary's load one day. Memory that nobody measured is all needed.
 */
export function loadOf(
  machine: Machine,
  { settings, now }: Pick<KindContext, 'settings' | 'now'>,
): Load | null {
  const { type, setup, evidence } = machine;
  const { utilization } = evidence;
  if (utilization === null || isReplica(machine)) return null;
  if (utilization.days < settings.leastDays || isOld(utilization.asOf, { settings, now })) {
    return null;
  }
  const cpus = cpusOf(type, setup.cpuOptions);
  const active = cpus.coreCount * cpus.threadsPerCore;
  const { cpu, memory } = utilization;
  const share = cpu.p995 / settings.cpuTargetPercent;
  // A type that shares its processors hides what it would use beyond its share.
  const isHeldBack = cpu.p995 >= 100 * sustainedShare(type.name);
  const ofMemory =
    memory === null ? 1 : (memory.p995 / 100) * (1 + settings.memoryHeadroomPercent / 100);
  return {
    vcpus: isHeldBack ? active : active * Math.min(1, share),
    threadsPerCore: cpus.threadsPerCore,
    memoryMib: type.memoryMib * Math.min(1, ofMemory),
    evidence: loadEvidence(utilization, active),
  };
}

/** Figures from before so many days say nothing of today. */
export function isOld(
  asOf: Date,
  { settings, now }: Pick<KindContext, 'settings' | 'now'>,
): boolean {
  return now.getTime() - asOf.getTime() > settings.leastDays * DAY_MS;
}

/** True for a machine that stands by for another one: how busy it is tells nothing. */
export function isReplica({ deployments, evidence }: Machine): boolean {
  const standsBy = deployments.some(({ role }) => role === 'passive' || role === 'readable');
  return standsBy || evidence.sqlHa?.state === 'standby';
}

/** Whether a type with these CPUs on carries the load. */
export function carries(load: Load, type: InstanceType, options: CpuOptions | null): boolean {
  const cpus = cpusOf(type, options);
  const vcpus = cpus.coreCount * cpus.threadsPerCore * sustainedShare(type.name);
  return (
    vcpus * worthOf(cpus.threadsPerCore, load.threadsPerCore) >= load.vcpus &&
    type.memoryMib >= load.memoryMib
  );
}

/** What a vCPU is worth in vCPUs of a core with another number of threads, at least. */
function worthOf(threads: number, measured: number): number {
  if (threads === measured) return 1;
  return threads === 1 ? 2 * ONE_THREAD.least : 1 / (2 * ONE_THREAD.most);
}

/** Named where the number of threads changes what a vCPU does. */
export function threadEvidence(
  load: Load,
  type: InstanceType,
  options: CpuOptions | null,
): readonly EvidenceItem[] {
  const { threadsPerCore } = cpusOf(type, options);
  if (threadsPerCore === load.threadsPerCore) return [];
  const value = 100 * (threadsPerCore === 1 ? ONE_THREAD.least : ONE_THREAD.most);
  return [stated('assumption', 'one-thread-throughput', value, 'percent')];
}

function loadEvidence(
  { cpu, memory, lookBackDays, asOf, days }: Utilization,
  active: number,
): readonly EvidenceItem[] {
  const measured = { source: 'utilization', unit: 'percent', lookBackDays, asOf };
  return [
    { ...measured, measure: 'cpu-p995', value: cpu.p995 },
    ...(memory === null ? [] : [{ ...measured, measure: 'memory-p995', value: memory.p995 }]),
    { ...measured, measure: 'days-measured', value: days, unit: 'day' },
    stated('instances', 'active-vcpus', active, 'vcpu'),
  ];
}
