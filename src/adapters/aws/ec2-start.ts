import { StartInstancesCommand } from '@aws-sdk/client-ec2';
import {
  attachLicenses,
  detachLicenses,
  instanceChanged,
  lookAt,
  mark,
} from '#adapters/aws/ec2-marked-instance.ts';
import { hostProblem } from '#adapters/aws/host-problem.ts';
import { launchFailure } from '#adapters/aws/launch-failure.ts';
import { type LaunchOperation, UNDER_WAY, UNDONE } from '#adapters/aws/launch-operation.ts';
import type { MachinePlan, PlanAction } from '#domain/launch/launch-plan.ts';
import { differenceOf, nextStartStep } from '#domain/launch/start-step.ts';

type Start = Extract<PlanAction, { readonly operation: 'start' }>;

/** A stopped instance, as it is, under the licenses of the plan. Has no client token: each step looks first. */
export function stoppedInstance(plan: MachinePlan, action: Start): LaunchOperation {
  const { instanceId } = action;
  const launched = { kind: 'launched', instanceIds: [instanceId] } as const;
  return {
    async launch(session, ticket) {
      const seen = await lookAt(session, plan, action, ticket);
      const { instance } = seen;
      const step = nextStartStep(plan, seen);
      if (step === 'done') return launched;
      if (step === 'wait') return UNDER_WAY;
      if (step !== 'start' || instance === null || differenceOf(plan, action, seen) !== null) {
        return { kind: 'refused', ...instanceChanged(action, seen) };
      }
      if (!seen.ours) await mark(session, action, ticket);
      await attachLicenses(session, action, instance);
      await session.ec2.send(new StartInstancesCommand({ InstanceIds: [instanceId] }));
      return launched;
    },

    async find(session, ticket) {
      const seen = await lookAt(session, plan, action, ticket);
      return nextStartStep(plan, seen) === 'done' ? [instanceId] : [];
    },

    async problem(session, ticket) {
      const seen = await lookAt(session, plan, action, ticket);
      if (nextStartStep(plan, seen) !== 'start' || differenceOf(plan, action, seen) !== null) {
        return instanceChanged(action, seen);
      }
      return hostProblem(session.ec2, plan);
    },

    async undo(session, ticket) {
      const seen = await lookAt(session, plan, action, ticket);
      const { instance, ours } = seen;
      if (instance === null || !ours) return UNDONE;
      if (instance.state !== 'stopped') return { kind: 'undone', left: ['as-others-left-it'] };
      try {
        await detachLicenses(session, action, instance);
        return UNDONE;
      } catch (error) {
        if (launchFailure(error).kind === 'unclear') throw error;
        return { kind: 'undone', left: ['licenses-attached'] };
      }
    },
  };
}
