import { CreateTagsCommand, DescribeInstancesCommand, type EC2Client } from '@aws-sdk/client-ec2';
import { UpdateLicenseSpecificationsForResourceCommand } from '@aws-sdk/client-license-manager';
import { instanceOf } from '#adapters/aws/ec2-instance.ts';
import type { LaunchSession } from '#adapters/aws/launch-session.ts';
import type { Instance } from '#domain/estate/instance.ts';
import type { Associations } from '#domain/launch/change-plan.ts';
import type { Seen } from '#domain/launch/change-steps.ts';
import type { Refusal } from '#domain/launch/launch-failure.ts';
import type { ActionOf, MachinePlan, PlanAction } from '#domain/launch/launch-plan.ts';
import { markOf, REQUESTER_TAG } from '#domain/requests/request-marks.ts';
import type { Scope } from '#domain/scope.ts';
import type { LaunchTicket } from '#ports/launcher.ts';

/** What starts or changes an instance that is there. */
export type InstanceAction = Extract<PlanAction, { readonly instanceId: string }>;

/** Instances as EC2 shows them now; those that it does not show are left out. */
export async function instancesNow(
  ec2: EC2Client,
  scope: Scope,
  instanceIds: readonly string[],
): Promise<readonly Instance[]> {
  // By filter: naming an id that is gone would be an error.
  const { Reservations } = await ec2.send(
    new DescribeInstancesCommand({
      Filters: [{ Name: 'instance-id', Values: [...instanceIds] }],
    }),
  );
  return (Reservations ?? []).flatMap(({ Instances = [] }) =>
    Instances.map((aws) => instanceOf(aws, scope)),
  );
}

/** The plan's instance as EC2 shows it now, and whether this request has marked it. */
export async function lookAt(
  { ec2 }: LaunchSession,
  plan: MachinePlan,
  action: InstanceAction,
  { requestId }: LaunchTicket,
): Promise<Seen> {
  const [instance = null] = await instancesNow(ec2, plan, [action.instanceId]);
  return { instance, ours: instance?.tags[markOf(action)] === requestId };
}

/** Mark an instance before anything is done to it: whoever comes after a crash knows whose doing it is. */
export async function mark(
  { ec2 }: LaunchSession,
  action: InstanceAction,
  { requestId, requestedBy }: LaunchTicket,
): Promise<void> {
  await ec2.send(
    new CreateTagsCommand({
      Resources: [action.instanceId],
      Tags: [
        { Key: markOf(action), Value: requestId },
        { Key: REQUESTER_TAG, Value: requestedBy },
      ],
    }),
  );
}

/** What brings licenses along to an instance that starts. */
type Attaching = Pick<ActionOf<'start' | 'resize'>, 'attach'>;

/** Associate the instance with what the plan adds. */
export async function attachLicenses(
  session: LaunchSession,
  { attach }: Attaching,
  instance: Instance,
): Promise<void> {
  await associate(session, instance, { add: attach, remove: [] });
}

/** Take away again what the plan added. */
export async function detachLicenses(
  session: LaunchSession,
  { attach }: Attaching,
  instance: Instance,
): Promise<void> {
  await associate(session, instance, { add: [], remove: attach });
}

/** Change what an instance is associated with, all of it or nothing; what is so already is left out. */
export async function associate(
  { licenseManager }: LaunchSession,
  { arn, licenseConfigurationArns: own }: Instance,
  { add, remove }: Associations,
): Promise<void> {
  const missing = add.filter((one) => !own.includes(one));
  const there = remove.filter((one) => own.includes(one));
  if (missing.length + there.length === 0) return;
  await licenseManager.send(
    new UpdateLicenseSpecificationsForResourceCommand({
      ResourceArn: arn,
      ...(missing.length === 0 ? {} : { AddLicenseSpecifications: specifications(missing) }),
      ...(there.length === 0 ? {} : { RemoveLicenseSpecifications: specifications(there) }),
    }),
  );
}

function specifications(arns: readonly string[]) {
  return arns.map((LicenseConfigurationArn) => ({ LicenseConfigurationArn }));
}

/** For an instance that is gone, or is not as it was approved. */
export function instanceChanged({ instanceId }: InstanceAction, { instance }: Seen): Refusal {
  const advice = { code: 'request-again', changed: 'instance' } as const;
  if (instance === null) {
    return { code: 'instance-gone', message: `The instance ${instanceId} is gone.`, advice };
  }
  const { state, instanceType } = instance;
  const message = `The instance ${instanceId} is not as it was when this was approved: it is ${state}, ${instanceType}.`;
  return { code: 'instance-changed', message, advice };
}
