import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { dynamodbService } from '../../../sandbox/aws/dynamodb/service.ts';
import { createIam } from '../../../sandbox/aws/iam/iam.ts';
import { serveAws } from '../../../sandbox/aws/server.ts';
import { Queues } from '../../../sandbox/aws/sqs/queues.ts';
import { createCallLog } from '../../../sandbox/call-log.ts';
import { createClock } from '../../../sandbox/clock.ts';
import { readDeployment, readMemberRoles } from '../../../sandbox/deployment/deployment.ts';
import { install } from '../../../sandbox/deployment/install.ts';
import { createFaultPlan } from '../../../sandbox/faults.ts';

const HUB = '111122223333';
const place = { account: HUB, region: 'us-east-1', awsUrl: 'http://127.0.0.1:4566' };
const shipped = readFileSync(new URL('../../../serverless.yml', import.meta.url), 'utf8');

const SMALL = `
service: small
params: { default: { color: red, organizationId: o-1, externalId: x } }
provider: { memorySize: 512, timeout: 30, environment: { COLOR: "\${param:color}", TABLE: !Ref Things } }
functions:
  work:
    handler: .build/work/index.handler
    role: !GetAtt Role.Arn
    timeout: 5
    environment: { QUEUE: !Ref Jobs, NUMBER: 7 }
    events:
      - httpApi: { method: POST, path: /in }
      - sqs: { arn: !GetAtt [Jobs, Arn], batchSize: 3, functionResponseType: ReportBatchItemFailures }
      - schedule: { name: daily, method: scheduler, rate: ["cron(0 8 * * ? *)"], timezone: Europe/London }
resources:
  Resources:
    Things: { Type: AWS::DynamoDB::Table, Properties: { TableName: things } }
    Jobs:
      Type: AWS::SQS::Queue
      Properties: { QueueName: jobs, VisibilityTimeout: 30, RedrivePolicy: { deadLetterTargetArn: !GetAtt Dead.Arn, maxReceiveCount: 5 } }
    Dead: { Type: AWS::SQS::Queue, Properties: { QueueName: dead } }
    Role:
      Type: AWS::IAM::Role
      Properties:
        RoleName: worker
        AssumeRolePolicyDocument: { Version: "2012-10-17", Statement: [] }
        Policies:
          - PolicyName: work
            PolicyDocument: { Statement: { Resource: !Sub "\${Things.Arn}/index/\${AWS::Region}-\${param:color}" } }
`;

describe('a deployment', () => {
  it('has names resolved to the local addresses and ARNs of the hub account', () => {
    expect(readDeployment(SMALL, place)).toMatchObject({
      organizationId: 'o-1',
      functions: [
        {
          name: 'work',
          functionName: 'small-dev-work',
          roleArn: `arn:aws:iam::${HUB}:role/worker`,
          timeoutMs: 5000,
          memoryMb: 512,
          environment: {
            COLOR: 'red',
            TABLE: 'things',
            QUEUE: `http://127.0.0.1:4566/${HUB}/jobs`,
            NUMBER: '7',
          },
          routes: [{ method: 'POST', path: '/in' }],
          queues: [{ arn: `arn:aws:sqs:us-east-1:${HUB}:jobs`, batchSize: 3 }],
          schedules: [{ expression: 'cron(0 8 * * ? *)', timeZone: 'Europe/London' }],
        },
      ],
      queues: [
        {
          arn: `arn:aws:sqs:us-east-1:${HUB}:jobs`,
          attributes: {
            VisibilityTimeout: '30',
            RedrivePolicy: `{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:${HUB}:dead","maxReceiveCount":5}`,
          },
        },
        { arn: `arn:aws:sqs:us-east-1:${HUB}:dead`, attributes: {} },
      ],
      tables: [{ TableName: 'things' }],
      roles: [
        {
          policies: [
            {
              Statement: {
                Resource: `arn:aws:dynamodb:us-east-1:${HUB}:table/things/index/us-east-1-red`,
              },
            },
          ],
        },
      ],
    });
  });

  it.each([
    ['a resource that is not there', '!Ref Jobs', '!Ref Nothing', /no Nothing/],
    ['a param that is not there', 'param:color', 'param:colour', /no colour/],
    ['another attribute than the ARN', '!GetAtt Dead.Arn', '!GetAtt Dead.QueueName', /only \.Arn/],
    ['an event that is not simulated', 'httpApi: { method: POST, path: /in }', 's3: bucket', /./],
    ['a resource that is not simulated', 'AWS::SQS::Queue, Prop', 'AWS::SNS::Topic, Prop', /./],
    ['a queue without partial failures', 'ReportBatchItemFailures', 'Nothing', /./],
  ])('is refused when it names %s', (_what, good, bad, message) => {
    expect(SMALL).toContain(good);
    expect(() => readDeployment(SMALL.replaceAll(good, bad), place)).toThrow(message);
  });
});

describe('the shipped serverless.yml', () => {
  const deployment = readDeployment(shipped, place);

  it('gives each function a role of its own', () => {
    const roles = deployment.functions.map(({ roleArn }) => roleArn);

    expect(new Set(roles).size).toBe(roles.length);
    expect(deployment.roles.map(({ arn }) => arn)).toEqual(expect.arrayContaining(roles));
  });

  it('hides a message for six times the timeout of its consumer, and has a place for poison', () => {
    for (const { timeoutMs, queues } of deployment.functions) {
      for (const { arn } of queues) {
        const attributes = deployment.queues.find((queue) => queue.arn === arn)?.attributes;
        expect(Number(attributes?.['VisibilityTimeout'])).toBeGreaterThanOrEqual(
          (6 * timeoutMs) / 1000,
        );
        const { deadLetterTargetArn } = JSON.parse(attributes?.['RedrivePolicy'] ?? '{}');
        expect(deployment.queues.map((queue) => queue.arn)).toContain(deadLetterTargetArn);
      }
    }
  });

  it('is installed whole: table with indexes and time to live, queues, roles of every account', async () => {
    const clock = createClock();
    const iam = createIam({ hubAccount: HUB, clock });
    const queues = new Queues(clock);
    const aws = await serveAws({
      services: [dynamodbService({ clock })],
      iam,
      clock,
      calls: createCallLog(),
      faults: createFaultPlan(),
    });

    await install(deployment, {
      aws,
      iam,
      queues,
      accounts: [{ id: HUB }, { id: '222233334444' }],
    });
    const call = (operation: string) =>
      aws.call({ service: 'dynamodb', operation, input: { TableName: 'quartermaster' } });
    const [table, ttl] = [await call('DescribeTable'), await call('DescribeTimeToLive')];
    await aws.close();

    expect(table).toMatchObject({
      Table: {
        DeletionProtectionEnabled: true,
        GlobalSecondaryIndexes: [{ IndexName: 'byState' }, { IndexName: 'byDue' }],
      },
    });
    expect(ttl).toMatchObject({ TimeToLiveDescription: { TimeToLiveStatus: 'ENABLED' } });
    expect(queues.list().map(({ arn }) => arn)).toEqual(deployment.queues.map(({ arn }) => arn));
    for (const { roleArn } of deployment.functions) expect(iam.role(roleArn)).not.toBeNull();
    for (const account of [HUB, '222233334444']) {
      expect(iam.role(`arn:aws:iam::${account}:role/quartermaster-read`)).not.toBeNull();
      expect(iam.role(`arn:aws:iam::${account}:role/quartermaster-launch`)).not.toBeNull();
    }
  });
});

describe('the roles of a member account', () => {
  it('trust the hub alone, with the external id', () => {
    const text = readFileSync(
      new URL('../../../deploy/member-account.yml', import.meta.url),
      'utf8',
    );

    const roles = readMemberRoles(
      text,
      { ...place, account: '222233334444' },
      { HubAccountId: HUB, ExternalId: 'sesame' },
    );

    expect(roles.map(({ arn }) => arn)).toContain(
      'arn:aws:iam::222233334444:role/quartermaster-read',
    );
    for (const { trustPolicy } of roles) {
      expect(trustPolicy).toMatchObject({
        Statement: [
          {
            Condition: { StringEquals: { 'sts:ExternalId': 'sesame' } },
          },
        ],
      });
      const trusted = JSON.stringify(trustPolicy).match(/arn:aws:iam::\d{12}/g) ?? [];
      expect(new Set(trusted)).toEqual(new Set([`arn:aws:iam::${HUB}`]));
    }
  });
});
