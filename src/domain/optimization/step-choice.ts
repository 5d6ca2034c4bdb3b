import type { Instance } from '#domain/estate/instance.ts';
import type { ChangeTarget } from '#domain/launch/change-plan.ts';
import type { LaunchChoice, MachineChoice } from '#domain/launch/launch-plan.ts';
import type { PoolLedger } from '#domain/licenses/license-pool.ts';
import { isInstanceId, targetOf } from '#domain/optimization/follow/step-order.ts';
import type { Step } from '#domain/optimization/recommendation.ts';

/** What is known of the place that a step is for. */
export interface StepPlace {
  readonly instances: readonly Pick<
    Instance,
    'instanceId' | 'instanceType' | 'licenseConfigurationArns'
  >[];
  readonly pools: readonly Pick<PoolLedger, 'poolId' | 'configurationArn'>[];
  /** Ids of the hosts that were allocated for other steps, by their `ref`. */
  readonly hosts: ReadonlyMap<string, string>;
}

/** The request that a step becomes; `null` where no request can ask for it as things are. */
export function choiceOfStep(step: Step, place: StepPlace): LaunchChoice | null {
  const { account, region } = step;
  switch (step.do) {
    case 'start':
      return machineChoice(step, place, {});
    case 'resize':
      return machineChoice(step, place, {
        instanceType: step.instanceType,
        cores: step.cpuOptions?.coreCount ?? null,
        threadsPerCore: step.cpuOptions?.threadsPerCore ?? null,
      });
    case 'by-hand':
      return null;
    case 'stop':
    case 'convert':
    case 'move':
    case 'associate':
    case 'allocate-host':
    case 'release-host': {
      const target = changeTarget(step, place);
      return target === null ? null : { account, region, target };
    }
  }
}

type MachineStep = Extract<Step, { readonly do: 'start' | 'resize' }>;

/** It draws on the pools of the configurations that the instance is associated with; without any it is no request. */
function machineChoice(
  { do: operation, account, region, instanceId }: MachineStep,
  { instances, pools }: StepPlace,
  size: Partial<Pick<MachineChoice, 'instanceType' | 'cores' | 'threadsPerCore'>>,
): MachineChoice | null {
  const instance = instances.find((one) => one.instanceId === instanceId);
  const [poolId, ...otherPoolIds] = pools
    .filter(({ configurationArn }) => instance?.licenseConfigurationArns.includes(configurationArn))
    .map((pool) => pool.poolId);
  if (instance === undefined || poolId === undefined) return null;
  return {
    account,
    region,
    poolId,
    otherPoolIds,
    target: { operation, instanceId },
    instanceType: instance.instanceType,
    count: 1,
    cores: null,
    threadsPerCore: null,
    hostId: null,
    until: null,
    ...size,
  };
}

type ChangeStep = Exclude<Step, MachineStep | { readonly do: 'by-hand' }>;

function changeTarget(step: ChangeStep, place: StepPlace): ChangeTarget | null {
  switch (step.do) {
    case 'stop':
      return { operation: 'stop', instanceId: step.instanceId };
    case 'convert':
      return {
        operation: 'convert',
        instanceId: step.instanceId,
        from: step.from,
        to: step.to,
      };
    case 'move':
      return moveTarget(step, place);
    case 'associate': {
      const instanceId = targetOf(step);
      const licenses = { add: step.add, remove: step.remove };
      return isInstanceId(instanceId) ? { operation: 'associate', instanceId, licenses } : null;
    }
    case 'allocate-host': {
      const { instanceFamily, availabilityZone } = step;
      return { operation: 'allocate-host', instanceFamily, availabilityZone, hostRecovery: false };
    }
    case 'release-host':
      return { operation: 'release-host', hostId: step.hostId };
  }
}

/** Onto a named host or off hosts; a host that is to be allocated before has to be there. */
function moveTarget(
  { instanceId, tenancy, hostId }: Extract<Step, { readonly do: 'move' }>,
  { hosts }: StepPlace,
): ChangeTarget | null {
  const licenses = { add: [], remove: [] };
  const move = { operation: 'move', instanceId, licenses } as const;
  if (tenancy === 'default') return { ...move, hostId: null, affinity: 'default' };
  if (tenancy !== 'host' || hostId === null) return null;
  const isThere = hostId.startsWith('h-');
  const known = isThere ? hostId : (hosts.get(hostId) ?? null);
  return known === null ? null : { ...move, hostId: known, affinity: 'host' };
}
