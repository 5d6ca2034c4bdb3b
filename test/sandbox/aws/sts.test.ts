import * as ec2 from '@aws-sdk/client-ec2';
import * as sqs from '@aws-sdk/client-sqs';
import * as sts from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stsService } from '../../../sandbox/aws/sts/sts.ts';
import { awsService } from '../../../sandbox/aws/wire/service.ts';
import { awsWorld, errorOf, HUB, MEMBER } from './aws-world.ts';

const LAUNCHER = `arn:aws:iam::${HUB}:role/bot/Launcher`;
const LAUNCH = `arn:aws:iam::${MEMBER}:role/QuartermasterLaunch`;
const READ = `arn:aws:iam::${MEMBER}:role/Read`;
const CONFIGURATION = `arn:aws:license-manager:eu-west-1:${MEMBER}:license-configuration:lic-1`;

const policy = (...Statement: object[]) => ({ Version: '2012-10-17', Statement });
const allow = (Action: string | string[], Resource = '*') => ({
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
  awsService(sqs, { ListQueues: () => ({ QueueUrls: [] }) }),
];

let world: Awaited<ReturnType<typeof awsWorld>>;
beforeAll(async () => {
  world = await awsWorld((base) => [stsService(base), ...SERVICES]);
  const { iam } = world;
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
});
afterAll(() => world.server.close());

type Temporary = Parameters<typeof world.client>[0];

/** The bot's function, running as the launcher role. */
function launcher() {
  const { accessKeyId, secretAccessKey, sessionToken } = world.iam.issueToService(
    LAUNCHER,
    'lambda.amazonaws.com',
    'launch-function',
  );
  return world.client({ accessKeyId, secretAccessKey, sessionToken });
}

const good = {
  RoleArn: LAUNCH,
  RoleSessionName: 'request-1',
  ExternalId: 'external-1',
  SourceIdentity: 'U0REQUEST1',
} satisfies sts.AssumeRoleCommandInput;

const assume = (input: sts.AssumeRoleCommandInput, client = launcher()) =>
  new sts.STSClient(client).send(new sts.AssumeRoleCommand(input));

async function credentialsOf(answer: Promise<sts.AssumeRoleCommandOutput>): Promise<Temporary> {
  const { Credentials } = await answer;
  return {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  };
}

const run = (credentials?: Temporary) =>
  new ec2.EC2Client(world.client(credentials)).send(
    new ec2.RunInstancesCommand({ MinCount: 1, MaxCount: 1 }),
  );
const list = (credentials?: Temporary) =>
  new ec2.EC2Client(world.client(credentials)).send(new ec2.DescribeInstancesCommand({}));
const whoami = (credentials?: Temporary) =>
  new sts.STSClient(world.client(credentials)).send(new sts.GetCallerIdentityCommand({}));

describe('GetCallerIdentity', () => {
  it('calls an unknown key the administrator of the hub account', async () => {
    await expect(whoami()).resolves.toMatchObject({
      Account: HUB,
      Arn: `arn:aws:iam::${HUB}:user/administrator`,
    });
  });

  it('names the session of an assumed role', async () => {
    await expect(whoami(await credentialsOf(assume(good)))).resolves.toMatchObject({
      Account: MEMBER,
      Arn: `arn:aws:sts::${MEMBER}:assumed-role/QuartermasterLaunch/request-1`,
      UserId: expect.stringMatching(/^AROA[A-Z0-9]{17}:request-1$/),
    });
  });
});

describe('AssumeRole', () => {
  it('lets a trusted role with the right conditions act in the other account', async () => {
    const answer = assume(good);

    await expect(answer).resolves.toMatchObject({ SourceIdentity: 'U0REQUEST1' });
    await expect(run(await credentialsOf(answer))).resolves.toMatchObject({ OwnerId: MEMBER });
  });

  it.each([
    ['without the external id', { ExternalId: undefined }],
    ['with another external id', { ExternalId: 'external-2' }],
    ['without a source identity', { SourceIdentity: undefined }],
    ['with a source identity that the trust policy does not like', { SourceIdentity: 'W0X' }],
    ['of a role that does not trust the caller', { RoleArn: LAUNCHER }],
    ['of a role that is not there', { RoleArn: `arn:aws:iam::${MEMBER}:role/Nobody` }],
    ['of a role that the caller may not assume', { RoleArn: READ }],
  ])('is denied %s', async (_name, change) => {
    const error = await errorOf(assume({ ...good, ...change }));

    expect(error).toMatchObject({ name: 'AccessDenied', $metadata: { httpStatusCode: 403 } });
    expect(error.message).toContain('is not authorized to perform: sts:');
  });

  it('is denied to an administrator whom the role does not trust', async () => {
    expect(await errorOf(assume(good, world.client()))).toMatchObject({ name: 'AccessDenied' });
  });

  it.each([
    ['a session name with a space', { RoleSessionName: 'a b' }, 'ValidationError'],
    ['less than 15 minutes', { DurationSeconds: 899 }, 'ValidationError'],
    ['more than the role allows', { DurationSeconds: 7201 }, 'ValidationError'],
    ['more than an hour by role chaining', { DurationSeconds: 3601 }, 'ValidationError'],
    ['a reserved source identity', { SourceIdentity: 'aws:x' }, 'ValidationError'],
    ['a policy that is not JSON', { Policy: '{' }, 'MalformedPolicyDocumentException'],
    [
      'a malformed policy',
      { Policy: '{"Version":"2012-10-17"}' },
      'MalformedPolicyDocumentException',
    ],
    ['a policy of 2,049 characters', { Policy: 'x'.repeat(2049) }, 'PackedPolicyTooLargeException'],
  ])('refuses %s', async (_name, change, name) => {
    expect(await errorOf(assume({ ...good, ...change }))).toMatchObject({ name });
  });

  it('gives an administrator up to what the role allows', async () => {
    const input = { RoleArn: READ, RoleSessionName: 'admin', DurationSeconds: 7200 };
    const { Credentials } = await assume(input, world.client());

    const seconds = ((Credentials?.Expiration?.getTime() ?? 0) - world.clock.now()) / 1000;
    expect(seconds).toBeGreaterThan(7190);
    expect(seconds).toBeLessThanOrEqual(7200);
  });

  it('keeps the source identity through chaining and refuses another', async () => {
    const credentials = await credentialsOf(assume(good));
    const chained = { RoleArn: READ, RoleSessionName: 'chained' };

    await expect(assume(chained, world.client(credentials))).resolves.toMatchObject({
      SourceIdentity: 'U0REQUEST1',
    });
    const change = assume({ ...chained, SourceIdentity: 'U0OTHER' }, world.client(credentials));
    expect(await errorOf(change)).toMatchObject({ name: 'AccessDenied' });
  });

  it('narrows a session by its policy and says how much of the limit that takes', async () => {
    const Policy = JSON.stringify(policy(allow('ec2:DescribeInstances')));
    const answer = assume({ ...good, Policy });
    const credentials = await credentialsOf(answer);

    expect((await answer).PackedPolicySize).toBe(Math.ceil((Policy.length / 2048) * 100));
    await expect(list(credentials)).resolves.toMatchObject({ Reservations: [] });
    const error = await errorOf(run(credentials));
    expect(error.message).toContain('because no session policy allows the ec2:RunInstances action');
  });
});

describe('issued credentials', () => {
  it('expire by the sandbox clock, in the words of each protocol', async () => {
    const credentials = await credentialsOf(assume({ ...good, DurationSeconds: 900 }));
    await expect(list(credentials)).resolves.toBeDefined();

    world.clock.advance(901_000);

    expect(await errorOf(list(credentials))).toMatchObject({ name: 'RequestExpired' });
    expect(await errorOf(whoami(credentials))).toMatchObject({ Code: 'ExpiredToken' });
    const queues = new sqs.SQSClient(world.client(credentials)).send(new sqs.ListQueuesCommand({}));
    expect(await errorOf(queues)).toMatchObject({ name: 'ExpiredTokenException' });
  });

  it('need their own token and secret', async () => {
    const credentials = await credentialsOf(assume(good));
    if (credentials === undefined) throw new Error('no credentials');

    expect(await errorOf(list({ ...credentials, sessionToken: 'forged' }))).toMatchObject({
      name: 'AuthFailure',
      message: expect.stringContaining('token'),
    });
    expect(await errorOf(list({ ...credentials, secretAccessKey: 'forged' }))).toMatchObject({
      name: 'AuthFailure',
      message: expect.stringContaining('signature'),
    });
  });

  it('are not given to a service that the role does not trust', () => {
    const issue = () => world.iam.issueToService(READ, 'lambda.amazonaws.com', 'session');

    expect(issue).toThrow('does not let lambda.amazonaws.com assume it');
  });
});

describe('a denied call', () => {
  it('says in EC2 what is missing', async () => {
    const credentials = await credentialsOf(
      assume({ RoleArn: READ, RoleSessionName: 'reader' }, world.client()),
    );

    const error = await errorOf(run(credentials));

    expect(error).toMatchObject({
      name: 'UnauthorizedOperation',
      $metadata: { httpStatusCode: 403 },
    });
    expect(error.message).toBe(
      `You are not authorized to perform this operation. User: arn:aws:sts::${MEMBER}:assumed-role/Read/reader is not authorized to perform: ec2:RunInstances on resource: arn:aws:ec2:eu-west-1:${MEMBER}:instance/* because no identity-based policy allows the ec2:RunInstances action`,
    );
  });

  it('is an AccessDeniedException in JSON services', async () => {
    const client = new sqs.SQSClient(launcher());

    const error = await errorOf(client.send(new sqs.ListQueuesCommand({})));

    expect(error.name).toBe('AccessDeniedException');
    expect(error.message).toContain('sqs:ListQueues on resource: *');
  });

  it('is denied by the organization even to an administrator', async () => {
    const input = { MinCount: 1, MaxCount: 1 };
    const byConsole = world.server.call({
      service: 'ec2',
      operation: 'RunInstances',
      input,
      account: MEMBER,
    });
    const byManagement = world.server.call({
      service: 'ec2',
      operation: 'RunInstances',
      input,
      account: '999988887777',
    });

    await expect(byConsole).rejects.toThrow(
      `${CONFIGURATION} with an explicit deny in a service control policy`,
    );
    await expect(byManagement).resolves.toMatchObject({ OwnerId: '999988887777' });
  });

  it('is judged by the role that a direct call names', async () => {
    const call = { service: 'ec2', operation: 'RunInstances', input: { MinCount: 1, MaxCount: 1 } };

    await expect(world.server.call({ ...call, principal: LAUNCH })).resolves.toMatchObject({
      OwnerId: MEMBER,
    });
    await expect(world.server.call({ ...call, principal: READ })).rejects.toMatchObject({
      code: 'UnauthorizedOperation',
    });
  });
});
