import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as ec2 from '@aws-sdk/client-ec2';
import * as licenseManager from '@aws-sdk/client-license-manager';
import * as sqs from '@aws-sdk/client-sqs';
import * as ssm from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { awsWorld, errorOf, HUB, MEMBER, postForm } from './aws-world.ts';
import { effects, SERVICES } from './example-services.ts';

const ARN = 'arn:aws:license-manager:us-east-1:111122223333:license-configuration:lic-1';
let world: Awaited<ReturnType<typeof awsWorld>>;
beforeAll(async () => {
  world = await awsWorld(() => SERVICES);
});
afterAll(() => world.server.close());
beforeEach(() => {
  world.calls.clear();
  world.faults.replace([]);
  effects.launches = 0;
});

const launch = () =>
  new ec2.EC2Client(world.client()).send(
    new ec2.RunInstancesCommand({ ImageId: 'ami-1', MinCount: 1, MaxCount: 1 }),
  );

describe('errors', () => {
  it('arrive as the exceptions that the client declares', async () => {
    const client = new licenseManager.LicenseManagerClient(world.client());

    const error = await errorOf(
      client.send(
        new licenseManager.GetLicenseConfigurationCommand({ LicenseConfigurationArn: ARN }),
      ),
    );

    expect(error).toBeInstanceOf(licenseManager.InvalidParameterValueException);
    expect(error.message).toBe(`No ${ARN}.`);
  });

  it('carry their own members', async () => {
    const license = new licenseManager.LicenseManagerClient(world.client());
    const table = new dynamodb.DynamoDBClient(world.client());

    const dependency = await errorOf(
      license.send(new licenseManager.GetServiceSettingsCommand({})),
    );
    const condition = await errorOf(
      table.send(new dynamodb.PutItemCommand({ TableName: 'table', Item: { pk: { S: 'a' } } })),
    );

    expect(dependency).toMatchObject({ ErrorCode: 'E1' });
    expect(condition).toBeInstanceOf(dynamodb.ConditionalCheckFailedException);
    expect(condition).toMatchObject({ Item: { pk: { S: 'a' }, n: { L: [{ N: '1' }] } } });
  });

  it('of EC2 keep their code and an escaped message', async () => {
    const client = new ec2.EC2Client(world.client());

    const error = await errorOf(
      client.send(new ec2.DescribeInstancesCommand({ InstanceIds: ['i-1'] })),
    );

    expect(error.name).toBe('InvalidInstanceID.NotFound');
    expect(error.message).toBe('No <i-1> & co');
  });

  it('have the query code for clients of a service that moved from query to JSON', async () => {
    const client = new sqs.SQSClient(world.client());

    const json = await errorOf(client.send(new sqs.GetQueueUrlCommand({ QueueName: 'jobs' })));
    const query = await postForm(
      world.server.url,
      'sqs',
      'Action=GetQueueUrl&Version=2012-11-05&QueueName=jobs',
    );

    expect(json).toBeInstanceOf(sqs.QueueDoesNotExist);
    expect(json).toMatchObject({ Code: 'AWS.SimpleQueueService.NonExistentQueue' });
    expect(query.status).toBe(400);
    expect(query.text).toContain('<Code>AWS.SimpleQueueService.NonExistentQueue</Code>');
  });
});

describe('the call log', () => {
  it('records who called what, where, and how it was answered', async () => {
    await launch();
    await errorOf(new ec2.EC2Client(world.client()).send(new ec2.DescribeVpcsCommand({})));

    expect(world.calls.list('ec2')).toMatchObject([
      {
        operation: 'RunInstances',
        account: HUB,
        region: 'eu-west-1',
        input: { ImageId: 'ami-1', MinCount: 1, MaxCount: 1 },
        status: 200,
      },
      { operation: 'DescribeVpcs', status: 501 },
    ]);
  });

  it('never holds a secret', async () => {
    const client = new ssm.SSMClient(world.client());

    await client.send(
      new ssm.PutParameterCommand({ Name: '/bot/token', Value: 'hunter2', Type: 'SecureString' }),
    );
    await new ec2.EC2Client(world.client()).send(
      new ec2.RunInstancesCommand({ MinCount: 1, MaxCount: 1, UserData: 'aHVudGVyMg==' }),
    );

    expect(world.calls.list()).toHaveLength(2);
    expect(JSON.stringify(world.calls.list())).not.toMatch(/hunter2|aHVudGVyMg/);
    expect(world.calls.list('ssm')[0]?.input).toMatchObject({
      Name: '/bot/token',
      Value: '[redacted]',
    });
  });
});

describe('a call that somebody else makes', () => {
  const run = { service: 'ec2', operation: 'RunInstances', input: { MinCount: 1, MaxCount: 1 } };

  it('acts as the administrator of an account, in the log but beyond faults', async () => {
    world.faults.replace([{ service: 'ec2', operation: '*', effect: 'error' }]);

    const output = await world.server.call({ ...run, account: MEMBER, region: 'us-east-1' });

    expect(output).toMatchObject({ OwnerId: MEMBER });
    expect(world.calls.list('ec2')).toMatchObject([
      { account: MEMBER, region: 'us-east-1', status: 200 },
    ]);
  });

  it.each([
    ['an unknown operation', { ...run, operation: 'RunInstance' }, 'InvalidAction'],
    ['what is not simulated', { ...run, operation: 'DescribeVpcs', input: {} }, 'NotSimulated'],
    ['an unknown member', { ...run, input: { Colour: 'red' } }, 'SerializationException'],
    ['an unknown role', { ...run, principal: 'arn:aws:iam::1:role/x' }, 'NoSuchEntity'],
  ])('refuses %s', async (_name, request, code) => {
    await expect(world.server.call(request)).rejects.toMatchObject({ code });
  });
});

describe('the clock', () => {
  it('is what the server tells clients to set theirs by', async () => {
    world.clock.advance(3_600_000);

    const response = await fetch(world.server.url);

    const date = Date.parse(response.headers.get('date') ?? '');
    expect(Math.abs(date - world.clock.now())).toBeLessThan(5000);
  });
});
