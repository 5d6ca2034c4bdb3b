import * as sqs from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeFailure } from '../../../sandbox/aws/iam/authorization-message.ts';
import { errorOf, HUB, MEMBER } from './aws-world.ts';
import { CONFIGURATION, credentialsOf, good, LAUNCH, organization, READ } from './organization.ts';

let world: Awaited<ReturnType<typeof organization>>;
beforeAll(async () => {
  world = await organization();
});
afterAll(() => world.server.close());

/** SQS is called at the queue's own path, which is signed too. */
const attributes = (settings: ReturnType<typeof world.client>) =>
  new sqs.SQSClient(settings).send(
    new sqs.GetQueueAttributesCommand({ QueueUrl: `${world.server.url}/${HUB}/jobs.fifo` }),
  );

describe('issued credentials', () => {
  it('expire by the sandbox clock, in the words of each protocol', async () => {
    const credentials = await credentialsOf(world.assume({ ...good, DurationSeconds: 900 }));
    await expect(world.list(credentials)).resolves.toBeDefined();

    world.clock.advance(901_000);

    expect(await errorOf(world.list(credentials))).toMatchObject({ name: 'RequestExpired' });
    expect(await errorOf(world.whoami(credentials))).toMatchObject({ Code: 'ExpiredToken' });
    expect(await errorOf(attributes(world.client(credentials)))).toMatchObject({
      name: 'ExpiredTokenException',
    });
  });

  it('need their own token and secret', async () => {
    const credentials = await credentialsOf(world.assume(good));

    expect(await errorOf(world.list({ ...credentials, sessionToken: 'forged' }))).toMatchObject({
      name: 'AuthFailure',
      message: expect.stringContaining('token'),
    });
    expect(await errorOf(world.list({ ...credentials, secretAccessKey: 'forged' }))).toMatchObject({
      name: 'AuthFailure',
      message: expect.stringContaining('signature'),
    });
  });

  it('are not given to a service that the role does not trust', () => {
    const issue = () => world.iam.issueToService(READ, 'lambda.amazonaws.com', 'session');

    expect(issue).toThrow('does not let lambda.amazonaws.com assume it');
  });
});

/** What only STS tells. */
function failureIn(encoded: string): unknown {
  return JSON.parse(decodeFailure(encoded) ?? '');
}

describe('a denied call', () => {
  it('says in EC2 what is missing', async () => {
    const credentials = await credentialsOf(
      world.assume({ RoleArn: READ, RoleSessionName: 'reader' }, world.client()),
    );

    const error = await errorOf(world.run(credentials));

    expect(error).toMatchObject({
      name: 'UnauthorizedOperation',
      $metadata: { httpStatusCode: 403 },
    });
    const [told, encoded = ''] = error.message.split(' Encoded authorization failure message: ');
    expect(told).toBe(
      `You are not authorized to perform this operation. User: arn:aws:sts::${MEMBER}:assumed-role/Read/reader is not authorized to perform: ec2:RunInstances on resource: arn:aws:ec2:eu-west-1:${MEMBER}:instance/* because no identity-based policy allows the ec2:RunInstances action.`,
    );
    expect(failureIn(encoded)).toMatchObject({ allowed: false, explicitDeny: false });
  });

  it('is an AccessDeniedException in JSON services', async () => {
    const error = await errorOf(attributes(world.launcher()));

    expect(error.name).toBe('AccessDeniedException');
    expect(error.message).toContain('sqs:GetQueueAttributes on resource: *');
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

    const { message } = await errorOf(byConsole);
    expect(message).not.toContain('license-configuration');
    expect(failureIn(message.split(' ').at(-1) ?? '')).toMatchObject({
      explicitDeny: true,
      context: { action: 'ec2:RunInstances', resource: CONFIGURATION },
    });
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
