import { createHash } from 'node:crypto';
import {
  type _InstanceType,
  DescribeHostsCommand,
  DescribeImagesCommand,
  DescribeInstancesCommand,
  DescribeLaunchTemplateVersionsCommand,
  type EC2Client,
  RunInstancesCommand,
  type RunInstancesCommandInput,
} from '@aws-sdk/client-ec2';
import type { AssumeRole } from '#adapters/aws/assumed-roles.ts';
import { launchFailure } from '#adapters/aws/launch-failure.ts';
import { type LaunchPlan, templateOf } from '#domain/launch-plan.ts';
import type { Launcher, LaunchTicket } from '#ports/launcher.ts';
import { NotFound } from '#src/errors.ts';

type CreateClient = (settings: {
  region: string;
  credentials: () => ReturnType<AssumeRole>;
}) => EC2Client;

/** What is looked up before and after a launch. */
const READS = [
  'ec2:DescribeHosts',
  'ec2:DescribeImages',
  'ec2:DescribeInstances',
  'ec2:DescribeLaunchTemplateVersions',
];

/** EC2 launches under the launch role of the plan's account, one session per request. */
export function ec2Launcher(assumeRole: AssumeRole, create: CreateClient): Launcher {
  const clientFor = (plan: LaunchPlan, { requestId }: LaunchTicket): EC2Client =>
    create({
      region: plan.region,
      credentials: () =>
        assumeRole(plan.account, {
          sessionName: requestId,
          sourceIdentity: requestId,
          policy: sessionPolicy(plan),
        }),
    });

  return {
    async launch(plan, ticket) {
      try {
        const { Instances } = await clientFor(plan, ticket).send(
          new RunInstancesCommand(runInstancesInput(plan, ticket)),
        );
        return { kind: 'launched', instanceIds: idsOf(Instances) };
      } catch (error) {
        return launchFailure(error);
      }
    },

    async find(plan, ticket) {
      const { Reservations } = await clientFor(plan, ticket).send(
        new DescribeInstancesCommand({
          Filters: [{ Name: 'client-token', Values: [clientToken(ticket)] }],
        }),
      );
      return (Reservations ?? []).flatMap(({ Instances }) => idsOf(Instances));
    },

    async check(plan, ticket) {
      const client = clientFor(plan, ticket);
      try {
        return (
          (await imageProblem(client, plan)) ??
          (await templateProblem(client, plan)) ??
          (await hostProblem(client, plan)) ?? { ok: true }
        );
      } catch (error) {
        const failure = launchFailure(error);
        if (failure.kind !== 'refused') throw error;
        return { ok: false, code: failure.code, message: failure.message };
      }
    },
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
  plan: LaunchPlan,
  ticket: LaunchTicket,
): RunInstancesCommandInput {
  // Ours last: a template that has these tags cannot pass a launch off as another request's.
  const tags = new Map([
    ...plan.tags.map(({ key, value }) => [key, value] as const),
    ['quartermaster:request', ticket.requestId],
    ['quartermaster:requested-by', ticket.requestedBy],
  ]);
  const template = templateOf(plan);
  return {
    ClientToken: clientToken(ticket),
    ...(template === null
      ? {}
      : {
          LaunchTemplate: { LaunchTemplateId: template.id, Version: String(template.version) },
        }),
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

function instanceTypeOf({ instanceType }: LaunchPlan): _InstanceType {
  if (isInstanceType(instanceType)) return instanceType;
  throw new NotFound(`No EC2 instance type is called ${instanceType}`);
}

/** By form, not by the SDK's list, which ends on the day that the SDK was made. */
function isInstanceType(name: string): name is _InstanceType {
  return /^[a-z0-9-]+\.[a-z0-9-]+$/.test(name);
}

/**
 * What this session may do at most, whatever else the role may: launch this image in this Region. Which
 * license configurations the image brings along is License Manager's to say.
 */
function sessionPolicy({ account, region, imageId }: LaunchPlan): string {
  const Condition = { StringEquals: { 'aws:RequestedRegion': region } };
  const ec2 = `arn:aws:ec2:${region}`;
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: ['ec2:RunInstances', 'ec2:CreateTags'],
        Resource: [
          `${ec2}:${account}:*`,
          `${ec2}::image/${imageId}`,
          `arn:aws:license-manager:${region}:*:license-configuration:*`,
        ],
      },
      { Effect: 'Allow', Action: READS, Resource: '*', Condition },
      { Effect: 'Allow', Action: 'iam:PassRole', Resource: '*' },
    ],
  });
}

type Problem = { readonly ok: false; readonly code: string; readonly message: string } | null;

async function imageProblem(client: EC2Client, { imageId }: LaunchPlan): Promise<Problem> {
  const { Images } = await client.send(
    new DescribeImagesCommand({
      Filters: [{ Name: 'image-id', Values: [imageId] }],
      IncludeDeprecated: true,
    }),
  );
  const state = Images?.[0]?.State;
  if (state === 'available') return null;
  return problem('image-unavailable', `The image ${imageId} is ${state ?? 'gone'}.`);
}

async function templateProblem(client: EC2Client, plan: LaunchPlan): Promise<Problem> {
  const template = templateOf(plan);
  if (template === null) return null;
  const { id, version } = template;
  const { LaunchTemplateVersions } = await client.send(
    new DescribeLaunchTemplateVersionsCommand({
      Versions: [String(version)],
      LaunchTemplateId: id,
    }),
  );
  if (LaunchTemplateVersions?.length === 1) return null;
  return problem('template-gone', `Version ${version} of the launch template ${id} is gone.`);
}

async function hostProblem(
  client: EC2Client,
  { hostId, instanceType, count }: LaunchPlan,
): Promise<Problem> {
  if (hostId === null) return null;
  const { Hosts } = await client.send(new DescribeHostsCommand({ HostIds: [hostId] }));
  const [host] = Hosts ?? [];
  if (host?.State !== 'available') {
    return problem('host-unavailable', `The Dedicated Host ${hostId} is ${host?.State ?? 'gone'}.`);
  }
  const slots = host.AvailableCapacity?.AvailableInstanceCapacity ?? [];
  const free =
    slots.find(({ InstanceType }) => InstanceType === instanceType)?.AvailableCapacity ?? 0;
  return free >= count
    ? null
    : problem('host-full', `The Dedicated Host ${hostId} has room for ${free} more.`);
}

function problem(code: string, message: string): Problem {
  return { ok: false, code, message };
}

function idsOf(
  instances: readonly { readonly InstanceId?: string | undefined }[] | undefined,
): readonly string[] {
  return (instances ?? []).map(({ InstanceId }) => InstanceId).filter((id) => id !== undefined);
}
