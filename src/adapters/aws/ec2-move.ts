import { ModifyInstancePlacementCommand } from '@aws-sdk/client-ec2';
import { changedInstance, type Doing } from '#adapters/aws/ec2-change.ts';
import { associate } from '#adapters/aws/ec2-marked-instance.ts';
import { hostProblem } from '#adapters/aws/host-problem.ts';
import type { LaunchOperation } from '#adapters/aws/launch-operation.ts';
import type { Place } from '#domain/launch/change-plan.ts';
import type { ActionOf, MachinePlan } from '#domain/launch/launch-plan.ts';
import { nextMoveBack, nextMoveStep, reversed } from '#domain/launch/move-steps.ts';

/** An instance on another Dedicated Host, or off it, with the license configurations that it needs there. */
export function movedInstance(plan: MachinePlan, action: ActionOf<'move'>): LaunchOperation {
  const { from, affinity, licenses } = action;
  const { tenancy, hostId } = plan;
  return changedInstance<'place' | 'associate'>(plan, {
    action,
    left: 'stopped-elsewhere',
    next: (seen) => nextMoveStep(plan, action, seen),
    nextBack: (instance) => nextMoveBack(action, instance),
    async act(doing, step) {
      if (step === 'place') await place(doing, { tenancy, hostId, affinity });
      else await associate(doing.session, doing.instance, licenses);
      return 'done';
    },
    async actBack(doing) {
      await place(doing, from);
      return 'done';
    },
    restore: ({ session, instance }) => associate(session, instance, reversed(licenses)),
    problem: async ({ ec2 }, step) =>
      hostId !== from.hostId && (step === 'stop' || step === 'place')
        ? hostProblem(ec2, plan)
        : null,
  });
}

async function place(
  { session: { ec2 }, instance: { instanceId } }: Doing,
  { tenancy, hostId, affinity }: Place,
): Promise<void> {
  await ec2.send(
    new ModifyInstancePlacementCommand({
      InstanceId: instanceId,
      Tenancy: tenancy,
      ...(tenancy === 'host' ? { Affinity: affinity } : {}),
      ...(hostId === null ? {} : { HostId: hostId }),
    }),
  );
}
