import type { ContainerInstance, Task } from '@aws-sdk/client-ecs';
import type { ContainerClusterRecord, RegionState } from '../cloud/cloud.ts';

/** Whether the machine under a container instance still exists, and whether its agent can answer. */
interface Machine {
  readonly exists: boolean;
  readonly answers: boolean;
}

/** ECS deregisters the container instance of a terminated EC2 instance; a stopped one only loses its agent. */
function machineOf(state: RegionState, { ec2InstanceId = '' }: ContainerInstance): Machine {
  if (ec2InstanceId.startsWith('mi-')) {
    const node = state.managedInstances.get(ec2InstanceId);
    return { exists: node !== undefined, answers: node?.PingStatus === 'Online' };
  }
  const status = state.instances.get(ec2InstanceId)?.State?.Name;
  return {
    exists: status !== undefined && status !== 'terminated',
    answers: status === 'running',
  };
}

/** The container instances of a cluster that are registered, with whether their agents answer. */
export function registered(
  state: RegionState,
  { containerInstances }: ContainerClusterRecord,
): ContainerInstance[] {
  return [...containerInstances.values()].flatMap((instance) => {
    const { exists, answers } = machineOf(state, instance);
    return exists ? [{ ...instance, agentConnected: answers }] : [];
  });
}

/** The tasks that run: a task ends with the machine that it runs on. */
export function liveTasks(state: RegionState, record: ContainerClusterRecord): Task[] {
  const answering = new Set(
    registered(state, record).flatMap(({ agentConnected, containerInstanceArn }) =>
      agentConnected ? [containerInstanceArn] : [],
    ),
  );
  return [...record.tasks.values()].filter(
    ({ containerInstanceArn }) =>
      containerInstanceArn === undefined || answering.has(containerInstanceArn),
  );
}
