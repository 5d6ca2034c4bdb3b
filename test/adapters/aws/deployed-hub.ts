import { readFile } from 'node:fs/promises';
import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Table } from '#adapters/aws/table.ts';
import { autoScalingService } from '../../../sandbox/aws/auto-scaling/service.ts';
import { type Cloud, createCloud } from '../../../sandbox/aws/cloud/cloud.ts';
import { cloudwatchService } from '../../../sandbox/aws/cloudwatch/service.ts';
import { computeOptimizerService } from '../../../sandbox/aws/compute-optimizer/service.ts';
import { costExplorerService } from '../../../sandbox/aws/cost-explorer/service.ts';
import { costOptimizationHubService } from '../../../sandbox/aws/cost-optimization-hub/service.ts';
import { dynamodbService } from '../../../sandbox/aws/dynamodb/service.ts';
import { ec2Service } from '../../../sandbox/aws/ec2/service.ts';
import { ecsService } from '../../../sandbox/aws/ecs/service.ts';
import { createIam } from '../../../sandbox/aws/iam/iam.ts';
import { licensing } from '../../../sandbox/aws/license-manager/licensing.ts';
import { licenseManagerService } from '../../../sandbox/aws/license-manager/service.ts';
import { linuxSubscriptionsService } from '../../../sandbox/aws/license-manager-linux-subscriptions/service.ts';
import { userSubscriptionsService } from '../../../sandbox/aws/license-manager-user-subscriptions/service.ts';
import { organizationsService } from '../../../sandbox/aws/organizations/service.ts';
import { pricingService } from '../../../sandbox/aws/pricing/service.ts';
import { rdsService } from '../../../sandbox/aws/rds/service.ts';
import { type AwsServer, serveAws } from '../../../sandbox/aws/server.ts';
import { Queues } from '../../../sandbox/aws/sqs/queues.ts';
import { sqsService } from '../../../sandbox/aws/sqs/service.ts';
import { ssmService } from '../../../sandbox/aws/ssm/service.ts';
import { stsService } from '../../../sandbox/aws/sts/sts.ts';
import { createCallLog } from '../../../sandbox/call-log.ts';
import { type Clock, createClock } from '../../../sandbox/clock.ts';
import { type Deployment, readDeployment } from '../../../sandbox/deployment/deployment.ts';
import { install } from '../../../sandbox/deployment/install.ts';
import { ESTATE } from '../../../sandbox/estate/company.ts';
import { createFaultPlan } from '../../../sandbox/faults.ts';

export const HUB = '111122223333';
export const MEMBER = '222233334444';
export const REGION = 'us-east-1';

const ACCOUNTS = [
  { id: HUB, name: 'shared-services' },
  { id: MEMBER, name: 'erp-production' },
];

interface HubOptions {
  readonly cloudOf?: (clock: Clock) => Cloud;
  /** License Manager's rate, calls a second and at once; without it there is as good as no limit. */
  readonly licenseManagerRate?: { readonly perSecond: number; readonly burst: number };
}

/** Simulated AWS with the shipped stack: its table, queues and roles, and the roles in member accounts. */
export async function deployedHub({
  cloudOf = (clock) => createCloud(clock, ACCOUNTS),
  licenseManagerRate: rate = { perSecond: 1000, burst: 1000 },
}: HubOptions = {}) {
  const clock = createClock();
  const calls = createCallLog();
  const faults = createFaultPlan();
  const cloud = cloudOf(clock);
  const iam = createIam({ hubAccount: HUB, clock });
  const queues = new Queues(clock);
  const dynamodb = dynamodbService({ clock, transactionMs: 0 });
  const ec2 = ec2Service(cloud, licensing(cloud), { visibilityDelayMs: 0 });
  const aws: AwsServer = await serveAws({
    services: [
      dynamodb,
      ec2,
      autoScalingService(cloud, ec2),
      sqsService({ queues, clock, url: () => aws.url }),
      licenseManagerService(cloud, { hubAccount: HUB, usageDelayMs: 0, rate }),
      ssmService(cloud),
      cloudwatchService(cloud),
      computeOptimizerService(cloud),
      costExplorerService(cloud, ESTATE.hubAccount),
      costOptimizationHubService(cloud, ESTATE.hubAccount),
      pricingService(),
      rdsService(cloud),
      ecsService(cloud),
      linuxSubscriptionsService(cloud),
      userSubscriptionsService(cloud),
      organizationsService(cloud, ESTATE.organization),
      stsService({ iam, clock }),
    ],
    iam,
    clock,
    calls,
    faults,
  });
  const template = await readFile(new URL('../../../serverless.yml', import.meta.url), 'utf8');
  const deployment = readDeployment(
    template,
    { account: HUB, region: REGION, awsUrl: aws.url },
    { organizationId: 'o-sandbox0001' },
  );
  await install(deployment, { aws, iam, queues, accounts: cloud.accounts });

  /** Settings of a client that runs as one of the functions. */
  function clientAs(name: FunctionName) {
    const role = `arn:aws:iam::${HUB}:role/${ROLE_OF[name]}`;
    const { accessKeyId, secretAccessKey, sessionToken } = iam.issueToService(
      role,
      'lambda.amazonaws.com',
      name,
    );
    return {
      endpoint: aws.url,
      region: REGION,
      maxAttempts: 1,
      credentials: { accessKeyId, secretAccessKey, sessionToken },
    };
  }

  return {
    aws,
    calls,
    clock,
    cloud,
    deployment,
    faults,
    iam,
    queues,
    clientAs,
    now: () => new Date(clock.now()),
    tableAs: (name: FunctionName, settings: { readonly maxAttempts?: number } = {}) =>
      tableOf(deployment, { ...clientAs(name), ...settings }),
    /** The table for somebody who may do everything. */
    administratorsTable: () =>
      tableOf(deployment, {
        endpoint: aws.url,
        region: REGION,
        credentials: { accessKeyId: 'administrator', secretAccessKey: 'unchecked' },
      }),
    /** All items of the table, in plain values. */
    items: () => dynamodb.items(deployment.place, String(deployment.tables[0]?.['TableName'])),
    /** Lets eventually consistent reads catch up. */
    async settle() {
      clock.advance(1000);
    },
    async close() {
      await aws.close();
    },
  };
}

function tableOf({ tables }: Deployment, settings: DynamoDBClientConfig): Table {
  const marshallOptions = { removeUndefinedValues: true };
  return {
    client: DynamoDBDocumentClient.from(new DynamoDBClient(settings), { marshallOptions }),
    name: String(tables[0]?.['TableName']),
  };
}

/** What `deployedHub` gives. */
export type DeployedHub = Awaited<ReturnType<typeof deployedHub>>;

/** The hub's role of each function. */
const ROLE_OF = {
  slack: 'quartermaster-slack',
  decide: 'quartermaster-decide',
  answer: 'quartermaster-answer',
  launch: 'quartermaster-launch-function',
  collect: 'quartermaster-collect',
  optimize: 'quartermaster-optimize',
  sweep: 'quartermaster-sweep',
  audit: 'quartermaster-audit',
  api: 'quartermaster-api',
} as const;

export type FunctionName = keyof typeof ROLE_OF;
