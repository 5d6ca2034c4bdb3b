import { StopInstancesCommand, TerminateInstancesCommand } from '@aws-sdk/client-ec2';
import { batches } from '#adapters/aws/all-pages.ts';
import type { AssumeRole } from '#adapters/aws/assumed-roles.ts';
import { explainedFailure } from '#adapters/aws/authorization-failure.ts';
import { instancesNow } from '#adapters/aws/ec2-marked-instance.ts';
import { stopPolicy } from '#adapters/aws/launch-policy.ts';
import {
  type CreateClients,
  type LaunchSession,
  launchSessions,
} from '#adapters/aws/launch-session.ts';
import type { Instance } from '#domain/estate/instance.ts';
import { isMarkedFor } from '#domain/requests/request-marks.ts';
import type { StopOutcome, Stopper } from '#ports/launcher.ts';

/** Their ARNs fit into a session policy of 2,048 characters. */
const INSTANCES_A_SESSION = 10;

/** Stops what runs for a request, under the launch role. What runs for another one is left alone. */
export function ec2Stopper(assumeRole: AssumeRole, create: CreateClients): Stopper {
  const open = launchSessions(assumeRole, create);
  return {
    async stop(scope, instanceIds, requestId) {
      const outcomes: StopOutcome[] = [];
      for (const ids of batches(instanceIds, INSTANCES_A_SESSION)) {
        const session = open(scope, requestId, stopPolicy(scope, ids));
        try {
          const found = await instancesNow(session.ec2, scope, ids);
          const ours = found.filter((instance) => isMarkedFor(instance, requestId));
          outcomes.push(await stopRunning(session, ours));
        } catch (error) {
          const failed = await explainedFailure(error, session.sts);
          if (failed.code !== 'IncorrectInstanceState') return failed;
          outcomes.push({ kind: 'under-way' });
        }
      }
      return together(outcomes);
    },
  };
}

async function stopRunning(
  { ec2 }: LaunchSession,
  instances: readonly Instance[],
): Promise<StopOutcome> {
  const running = instances.filter(({ state }) => state === 'running');
  const [spot, others] = [
    running.filter((instance) => instance.spot),
    running.filter((instance) => !instance.spot),
  ].map((some) => some.map(({ instanceId }) => instanceId));
  if (others?.length) await ec2.send(new StopInstancesCommand({ InstanceIds: others }));
  // EC2 does not stop what a one-time Spot request started: it can only end.
  if (spot?.length) await ec2.send(new TerminateInstancesCommand({ InstanceIds: spot }));
  if (instances.some(({ state }) => !OVER.has(state))) return { kind: 'under-way' };
  return { kind: instances.some(({ state }) => state === 'stopped') ? 'stopped' : 'gone' };
}

const OVER: ReadonlySet<Instance['state']> = new Set(['stopped', 'terminated']);

/** All of them: under way while one is, stopped when at least one was ours to stop. */
function together(outcomes: readonly StopOutcome[]): StopOutcome {
  const is = (kind: StopOutcome['kind']) => outcomes.some((outcome) => outcome.kind === kind);
  if (is('under-way')) return { kind: 'under-way' };
  return { kind: is('stopped') ? 'stopped' : 'gone' };
}
