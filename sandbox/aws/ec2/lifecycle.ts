import type { Instance, InstanceStateName } from '@aws-sdk/client-ec2';
import type { Cloud, RegionState } from '../cloud/cloud.ts';
import { instanceArn } from '../license-manager/resource-arn.ts';
import type { Schedule } from './schedule.ts';

/** The states that calls put an instance in; the rest follows by itself. */
export type EnteredState = 'pending' | 'stopping' | 'shutting-down';

/** Moves instances through their states by the sandbox clock. */
export interface Lifecycle {
  /** Puts an instance into a state now, tells the cloud's listeners, and schedules what follows. */
  enter(region: RegionState, instance: Instance, state: EnteredState): void;
}

/** AWS's codes. */
const CODES: Readonly<Record<InstanceStateName, number>> = {
  pending: 0,
  running: 16,
  'shutting-down': 32,
  terminated: 48,
  stopping: 64,
  stopped: 80,
};

const SECOND = 1_000;

/** What follows a passing state, and after how long. Durations are typical of what AWS takes. */
const FOLLOWS = {
  pending: { state: 'running', ms: 8 * SECOND },
  stopping: { state: 'stopped', ms: 20 * SECOND },
  'shutting-down': { state: 'terminated', ms: 15 * SECOND },
} as const;

/** "Remains visible for a short while (usually less than one hour)", says the EC2 User Guide. */
const TERMINATED_VISIBLE = 3_600 * SECOND;

/** A state with its code. */
export function stateOf(name: InstanceStateName) {
  return { Code: CODES[name], Name: name };
}

/** A lifecycle on this schedule; a passing state that was left early has no more effect. */
export function createLifecycle(cloud: Cloud, schedule: Schedule): Lifecycle {
  const change = (region: RegionState, instance: Instance, to: InstanceStateName, at: Date) => {
    instance.State = stateOf(to);
    const { account, region: name } = region;
    cloud.instanceStateChanged({ account, region: name, instance, at });
  };

  const follow = (region: RegionState, instance: Instance, entered: EnteredState) => {
    const { state, ms } = FOLLOWS[entered];
    schedule.after(ms, (at) => {
      if (instance.State?.Name !== entered) return;
      change(region, instance, state, at);
      if (state === 'terminated') {
        schedule.after(TERMINATED_VISIBLE, () => forget(region, instance));
      }
    });
  };

  return {
    enter(region, instance, state) {
      change(region, instance, state, new Date(cloud.clock.now()));
      follow(region, instance, state);
    },
  };
}

function forget(region: RegionState, instance: Instance): void {
  const id = instance.InstanceId ?? '';
  region.instances.delete(id);
  region.licenseSpecifications.delete(instanceArn(region.account, region.region, id));
}
