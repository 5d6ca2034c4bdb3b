import { _InstanceType, type Instance } from '@aws-sdk/client-ec2';
import type { DemandRecord, RegionState } from '../cloud/cloud.ts';
import type { InstanceTypeFacts } from '../ec2/facts.ts';
import { INSTANCE_TYPES } from '../ec2/instance-types.ts';
import { listedHourly } from '../pricing/hourly-price.ts';
import { activeVcpus, demandOf, ranDuring } from './demand.ts';

const HOUR = 3_600_000;

/** AWS says nothing of what ran shorter. */
const LEAST_HOURS = 30;

/** Busier than this at its peak, a smaller type would be too small. */
const MOST_BUSY = 0.8;
const TOO_BUSY = 0.97;
const HARDLY_BUSY = 0.4;
const IDLE = 0.05;

const MOST_OPTIONS = 3;
const HOURS_A_MONTH = 730;

/** What AWS's services think of an instance's size. */
export interface Sizing {
  readonly instance: Instance;
  readonly id: string;
  readonly demand: DemandRecord;
  /** Shares of what it has, at the peak; memory is null where no agent tells. */
  readonly cpuPeak: number;
  readonly memoryPeak: number | null;
  readonly finding: 'Overprovisioned' | 'Underprovisioned' | 'Optimized';
  readonly idle: boolean;
  /** Best first; with a share of the vCPUs at the peak. */
  readonly options: readonly SizeOption[];
  /** What ending it would save. US dollars. */
  readonly monthlyUsd: number;
}

interface SizeOption {
  readonly type: InstanceTypeFacts;
  readonly cpuPeak: number;
  readonly memoryKnown: boolean;
  /** US dollars; negative where it costs more. */
  readonly monthlySavingsUsd: number;
}

/** Of the instances that AWS looks at: On-Demand, running for a while, and on no Dedicated Host. */
export function sizingsIn(state: RegionState, now: number): Sizing[] {
  return [...state.instances.values()].flatMap((instance) => {
    const { State, InstanceLifecycle, Placement } = instance;
    const { from } = ranDuring(instance, now);
    const isLookedAt =
      State?.Name === 'running' &&
      InstanceLifecycle === undefined &&
      Placement?.Tenancy !== 'host' &&
      now - from >= LEAST_HOURS * HOUR;
    return isLookedAt ? sizing(state, instance) : [];
  });
}

function sizing(state: RegionState, instance: Instance): readonly Sizing[] {
  const demand = demandOf(state, instance);
  const facts = INSTANCE_TYPES.get(instance.InstanceType ?? '');
  if (demand === null || facts === undefined) return [];
  const cpuPeak = demand.cpu.peak / activeVcpus(instance, facts);
  const memoryPeak = demand.agent ? demand.memoryMib.peak / facts.memoryMib : null;
  const isSmall = Math.max(cpuPeak, memoryPeak ?? 0) >= TOO_BUSY;
  const ofFamily = [...INSTANCE_TYPES.values()].filter(
    ({ family, bareMetal }) => family === facts.family && !bareMetal,
  );
  const options = ofFamily
    .filter((type) => (isSmall ? isLarger(type, facts) : isSmallerAndEnough(type, facts, demand)))
    .toSorted((one, other) => sizeOf(one) - sizeOf(other))
    .slice(0, MOST_OPTIONS)
    .map((type): SizeOption => {
      const hourly = listedHourly(state.region, instance);
      const other = listedHourly(state.region, { ...instance, InstanceType: nameOf(type) });
      return {
        type,
        cpuPeak: demand.cpu.peak / type.vcpus,
        memoryKnown: demand.agent,
        monthlySavingsUsd: ((hourly - other) * HOURS_A_MONTH) / 1_000_000,
      };
    });
  const finding =
    options.length === 0 ? 'Optimized' : isSmall ? 'Underprovisioned' : 'Overprovisioned';
  return [
    {
      instance,
      id: instance.InstanceId ?? '',
      demand,
      cpuPeak,
      memoryPeak,
      finding,
      idle: cpuPeak < IDLE,
      options,
      monthlyUsd: (listedHourly(state.region, instance) * HOURS_A_MONTH) / 1_000_000,
    },
  ];
}

const sizeOf = ({ vcpus, memoryMib }: InstanceTypeFacts): number => vcpus + memoryMib / 1_000_000;

function nameOf({ name }: InstanceTypeFacts): NonNullable<Instance['InstanceType']> {
  const found = TYPE_NAMES.get(name);
  if (found === undefined) throw new Error(`The client package has no instance type ${name}.`);
  return found;
}

const TYPE_NAMES = new Map(Object.values(_InstanceType).map((name) => [String(name), name]));

function isLarger(type: InstanceTypeFacts, current: InstanceTypeFacts): boolean {
  return type.vcpus > current.vcpus;
}

/** Without an agent AWS goes by the CPU alone. */
function isSmallerAndEnough(
  type: InstanceTypeFacts,
  current: InstanceTypeFacts,
  { cpu, memoryMib, agent }: DemandRecord,
): boolean {
  return (
    sizeOf(type) < sizeOf(current) &&
    cpu.peak <= MOST_BUSY * type.vcpus &&
    (!agent || memoryMib.peak <= MOST_BUSY * type.memoryMib)
  );
}

/** AWS's codes for why, of what it sees. */
export function reasonsOf({ finding, cpuPeak, memoryPeak }: Sizing): {
  readonly cpu: 'Over' | 'Under' | null;
  readonly memory: 'Over' | 'Under' | null;
} {
  const reason = (peak: number | null) => {
    if (peak === null || finding === 'Optimized') return null;
    if (finding === 'Underprovisioned') return peak >= TOO_BUSY ? 'Under' : null;
    return peak < HARDLY_BUSY ? 'Over' : null;
  };
  return { cpu: reason(cpuPeak), memory: reason(memoryPeak) };
}

/** When AWS last looked: every day at 03:00 UTC. Milliseconds since the epoch. */
export function lastRefresh(now: number): number {
  const day = 24 * HOUR;
  return Math.floor((now - 3 * HOUR) / day) * day + 3 * HOUR;
}
