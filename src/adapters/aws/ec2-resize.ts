import {
  ModifyInstanceAttributeCommand,
  ModifyInstanceCpuOptionsCommand,
  StartInstancesCommand,
  StopInstancesCommand,
} from '@aws-sdk/client-ec2';
import {
  attachLicenses,
  detachLicenses,
  instanceChanged,
  lookAt,
  mark,
} from '#adapters/aws/ec2-marked-instance.ts';
import { instanceTypeOf } from '#adapters/aws/ec2-run.ts';
import {
  type LaunchOperation,
  MOST_STEPS,
  UNDER_WAY,
  UNDONE,
  unlessRefused,
} from '#adapters/aws/launch-operation.ts';
import type { LaunchSession } from '#adapters/aws/launch-session.ts';
import type { Seen } from '#domain/launch/change-steps.ts';
import type { ActionOf, MachinePlan, Size } from '#domain/launch/launch-plan.ts';
import { nextResizeStep, nextUndoStep, type ResizeStep } from '#domain/launch/resize-steps.ts';
import { differenceOf } from '#domain/launch/start-step.ts';
import type { LaunchOutcome, LaunchTicket, UndoOutcome } from '#ports/launcher.ts';

type Resize = ActionOf<'resize'>;

/** An instance of another size. Each step looks first and is resumed where a crash stopped it. */
export function resizedInstance(plan: MachinePlan, action: Resize): LaunchOperation {
  const look = (session: LaunchSession, ticket: LaunchTicket) =>
    lookAt(session, plan, action, ticket);
  return {
    async launch(session, ticket) {
      for (let left = MOST_STEPS; left > 0; left -= 1) {
        const seen = await look(session, ticket);
        const outcome = await goOn({ session, ticket, plan, action }, seen);
        if (outcome !== null) return outcome;
      }
      return UNDER_WAY;
    },

    async find(session, ticket) {
      const step = nextResizeStep(plan, action, await look(session, ticket));
      return step === 'done' ? [action.instanceId] : [];
    },

    async problem(session, ticket) {
      const seen = await look(session, ticket);
      return isAsApproved(plan, action, seen) ? null : instanceChanged(action, seen);
    },

    async undo(session, ticket) {
      for (let left = MOST_STEPS; left > 0; left -= 1) {
        const seen = await look(session, ticket);
        const outcome = await goBack({ session, ticket, plan, action }, seen);
        if (outcome !== null) return outcome;
      }
      return UNDER_WAY;
    },
  };
}

interface Doing {
  readonly session: LaunchSession;
  readonly ticket: LaunchTicket;
  readonly plan: MachinePlan;
  readonly action: Resize;
}

function isAsApproved(plan: MachinePlan, action: Resize, seen: Seen): boolean {
  const step = nextResizeStep(plan, action, seen);
  return step !== 'changed' && step !== 'gone' && differenceOf(plan, action, seen) === null;
}

/** One step; `null` when another can follow at once. */
async function goOn(doing: Doing, seen: Seen): Promise<LaunchOutcome | null> {
  const { session, ticket, plan, action } = doing;
  const { instance } = seen;
  const step = nextResizeStep(plan, action, seen);
  const launched = { kind: 'launched', instanceIds: [action.instanceId] } as const;
  if (step === 'done' && seen.ours) return launched;
  if (step === 'wait') return UNDER_WAY;
  if (instance === null || !isAsApproved(plan, action, seen)) {
    return { kind: 'refused', ...instanceChanged(action, seen) };
  }
  if (!seen.ours) await mark(session, action, ticket);
  if (instance.state === 'stopped') await attachLicenses(session, action, instance);
  await change(doing, step, plan);
  if (step === 'stop') return UNDER_WAY;
  return step === 'start' ? launched : null;
}

/** One step back; `null` when another can follow at once. */
async function goBack(doing: Doing, seen: Seen): Promise<UndoOutcome | null> {
  const { plan, action } = doing;
  const { instance, ours } = seen;
  if (instance === null || !ours) return UNDONE;
  const step = nextUndoStep(plan, action, instance);
  if (step === 'wait') return UNDER_WAY;
  if (step === 'changed' || step === 'gone') {
    return { kind: 'undone', left: ['as-others-left-it'] };
  }
  const size = step === 'change-type' || step === 'change-cpus';
  if (size) {
    const stays = await unlessRefused('stopped-at-new-size', () =>
      change(doing, step, action.from),
    );
    return stays ?? null;
  }
  const kept = await unlessRefused('licenses-attached', () =>
    detachLicenses(doing.session, action, instance),
  );
  const stayed = await unlessRefused('stopped', () => change(doing, step, action.from));
  const left = [kept, stayed].flatMap((outcome) => outcome?.left ?? []);
  return { kind: 'undone', left };
}

async function change(
  { session: { ec2 }, action: { instanceId } }: Doing,
  step: ResizeStep,
  { instanceType, cpuOptions }: Size,
): Promise<void> {
  switch (step) {
    case 'stop':
      await ec2.send(new StopInstancesCommand({ InstanceIds: [instanceId] }));
      return;
    case 'change-type':
      await ec2.send(
        new ModifyInstanceAttributeCommand({
          InstanceId: instanceId,
          InstanceType: { Value: instanceTypeOf({ instanceType }) },
        }),
      );
      return;
    case 'change-cpus':
      await ec2.send(
        new ModifyInstanceCpuOptionsCommand({
          InstanceId: instanceId,
          CoreCount: cpuOptions?.coreCount,
          ThreadsPerCore: cpuOptions?.threadsPerCore,
        }),
      );
      return;
    case 'start':
      await ec2.send(new StartInstancesCommand({ InstanceIds: [instanceId] }));
      return;
    case 'wait':
    case 'done':
    case 'changed':
    case 'gone':
      return;
  }
}
