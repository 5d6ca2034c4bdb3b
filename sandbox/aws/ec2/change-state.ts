import type {
  Instance,
  InstanceStateChange,
  InstanceStateName,
  StartInstancesRequest,
  StartInstancesResult,
  StopInstancesRequest,
  StopInstancesResult,
  TerminateInstancesRequest,
  TerminateInstancesResult,
} from '@aws-sdk/client-ec2';
import { AwsError } from '../wire/service.ts';
import { allOrNothing } from './all-or-nothing.ts';
import { type Call, visibleInstances } from './ec2.ts';
import { missingParameter, notSimulated } from './errors.ts';
import type { EnteredState } from './lifecycle.ts';
import { resourcesOf } from './resources.ts';
import { reserve } from './restart.ts';

/** All or none: a start may be refused like a launch. */
export function startInstances(call: Call, input: StartInstancesRequest): StartInstancesResult {
  const instances = named(call, input.InstanceIds);
  checkStates(instances, ['pending', 'running', 'stopped'], 'started');
  const starting = instances.filter(isIn(['stopped']));
  const before = instances.map(({ State }) => State);
  allOrNothing(starting, (instance) => reserve(call, instance));
  enter(call, starting, 'pending');
  return { StartingInstances: changes(instances, before) };
}

/** All or none; what is stopped already stays so. */
export function stopInstances(call: Call, input: StopInstancesRequest): StopInstancesResult {
  if (input.Hibernate) throw notSimulated('hibernation');
  const instances = named(call, input.InstanceIds);
  checkStates(instances, ['running', 'stopping', 'stopped'], 'stopped');
  const spot = instances.find(({ InstanceLifecycle }) => InstanceLifecycle === 'spot');
  if (spot !== undefined) {
    throw new AwsError(
      'UnsupportedOperation',
      `You can't stop the Spot Instance '${spot.InstanceId}' because it is associated with a one-time Spot Instance request. You can only stop Spot Instances associated with persistent Spot Instance requests.`,
    );
  }
  const kept = instances.find(({ InstanceId = '' }) => call.region.stopProtected.has(InstanceId));
  if (kept !== undefined) {
    throw new AwsError(
      'OperationNotPermitted',
      `The instance '${kept.InstanceId}' may not be stopped. Modify its 'disableApiStop' instance attribute and try again.`,
    );
  }
  const before = instances.map(({ State }) => State);
  enter(call, instances.filter(isIn(['running'])), 'stopping');
  return { StoppingInstances: changes(instances, before) };
}

/** All or none; what is terminated already stays so. */
export function terminateInstances(
  call: Call,
  input: TerminateInstancesRequest,
): TerminateInstancesResult {
  const instances = named(call, input.InstanceIds);
  for (const { InstanceId = '' } of instances) {
    if (!call.ec2.terminationProtected.has(InstanceId)) continue;
    throw new AwsError(
      'OperationNotPermitted',
      `The instance '${InstanceId}' may not be terminated. Modify its 'disableApiTermination' instance attribute and try again.`,
    );
  }
  const before = instances.map(({ State }) => State);
  const living = instances.filter(isIn(['pending', 'running', 'stopping', 'stopped']));
  enter(call, living, 'shutting-down');
  return { TerminatingInstances: changes(instances, before) };
}

function named(call: Call, ids: readonly string[] | undefined): Instance[] {
  if (!ids?.length) throw missingParameter('InstanceId');
  return resourcesOf('instance', visibleInstances(call), ids);
}

function isIn(states: readonly InstanceStateName[]): (instance: Instance) => boolean {
  return ({ State }) => states.some((state) => state === State?.Name);
}

function checkStates(
  instances: readonly Instance[],
  allowed: readonly InstanceStateName[],
  wanted: string,
): void {
  const other = instances.find((instance) => !isIn(allowed)(instance));
  if (other === undefined) return;
  throw new AwsError(
    'IncorrectInstanceState',
    `The instance '${other.InstanceId}' is not in a state from which it can be ${wanted}.`,
  );
}

function enter({ ec2, region }: Call, instances: readonly Instance[], state: EnteredState): void {
  const now = new Date(ec2.cloud.clock.now());
  for (const instance of instances) {
    if (state === 'pending') {
      instance.LaunchTime = now;
      instance.StateTransitionReason = '';
      delete instance.StateReason;
    } else {
      const at = now.toISOString().slice(0, 19).replace('T', ' ');
      const code = 'Client.UserInitiatedShutdown';
      instance.StateTransitionReason = `User initiated (${at} GMT)`;
      instance.StateReason = { Code: code, Message: `${code}: User initiated shutdown` };
    }
    ec2.lifecycle.enter(region, instance, state);
  }
}

function changes(
  instances: readonly Instance[],
  before: readonly Instance['State'][],
): InstanceStateChange[] {
  return instances.map(({ InstanceId, State }, index) => ({
    InstanceId,
    PreviousState: before[index],
    CurrentState: State,
  }));
}
