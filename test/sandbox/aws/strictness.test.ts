import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as ec2 from '@aws-sdk/client-ec2';
import * as licenseManager from '@aws-sdk/client-license-manager';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { awsWorld, errorOf, postForm } from './aws-world.ts';
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

  it('is loud about an error that AWS could not give', async () => {
    const client = new dynamodb.DynamoDBClient(world.client());

    const error = await errorOf(client.send(new dynamodb.DeleteTableCommand({ TableName: 'abc' })));

    expect(error.message).toContain('ResourceInUseException has no member Colour');
    expect(error).toMatchObject({ $metadata: { httpStatusCode: 500 } });
  });

  it('refuses a service and a request that it cannot read', async () => {
    const unknown = await postForm(
      world.server.url,
      'rds',
      'Action=DescribeDBInstances&Version=2014-10-31',
    );
    const unsigned = await fetch(world.server.url, { method: 'POST', body: '{}' });
    const page = await fetch(world.server.url, { headers: { origin: 'https://evil.example' } });

    expect(unknown).toMatchObject({
      status: 501,
      text: expect.stringContaining('<Message>The sandbox does not simulate rds.</Message>'),
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
    const reply = await postForm(world.server.url, 'ec2', `Version=2016-11-15&${body}`);

    expect(reply.status).toBe(400);
    expect(reply.text).toContain(`<Code>${code}</Code>`);
    expect(effects.launches).toBe(0);
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
    const batch = await postForm(
      world.server.url,
      'sqs',
      'Action=SendMessageBatch&Version=2012-11-05&QueueUrl=q&SendMessageBatchRequestEntry.1.Id=a&SendMessageBatchRequestEntry.1.MessageBody=m1',
    );
    const attributes = await postForm(
      world.server.url,
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
    const reply = await postForm(
      world.server.url,
      'monitoring',
      'Action=GetMetricStatistics&Version=2010-08-01&Namespace=N&MetricName=M&StartTime=2026-11-22T00%3A00%3A00Z&EndTime=2026-11-23T00%3A00%3A00Z&Period=60&Statistics.member.1=Average&Statistics.member.2=Sum&Dimensions=',
    );

    expect(reply.text).toContain('<Label>M Average+Sum</Label>');
    expect(reply.text).toContain('<member><Timestamp>2026-11-22T00:00:00.000Z</Timestamp>');
    expect(world.calls.list('monitoring')[0]?.input).toMatchObject({ Dimensions: [] });
  });
});
