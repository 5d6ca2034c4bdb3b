import { changedInstance } from '#adapters/aws/ec2-change.ts';
import { associate } from '#adapters/aws/ec2-marked-instance.ts';
import type { LaunchOperation } from '#adapters/aws/launch-operation.ts';
import type { ActionOf, MachinePlan } from '#domain/launch/launch-plan.ts';
import { isAssociated, reversed } from '#domain/launch/move-steps.ts';
import { nextAssociateStep, nextStopStep } from '#domain/launch/other-steps.ts';

/** An instance that nobody needs, stopped. A refusal leaves it as it is. */
export function idleInstance(plan: MachinePlan, action: ActionOf<'stop'>): LaunchOperation {
  return changedInstance<never>(plan, {
    action,
    left: 'stopped',
    next: nextStopStep,
    nextBack: () => 'done',
    act: async () => 'done',
    actBack: async () => 'done',
    restore: async () => undefined,
    problem: async () => null,
  });
}

/** An instance with other license configurations, as it runs or does not. */
export function associatedInstance(
  plan: MachinePlan,
  action: ActionOf<'associate'>,
): LaunchOperation {
  const { licenses } = action;
  return changedInstance<'associate'>(plan, {
    action,
    left: 'licenses-changed',
    next: (seen) => nextAssociateStep(action, seen),
    nextBack: (instance) => (isAssociated(instance, licenses) ? 'associate' : 'done'),
    async act({ session, instance }) {
      await associate(session, instance, licenses);
      return 'done';
    },
    async actBack({ session, instance }) {
      await associate(session, instance, reversed(licenses));
      return 'done';
    },
    restore: async () => undefined,
    problem: async () => null,
  });
}
