import type { Instance } from '@aws-sdk/client-ec2';
import type { DemandRecord, RegionState } from '../cloud/cloud.ts';
import type { InstanceTypeFacts } from '../ec2/facts.ts';
import { INSTANCE_TYPES } from '../ec2/instance-types.ts';
import { chance } from './chance.ts';

/** Most agents tell of memory; nobody has installed them everywhere. */
const WITH_AGENT = 0.8;

/** What an instance has to do: as somebody said, or moderately much. Null where nothing is known of its type. */
export function demandOf(state: RegionState, instance: Instance): DemandRecord | null {
  const { InstanceId: id = '' } = instance;
  const facts = INSTANCE_TYPES.get(instance.InstanceType ?? '');
  if (facts === undefined) return null;
  return state.demands.get(id) ?? usualDemand(state, id, instance, facts);
}

function usualDemand(
  state: RegionState,
  id: string,
  instance: Instance,
  facts: InstanceTypeFacts,
): DemandRecord {
  const between = (low: number, high: number, what: string) =>
    low + (high - low) * chance(`${id} ${what}`);
  const vcpus = activeVcpus(instance, facts);
  const { memoryMib } = facts;
  return {
    cpu: {
      usual: vcpus * between(0.18, 0.38, 'cpu'),
      peak: vcpus * between(0.66, 0.86, 'cpu peak'),
    },
    memoryMib: {
      usual: memoryMib * between(0.5, 0.66, 'memory'),
      peak: memoryMib * between(0.7, 0.86, 'memory peak'),
    },
    agent: state.managedInstances.has(id) && chance(`${id} agent`) < WITH_AGENT,
    sqlServer: null,
  };
}

/** What its CPU options leave switched on. */
export function activeVcpus({ CpuOptions }: Instance, facts: InstanceTypeFacts): number {
  const { CoreCount = facts.cores, ThreadsPerCore = facts.threadsPerCore } = CpuOptions ?? {};
  return CoreCount * ThreadsPerCore;
}

/** When it ran, as far back as EC2 still tells: milliseconds since the epoch. */
export function ranDuring(
  { State, LaunchTime, StateTransitionReason = '' }: Instance,
  now: number,
): { readonly from: number; readonly to: number } {
  const from = LaunchTime?.getTime() ?? now;
  if (State?.Name === 'running' || State?.Name === 'pending') return { from, to: now };
  const [, day, time] = /\((\S+) (\S+) GMT\)$/.exec(StateTransitionReason) ?? [];
  const to = Date.parse(`${day}T${time}Z`);
  return { from, to: Number.isNaN(to) ? from : to };
}
