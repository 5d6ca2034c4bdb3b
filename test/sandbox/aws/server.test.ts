import * as cloudwatch from '@aws-sdk/client-cloudwatch';
import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as ec2 from '@aws-sdk/client-ec2';
import * as licenseManager from '@aws-sdk/client-license-manager';
import * as sqs from '@aws-sdk/client-sqs';
import * as ssm from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AwsError, awsService } from '../../../sandbox/aws/wire/service.ts';
import { awsWorld, errorOf, HUB, MEMBER } from './aws-world.ts';

const ARN = 'arn:aws:license-manager:us-east-1:111122223333:license-configuration:lic-1';
let world: Awaited<ReturnType<typeof awsWorld>>;
let launches = 0;

const SERVICES = [
  awsService(licenseManager, {
    GetLicenseConfiguration: ({ LicenseConfigurationArn }) => {
      throw new AwsError('InvalidParameterValueException', `No ${LicenseConfigurationArn}.`);
    },
    // @ts-expect-error AWS's answer has no such member
    ListTagsForResource: () => ({ Tag: [] }),
    GetServiceSettings: () => {
      throw new AwsError('FailedDependencyException', 'No Athena.', {
        fields: { ErrorCode: 'E1' },
      });
    },
  }),
  awsService(ec2, {
    RunInstances: (_input, { account }) => {
      launches += 1;
      return { OwnerId: account, Instances: [{ InstanceId: `i-${launches}` }] };
    },
    DescribeInstances: ({ InstanceIds = [] }) => {
      throw new AwsError('InvalidInstanceID.NotFound', `No <${InstanceIds.join()}> & co`);
    },
  }),
  awsService(dynamodb, {
    PutItem: () => {
      const Item = { pk: { S: 'a' }, n: { L: [{ N: '1' }] } };
      throw new AwsError('ConditionalCheckFailedException', 'The conditional request failed', {
        fields: { Item },
      });
    },
    DescribeTable: () => Promise.reject(new RangeError('a slip')),
  }),
  awsService(ssm, { PutParameter: () => ({ Version: 1 }) }),
  awsService(sqs, {
    SetQueueAttributes: () => ({}),
    SendMessageBatch: ({ Entries = [] }) => ({
      Successful: Entries.map(({ Id, MessageBody }) => ({
        Id,
        MessageId: MessageBody,
        MD5OfMessageBody: '0',
      })),
      Failed: [],
    }),
    GetQueueUrl: () => {
      throw new AwsError('QueueDoesNotExist', 'No such queue.');
    },
  }),
  awsService(cloudwatch, {
    GetMetricStatistics: ({ MetricName, StartTime, Statistics = [] }) => ({
      Label: `${MetricName} ${Statistics.join('+')}`,
      Datapoints: [{ Timestamp: StartTime, Average: 1.5 }],
    }),
  }),
];

beforeAll(async () => {
  world = await awsWorld(() => SERVICES);
});
afterAll(() => world.server.close());
beforeEach(() => {
  world.calls.clear();
  world.faults.replace([]);
  launches = 0;
});

const launch = () =>
  new ec2.EC2Client(world.client()).send(
    new ec2.RunInstancesCommand({ ImageId: 'ami-1', MinCount: 1, MaxCount: 1 }),
  );

/** Sends a form as clients of the query protocol do that are older than the SDK's. */
async function form(service: string, body: string): Promise<{ status: number; text: string }> {
  const response = await fetch(world.server.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
      authorization: `AWS4-HMAC-SHA256 Credential=AKIAUNKNOWN/20261122/eu-west-1/${service}/aws4_request, SignedHeaders=host, Signature=${'0'.repeat(64)}`,
    },
    body,
  });
  return { status: response.status, text: await response.text() };
}

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
    const query = await form('sqs', 'Action=GetQueueUrl&Version=2012-11-05&QueueName=jobs');

    expect(json).toBeInstanceOf(sqs.QueueDoesNotExist);
    expect(json).toMatchObject({ Code: 'AWS.SimpleQueueService.NonExistentQueue' });
    expect(query.status).toBe(400);
    expect(query.text).toContain('<Code>AWS.SimpleQueueService.NonExistentQueue</Code>');
  });
});

describe('strictness', () => {
  it('says that it does not simulate an operation', async () => {
    const error = await errorOf(
      new ec2.EC2Client(world.client()).send(new ec2.DescribeVpcsCommand({})),
    );

    expect(error.message).toContain('does not simulate ec2:DescribeVpcs');
    expect(error).toMatchObject({ $metadata: { httpStatusCode: 501 } });
  });

  it('is loud about an answer that AWS could not give', async () => {
    const client = new licenseManager.LicenseManagerClient(world.client());

    const error = await errorOf(
      client.send(new licenseManager.ListTagsForResourceCommand({ ResourceArn: ARN })),
    );

    expect(error.message).toContain('simulator bug at $');
    expect(error.message).toContain('has no member Tag');
    expect(error).toMatchObject({ $metadata: { httpStatusCode: 500 } });
  });

  it('is loud about a slip in a simulator', async () => {
    const client = new dynamodb.DynamoDBClient(world.client());

    const error = await errorOf(
      client.send(new dynamodb.DescribeTableCommand({ TableName: 'abc' })),
    );

    expect(error.message).toContain('RangeError: a slip');
  });

  it('refuses a service and a request that it cannot read', async () => {
    const unknown = await form('rds', 'Action=DescribeDBInstances&Version=2014-10-31');
    const unsigned = await fetch(world.server.url, { method: 'POST', body: '{}' });
    const page = await fetch(world.server.url, { headers: { origin: 'https://evil.example' } });

    expect(unknown).toMatchObject({
      status: 501,
      text: expect.stringContaining('does not simulate rds'),
    });
    expect(unsigned.status).toBe(403);
    expect(await unsigned.text()).toContain('MissingAuthenticationToken');
    expect(page.status).toBe(403);
  });

  it.each([
    ['an unknown action', 'Action=RunInstance', 'InvalidAction'],
    [
      'an unknown parameter',
      'Action=RunInstances&MinCount=1&MaxCount=1&Colour=red',
      'UnknownParameter',
    ],
    [
      'an unknown inner parameter',
      'Action=RunInstances&MinCount=1&MaxCount=1&Placement.X=1',
      'UnknownParameter',
    ],
    [
      'a list without numbers',
      'Action=RunInstances&MinCount=1&MaxCount=1&SecurityGroupId.a=1',
      'UnknownParameter',
    ],
    ['text for a number', 'Action=RunInstances&MinCount=one&MaxCount=1', 'SerializationException'],
    [
      'text for a boolean',
      'Action=RunInstances&MinCount=1&MaxCount=1&DryRun=yes',
      'SerializationException',
    ],
    ['a missing parameter', 'Action=RunInstances&MinCount=1', 'MissingParameter'],
  ])('refuses %s in a form', async (_name, body, code) => {
    const reply = await form('ec2', `Version=2016-11-15&${body}`);

    expect(reply.status).toBe(400);
    expect(reply.text).toContain(`<Code>${code}</Code>`);
    expect(launches).toBe(0);
  });

  it.each([
    [
      'an unknown member',
      { LicenseConfigurationArn: ARN, Colour: 'red' },
      'SerializationException',
    ],
    ['a wrong type', { LicenseConfigurationArn: 3 }, 'SerializationException'],
    ['a missing member', {}, 'ValidationException'],
    ['what is not an object', [], 'SerializationException'],
  ])('refuses %s in JSON', async (_name, body, code) => {
    const response = await fetch(world.server.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': 'AWSLicenseManager.GetLicenseConfiguration',
        authorization: `AWS4-HMAC-SHA256 Credential=A/20261122/us-east-1/license-manager/aws4_request, SignedHeaders=host, Signature=${'0'.repeat(64)}`,
      },
      body: JSON.stringify(body),
    });

    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ __type: expect.stringContaining(code) });
  });
});

describe('the query protocol for services whose SDK speaks JSON', () => {
  it('reads flattened lists and maps, as SQS writes them', async () => {
    const batch = await form(
      'sqs',
      'Action=SendMessageBatch&Version=2012-11-05&QueueUrl=q&SendMessageBatchRequestEntry.1.Id=a&SendMessageBatchRequestEntry.1.MessageBody=m1',
    );
    const attributes = await form(
      'sqs',
      'Action=SetQueueAttributes&Version=2012-11-05&QueueUrl=q&Attribute.1.Name=VisibilityTimeout&Attribute.1.Value=30',
    );

    expect(batch.text).toContain(
      '<SendMessageBatchResultEntry><Id>a</Id><MessageId>m1</MessageId>',
    );
    expect(attributes.status).toBe(200);
    expect(world.calls.list('sqs')[1]?.input).toEqual({
      QueueUrl: 'q',
      Attributes: { VisibilityTimeout: '30' },
    });
  });

  it('reads nested lists, as CloudWatch writes them', async () => {
    const reply = await form(
      'monitoring',
      'Action=GetMetricStatistics&Version=2010-08-01&Namespace=N&MetricName=M&StartTime=2026-11-22T00%3A00%3A00Z&EndTime=2026-11-23T00%3A00%3A00Z&Period=60&Statistics.member.1=Average&Statistics.member.2=Sum&Dimensions=',
    );

    expect(reply.text).toContain('<Label>M Average+Sum</Label>');
    expect(reply.text).toContain('<member><Timestamp>2026-11-22T00:00:00.000Z</Timestamp>');
    expect(world.calls.list('monitoring')[0]?.input).toMatchObject({ Dimensions: [] });
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

describe('faults', () => {
  it.each([
    ['throttle', undefined, 'RequestLimitExceeded', 503],
    ['throttle', 'Throttling', 'Throttling', 503],
    ['error', undefined, 'InternalError', 500],
    ['error', 'InsufficientInstanceCapacity', 'InsufficientInstanceCapacity', 500],
    ['error', 'InvalidSubnetID.NotFound', 'InvalidSubnetID.NotFound', 400],
  ] as const)(
    '%s with code %s answers %s %i before any effect',
    async (effect, code, name, status) => {
      world.faults.replace([
        { service: 'ec2', operation: 'RunInstances', effect, ...(code !== undefined && { code }) },
      ]);

      const error = await errorOf(launch());

      expect(error).toMatchObject({ name, $metadata: { httpStatusCode: status } });
      expect(launches).toBe(0);
    },
  );

  it.each([
    ['license-manager', 'RateLimitExceededException', 400],
    ['dynamodb', 'ProvisionedThroughputExceededException', 400],
  ])('throttles %s in its own words', async (service, name, status) => {
    world.faults.replace([{ service, operation: '*', effect: 'throttle' }]);
    const call =
      service === 'dynamodb'
        ? new dynamodb.DynamoDBClient(world.client()).send(
            new dynamodb.DescribeTableCommand({ TableName: 'abc' }),
          )
        : new licenseManager.LicenseManagerClient(world.client()).send(
            new licenseManager.GetServiceSettingsCommand({}),
          );

    expect(await errorOf(call)).toMatchObject({ name, $metadata: { httpStatusCode: status } });
  });

  it('loses a request before it has an effect', async () => {
    world.faults.replace([{ service: 'ec2', operation: '*', effect: 'lose_request' }]);

    const error = await errorOf(launch());

    expect(error).not.toHaveProperty('$response');
    expect(launches).toBe(0);
    expect(world.calls.list('ec2')).toMatchObject([{ operation: 'RunInstances', status: 0 }]);
  });

  it('loses a response after the effect', async () => {
    world.faults.replace([{ service: 'ec2', operation: '*', effect: 'lose_response', nth: 1 }]);

    await errorOf(launch());

    expect(launches).toBe(1);
    expect(world.calls.list('ec2')).toMatchObject([{ operation: 'RunInstances', status: 200 }]);
    await expect(launch()).resolves.toMatchObject({ OwnerId: HUB });
  });

  it('delays', async () => {
    world.faults.replace([{ service: 'ec2', operation: '*', effect: 'delay', ms: 60 }]);
    const started = performance.now();

    await launch();

    expect(performance.now() - started).toBeGreaterThan(55);
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
