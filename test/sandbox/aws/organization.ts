import * as ec2 from '@aws-sdk/client-ec2';
import * as sqs from '@aws-sdk/client-sqs';
import * as sts from '@aws-sdk/client-sts';
import type { Iam } from '../../../sandbox/aws/iam/iam.ts';
import { stsService } from '../../../sandbox/aws/sts/sts.ts';
import { awsService } from '../../../sandbox/aws/wire/service.ts';
import { awsWorld, HUB, MEMBER } from './aws-world.ts';

export const LAUNCHER = `arn:aws:iam::${HUB}:role/bot/Launcher`;
export const LAUNCH = `arn:aws:iam::${MEMBER}:role/QuartermasterLaunch`;
export const READ = `arn:aws:iam::${MEMBER}:role/Read`;
export const CONFIGURATION = `arn:aws:license-manager:eu-west-1:${MEMBER}:license-configuration:lic-1`;

export const policy = (...Statement: object[]) => ({ Version: '2012-10-17', Statement });
export const allow = (Action: string | string[], Resource = '*') => ({
  Effect: 'Allow',
  Action,
  Resource,
});

const SERVICES = [
  awsService(
    ec2,
    {
      RunInstances: (_input, { account }) => ({ OwnerId: account }),
      DescribeInstances: () => ({ Reservations: [] }),
    },
    {
      authorize: (operation, _input, { account, region }) =>
        operation === 'RunInstances'
          ? [
              {
                action: 'ec2:RunInstances',
                resource: `arn:aws:ec2:${region}:${account}:instance/*`,
              },
              { action: 'ec2:RunInstances', resource: CONFIGURATION },
            ]
          : [{ action: `ec2:${operation}`, resource: '*' }],
    },
  ),
  awsService(sqs, { GetQueueAttributes: () => ({ Attributes: {} }) }),
];

/** What the launcher may ask of STS. */
export const good = {
  RoleArn: LAUNCH,
  RoleSessionName: 'request-1',
  ExternalId: 'external-1',
  SourceIdentity: 'U0REQUEST1',
} satisfies sts.AssumeRoleCommandInput;

function registerRoles(iam: Iam): void {
  iam.registerRole({
    arn: LAUNCHER,
    trustPolicy: policy({
      Effect: 'Allow',
      Principal: { Service: 'lambda.amazonaws.com' },
      Action: 'sts:AssumeRole',
    }),
    policies: [
      policy({
        ...allow(['sts:AssumeRole', 'sts:SetSourceIdentity'], LAUNCH),
        Condition: { StringEquals: { 'aws:ResourceOrgID': 'o-sandbox0001' } },
      }),
    ],
  });
  iam.registerRole({
    arn: LAUNCH,
    trustPolicy: policy({
      Effect: 'Allow',
      Principal: { AWS: LAUNCHER },
      Action: ['sts:AssumeRole', 'sts:SetSourceIdentity'],
      Condition: {
        StringEquals: { 'sts:ExternalId': 'external-1' },
        StringLike: { 'sts:SourceIdentity': 'U0*' },
      },
    }),
    policies: [policy(allow(['ec2:RunInstances', 'ec2:DescribeInstances', 'sts:AssumeRole']))],
    maxSessionSeconds: 7200,
  });
  iam.registerRole({
    arn: READ,
    trustPolicy: policy({
      Effect: 'Allow',
      Principal: { AWS: [`arn:aws:iam::${HUB}:root`, LAUNCH] },
      Action: ['sts:AssumeRole', 'sts:SetSourceIdentity'],
    }),
    policies: [policy(allow('ec2:Describe*'))],
    maxSessionSeconds: 7200,
  });
  iam.attachServiceControlPolicy(
    '*',
    policy({
      Effect: 'Deny',
      Action: ['ec2:RunInstances', 'ec2:StartInstances'],
      Resource: 'arn:aws:license-manager:*:*:license-configuration:*',
      Condition: { ArnNotLike: { 'aws:PrincipalArn': LAUNCH } },
    }),
  );
}

type World = Awaited<ReturnType<typeof awsWorld>>;
type Temporary = Parameters<World['client']>[0];

/** The bot's launcher in the hub, its launch role and a reader in a member account, and an SCP around launches. */
export async function organization() {
  const world = await awsWorld((base) => [stsService(base), ...SERVICES]);
  registerRoles(world.iam);

  /** A client of the bot's function, running as the launcher role. */
  function launcher() {
    const { accessKeyId, secretAccessKey, sessionToken } = world.iam.issueToService(
      LAUNCHER,
      'lambda.amazonaws.com',
      'launch-function',
    );
    return world.client({ accessKeyId, secretAccessKey, sessionToken });
  }

  const client = (credentials?: Temporary) => new ec2.EC2Client(world.client(credentials));
  return {
    ...world,
    launcher,
    assume: (input: sts.AssumeRoleCommandInput, settings = launcher()) =>
      new sts.STSClient(settings).send(new sts.AssumeRoleCommand(input)),
    run: (credentials?: Temporary) =>
      client(credentials).send(new ec2.RunInstancesCommand({ MinCount: 1, MaxCount: 1 })),
    list: (credentials?: Temporary) =>
      client(credentials).send(new ec2.DescribeInstancesCommand({})),
    whoami: (credentials?: Temporary) =>
      new sts.STSClient(world.client(credentials)).send(new sts.GetCallerIdentityCommand({})),
  };
}

/** The credentials in STS's answer, as a client takes them. */
export async function credentialsOf(answer: Promise<sts.AssumeRoleCommandOutput>) {
  const { Credentials } = await answer;
  return {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  };
}
