import { createHash } from 'node:crypto';
import {
  type _InstanceType,
  DescribeImagesCommand,
  DescribeInstancesCommand,
  DescribeLaunchTemplateVersionsCommand,
  type EC2Client,
  RunInstancesCommand,
  type RunInstancesCommandInput,
} from '@aws-sdk/client-ec2';
import { launchTemplateOf } from '#adapters/aws/ec2-launch-template.ts';
import { hostProblem } from '#adapters/aws/host-problem.ts';
import { type LaunchOperation, UNDONE } from '#adapters/aws/launch-operation.ts';
import type { Refusal } from '#domain/launch/launch-failure.ts';
import type { MachinePlan, PlanAction } from '#domain/launch/launch-plan.ts';
import { REQUESTER_TAG, RUN_TAG } from '#domain/requests/request-marks.ts';
import type { LaunchTicket } from '#ports/launcher.ts';
import { NotFound } from '#src/errors.ts';

type Run = Extract<PlanAction, { readonly operation: 'launch' }>;

/** New instances. RunInstances starts all of them or none, since MinCount is MaxCount. */
export function newInstances(plan: MachinePlan, action: Run): LaunchOperation {
  return {
    async launch({ ec2 }, ticket) {
      const { Instances } = await ec2.send(
        new RunInstancesCommand(runInstancesInput(plan, action, ticket)),
      );
      return { kind: 'launched', instanceIds: idsOf(Instances) };
    },

    async find({ ec2 }, ticket) {
      const { Reservations } = await ec2.send(
        new DescribeInstancesCommand({
          Filters: [{ Name: 'client-token', Values: [clientToken(ticket)] }],
        }),
      );
      return (Reservations ?? []).flatMap(({ Instances }) => idsOf(Instances));
    },

    async problem({ ec2 }) {
      return (
        (await imageProblem(ec2, plan)) ??
        (await templateProblem(ec2, plan, action)) ??
        (await hostProblem(ec2, plan))
      );
    },

    undo: async () => UNDONE,
  };
}

/** At most 64 ASCII characters; the same request and generation always give the same token. */
export function clientToken({ requestId, generation }: LaunchTicket): string {
  return createHash('sha256').update(`${requestId}/${generation}`).digest('hex');
}

/**
 * The call that a plan becomes. What is not named here comes from the launch template version,
 * which is immutable and pinned by number.
 */
export function runInstancesInput(
  plan: MachinePlan,
  { launchTemplate }: Run,
  ticket: LaunchTicket,
): RunInstancesCommandInput {
  // Ours last: a template that has these tags cannot pass a launch off as another request's.
  const tags = new Map([
    ...plan.tags.map(({ key, value }) => [key, value] as const),
    [RUN_TAG, ticket.requestId],
    [REQUESTER_TAG, ticket.requestedBy],
  ]);
  return {
    ClientToken: clientToken(ticket),
    LaunchTemplate: {
      LaunchTemplateId: launchTemplate.id,
      Version: String(launchTemplate.version),
    },
    ImageId: plan.imageId,
    InstanceType: instanceTypeOf(plan),
    MinCount: plan.count,
    MaxCount: plan.count,
    ...(plan.cpuOptions === null
      ? {}
      : {
          CpuOptions: {
            CoreCount: plan.cpuOptions.coreCount,
            ThreadsPerCore: plan.cpuOptions.threadsPerCore,
          },
        }),
    Placement: {
      Tenancy: plan.tenancy,
      ...(plan.hostId === null ? {} : { HostId: plan.hostId, Affinity: 'host' }),
    },
    LicenseSpecifications: plan.licenseConfigurationArns.map((arn) => ({
      LicenseConfigurationArn: arn,
    })),
    TagSpecifications: [
      { ResourceType: 'instance', Tags: Array.from(tags, ([Key, Value]) => ({ Key, Value })) },
    ],
  };
}

/** The type's name as the SDK takes it. @throws {NotFound} for what is no name of a type */
export function instanceTypeOf({ instanceType }: { readonly instanceType: string }): _InstanceType {
  if (isInstanceType(instanceType)) return instanceType;
  throw new NotFound(`No EC2 instance type is called ${instanceType}`);
}

/** By form, not by the SDK's list, which ends on the day that the SDK was made. */
function isInstanceType(name: string): name is _InstanceType {
  return /^[a-z0-9-]+\.[a-z0-9-]+$/.test(name);
}

async function imageProblem(ec2: EC2Client, { imageId }: MachinePlan): Promise<Refusal | null> {
  const { Images } = await ec2.send(
    new DescribeImagesCommand({
      Filters: [{ Name: 'image-id', Values: [imageId] }],
      IncludeDeprecated: true,
    }),
  );
  const state = Images?.[0]?.State;
  if (state === 'available') return null;
  const message = `The image ${imageId} is ${state ?? 'gone'}.`;
  return {
    code: 'image-unavailable',
    message,
    advice: { code: 'request-again', changed: 'image' },
  };
}

/** The version is there, and buys as the plan says: Spot or not is nowhere else in the call. */
async function templateProblem(
  ec2: EC2Client,
  { spot }: MachinePlan,
  { launchTemplate: { id, version } }: Run,
): Promise<Refusal | null> {
  const { LaunchTemplateVersions } = await ec2.send(
    new DescribeLaunchTemplateVersionsCommand({
      Versions: [String(version)],
      LaunchTemplateId: id,
    }),
  );
  const [found] = LaunchTemplateVersions ?? [];
  const advice = { code: 'request-again', changed: 'template' } as const;
  if (found === undefined) {
    const message = `Version ${version} of the launch template ${id} is gone.`;
    return { code: 'template-gone', message, advice };
  }
  if (launchTemplateOf(found).spot === spot) return null;
  const message = `Version ${version} of the launch template ${id} is ${spot ? 'not ' : ''}for Spot.`;
  return { code: 'template-changed', message, advice };
}

function idsOf(
  instances: readonly { readonly InstanceId?: string | undefined }[] | undefined,
): readonly string[] {
  return (instances ?? []).map(({ InstanceId }) => InstanceId).filter((id) => id !== undefined);
}
