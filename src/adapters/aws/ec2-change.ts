import { StartInstancesCommand, StopInstancesCommand } from '@aws-sdk/client-ec2';
import {
  type InstanceAction,
  instanceChanged,
  lookAt,
  mark,
} from '#adapters/aws/ec2-marked-instance.ts';
import {
  type LaunchOperation,
  MOST_STEPS,
  UNDER_WAY,
  UNDONE,
  unlessRefused,
} from '#adapters/aws/launch-operation.ts';
import type { LaunchSession } from '#adapters/aws/launch-session.ts';
import type { Instance } from '#domain/estate/instance.ts';
import type { CommonStep, Seen } from '#domain/launch/change-steps.ts';
import type { LeftBehind, Refusal } from '#domain/launch/launch-failure.ts';
import type { MachinePlan } from '#domain/launch/launch-plan.ts';
import type { LaunchOutcome, LaunchTicket, UndoOutcome } from '#ports/launcher.ts';

/** With what a step is done. */
export interface Doing {
  readonly session: LaunchSession;
  readonly ticket: LaunchTicket;
  readonly instance: Instance;
}

/** One kind of change of an instance, in steps of its own. */
export interface InstanceChange<Step> {
  readonly action: InstanceAction;
  next(seen: Seen): Step | CommonStep;
  nextBack(instance: Instance): Step | CommonStep;
  /** Do a step of its own; AWS may need time for it. */
  act(doing: Doing, step: Step): Promise<'done' | 'under-way'>;
  actBack(doing: Doing, step: Step): Promise<'done' | 'under-way'>;
  /** What goes back last, before the instance runs again as before. */
  restore(doing: Doing): Promise<void>;
  /** What stays when AWS refuses to put the change back. */
  readonly left: LeftBehind;
  /** What else keeps it from being done; `null`: nothing. */
  problem(session: LaunchSession, step: Step | CommonStep): Promise<Refusal | null>;
}

/** An instance that is stopped, changed and started again. Each step looks first and is resumed where a crash stopped it. */
export function changedInstance<Step extends string>(
  plan: MachinePlan,
  change: InstanceChange<Step>,
): LaunchOperation {
  const { action } = change;
  const look = (session: LaunchSession, ticket: LaunchTicket) =>
    lookAt(session, plan, action, ticket);
  return {
    async launch(session, ticket) {
      for (let left = MOST_STEPS; left > 0; left -= 1) {
        const outcome = await goOn(plan, change, session, ticket, await look(session, ticket));
        if (outcome !== null) return outcome;
      }
      return UNDER_WAY;
    },

    async find(session, ticket) {
      const seen = await look(session, ticket);
      return seen.ours && change.next(seen) === 'done' ? [action.instanceId] : [];
    },

    async problem(session, ticket) {
      const seen = await look(session, ticket);
      const step = stepFor(plan, change, seen);
      if (step === 'changed' || step === 'gone') return instanceChanged(action, seen);
      return change.problem(session, step);
    },

    async undo(session, ticket) {
      for (let left = MOST_STEPS; left > 0; left -= 1) {
        const { instance, ours } = await look(session, ticket);
        if (instance === null || !ours) return UNDONE;
        const outcome = await goBack(change, { session, ticket, instance });
        if (outcome !== null) return outcome;
      }
      return UNDER_WAY;
    },
  };
}

/** An id can stand for another machine only if it was restored from elsewhere: its image tells. */
function stepFor<Step extends string>(
  { imageId, instanceType }: MachinePlan,
  change: InstanceChange<Step>,
  seen: Seen,
): Step | CommonStep {
  const { instance } = seen;
  const isOther = instance?.imageId !== imageId || instance.instanceType !== instanceType;
  return instance !== null && isOther ? 'changed' : change.next(seen);
}

/** One step; `null` when another can follow at once. */
async function goOn<Step extends string>(
  plan: MachinePlan,
  change: InstanceChange<Step>,
  session: LaunchSession,
  ticket: LaunchTicket,
  seen: Seen,
): Promise<LaunchOutcome | null> {
  const { action } = change;
  const { instance, ours } = seen;
  const launched = { kind: 'launched', instanceIds: [action.instanceId] } as const;
  const step = stepFor(plan, change, seen);
  if (instance === null || step === 'changed' || step === 'gone' || (step === 'done' && !ours)) {
    return { kind: 'refused', ...instanceChanged(action, seen) };
  }
  if (step === 'done') return launched;
  if (step === 'wait') return UNDER_WAY;
  if (!ours) await mark(session, action, ticket);
  if (step === 'stop') {
    await session.ec2.send(new StopInstancesCommand({ InstanceIds: [action.instanceId] }));
    return UNDER_WAY;
  }
  if (step === 'start') {
    await session.ec2.send(new StartInstancesCommand({ InstanceIds: [action.instanceId] }));
    return launched;
  }
  const done = await change.act({ session, ticket, instance }, step);
  return done === 'done' ? null : UNDER_WAY;
}

/** One step back; `null` when another can follow at once. */
async function goBack<Step extends string>(
  change: InstanceChange<Step>,
  doing: Doing,
): Promise<UndoOutcome | null> {
  const { session, instance } = doing;
  const InstanceIds = [instance.instanceId];
  const step = change.nextBack(instance);
  if (step === 'wait') return UNDER_WAY;
  if (step === 'changed' || step === 'gone' || step === 'stop') {
    return { kind: 'undone', left: ['as-others-left-it'] };
  }
  if (step === 'start' || step === 'done') {
    const kept = await unlessRefused('licenses-changed', () => change.restore(doing));
    const stayed = await unlessRefused('stopped', async () => {
      if (step === 'start') await session.ec2.send(new StartInstancesCommand({ InstanceIds }));
    });
    return { kind: 'undone', left: [kept, stayed].flatMap((outcome) => outcome?.left ?? []) };
  }
  const answer = await unlessRefused(change.left, () => change.actBack(doing, step));
  if (answer === 'done') return null;
  return answer === 'under-way' ? UNDER_WAY : answer;
}
