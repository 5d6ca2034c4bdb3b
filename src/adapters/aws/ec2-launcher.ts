import type { AssumeRole } from '#adapters/aws/assumed-roles.ts';
import { explainedFailure } from '#adapters/aws/authorization-failure.ts';
import { convertedInstance } from '#adapters/aws/ec2-convert.ts';
import { allocatedHost, releasedHost } from '#adapters/aws/ec2-host-change.ts';
import { movedInstance } from '#adapters/aws/ec2-move.ts';
import { associatedInstance, idleInstance } from '#adapters/aws/ec2-plain-changes.ts';
import { resizedInstance } from '#adapters/aws/ec2-resize.ts';
import { newInstances } from '#adapters/aws/ec2-run.ts';
import { stoppedInstance } from '#adapters/aws/ec2-start.ts';
import { grownGroup } from '#adapters/aws/grown-group.ts';
import type { Failed } from '#adapters/aws/launch-failure.ts';
import { isPassing, type LaunchOperation, UNDER_WAY } from '#adapters/aws/launch-operation.ts';
import { launchPolicy } from '#adapters/aws/launch-policy.ts';
import {
  type CreateClients,
  type LaunchSession,
  launchSessions,
} from '#adapters/aws/launch-session.ts';
import {
  type HostPlan,
  isMachinePlan,
  type LaunchPlan,
  type MachinePlan,
} from '#domain/launch/launch-plan.ts';
import type { Launcher, LaunchTicket } from '#ports/launcher.ts';

/** EC2 launches under the launch role of the plan's account, one session for each thing that is done. */
export function ec2Launcher(assumeRole: AssumeRole, create: CreateClients): Launcher {
  const open = launchSessions(assumeRole, create);
  const sessionFor = (plan: LaunchPlan, { requestId }: LaunchTicket): LaunchSession =>
    open(plan, requestId, launchPolicy(plan));

  return {
    async launch(plan, ticket) {
      const session = sessionFor(plan, ticket);
      try {
        return await operationOf(plan).launch(session, ticket);
      } catch (error) {
        const failed = await explainedFailure(error, session.sts);
        return isBusy(plan, failed) ? UNDER_WAY : failed;
      }
    },

    find(plan, ticket) {
      return operationOf(plan).find(sessionFor(plan, ticket), ticket);
    },

    async check(plan, ticket) {
      const session = sessionFor(plan, ticket);
      try {
        const problem = await operationOf(plan).problem(session, ticket);
        return problem === null ? { ok: true } : { ok: false, ...problem };
      } catch (error) {
        const { kind, ...refusal } = await explainedFailure(error, session.sts);
        if (kind !== 'refused') throw error;
        return { ok: false, ...refusal };
      }
    },

    async undo(plan, ticket) {
      const session = sessionFor(plan, ticket);
      try {
        return await operationOf(plan).undo(session, ticket);
      } catch (error) {
        const failed = await explainedFailure(error, session.sts);
        return isBusy(plan, failed) ? UNDER_WAY : { ...failed, kind: 'unclear' };
      }
    },
  };
}

/** Another delivery of the same job may have come between look and step: look again. */
function isBusy({ action }: LaunchPlan, failed: Failed): boolean {
  return action.operation !== 'launch' && isPassing(failed);
}

function operationOf(plan: LaunchPlan): LaunchOperation {
  return isMachinePlan(plan) ? machineOperation(plan) : hostOperation(plan);
}

function hostOperation({ action }: HostPlan): LaunchOperation {
  return action.operation === 'allocate-host' ? allocatedHost(action) : releasedHost(action);
}

function machineOperation(plan: MachinePlan): LaunchOperation {
  const { action } = plan;
  switch (action.operation) {
    case 'launch':
      return newInstances(plan, action);
    case 'start':
      return stoppedInstance(plan, action);
    case 'resize':
      return resizedInstance(plan, action);
    case 'scale':
      return grownGroup(plan, action);
    case 'move':
      return movedInstance(plan, action);
    case 'associate':
      return associatedInstance(plan, action);
    case 'convert':
      return convertedInstance(plan, action);
    case 'stop':
      return idleInstance(plan, action);
  }
}
