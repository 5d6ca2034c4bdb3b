import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { autoScalingService } from '../../../sandbox/aws/auto-scaling/service.ts';
import { createCloud } from '../../../sandbox/aws/cloud/cloud.ts';
import { cloudwatchService } from '../../../sandbox/aws/cloudwatch/service.ts';
import { computeOptimizerService } from '../../../sandbox/aws/compute-optimizer/service.ts';
import { costExplorerService } from '../../../sandbox/aws/cost-explorer/service.ts';
import { costOptimizationHubService } from '../../../sandbox/aws/cost-optimization-hub/service.ts';
import { COVERAGE } from '../../../sandbox/aws/coverage.ts';
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
import { Queues } from '../../../sandbox/aws/sqs/queues.ts';
import { sqsService } from '../../../sandbox/aws/sqs/service.ts';
import { ssmService } from '../../../sandbox/aws/ssm/service.ts';
import { stsService } from '../../../sandbox/aws/sts/sts.ts';
import { createClock } from '../../../sandbox/clock.ts';
import { HUB } from './aws-world.ts';

const clock = createClock();
const cloud = createCloud(clock, [{ id: HUB, name: 'hub' }]);
const ec2 = ec2Service(cloud, licensing(cloud));
const SERVICES = [
  autoScalingService(cloud, ec2),
  cloudwatchService(cloud),
  computeOptimizerService(cloud),
  costExplorerService(cloud, HUB),
  costOptimizationHubService(cloud, HUB),
  dynamodbService({ clock }),
  ec2,
  ecsService(cloud),
  licenseManagerService(cloud),
  linuxSubscriptionsService(cloud),
  userSubscriptionsService(cloud),
  organizationsService(cloud, null),
  pricingService(),
  rdsService(cloud),
  sqsService({ queues: new Queues(clock), clock, url: () => 'http://127.0.0.1' }),
  ssmService(cloud),
  stsService({ iam: createIam({ hubAccount: HUB, clock }), clock }),
];

/** Client packages whose name is not the endpoint name. */
const ENDPOINTS: Readonly<Record<string, string>> = {
  'auto-scaling': 'autoscaling',
  cloudwatch: 'monitoring',
  'cost-explorer': 'ce',
};

/** The document client's commands, by DynamoDB's operations. */
const DOCUMENT_OPERATIONS: Readonly<Record<string, string>> = {
  BatchGet: 'BatchGetItem',
  BatchWrite: 'BatchWriteItem',
  Delete: 'DeleteItem',
  Get: 'GetItem',
  Put: 'PutItem',
  TransactGet: 'TransactGetItems',
  TransactWrite: 'TransactWriteItems',
  Update: 'UpdateItem',
};

/** The service behind the first part of a REST path. */
const REST_SERVICES: Readonly<Record<string, string>> = {
  subscription: 'license-manager-linux-subscriptions',
  'identity-provider': 'license-manager-user-subscriptions',
  instance: 'license-manager-user-subscriptions',
  user: 'license-manager-user-subscriptions',
};

/** The operations that a source file posts to by path. */
function postedBy(source: string): string[] {
  return [...source.matchAll(/'\/([a-z-]+)\/([A-Z]\w+)'/g)].map(
    ([, part = '', operation]) => `${REST_SERVICES[part]}:${operation}`,
  );
}

/** The operations that a source file sends, as `service:Operation`. */
function sentBy(source: string): string[] {
  const imports = source.matchAll(
    /import (?:type )?\{([^}]*)\} from '@aws-sdk\/(client|lib)-([a-z-]+)'/g,
  );
  return [...imports].flatMap(([, names = '', kind, service = '']) =>
    [...names.matchAll(/(\w+)Command\b/g)].map(([, operation = '']) =>
      kind === 'lib'
        ? `dynamodb:${DOCUMENT_OPERATIONS[operation] ?? operation}`
        : `${ENDPOINTS[service] ?? service}:${operation}`,
    ),
  );
}

describe('the coverage list', () => {
  it.each(SERVICES.map((service) => [service.endpointName, service.simulated] as const))(
    'names what %s plays, and nothing else',
    (endpointName, simulated) => {
      expect(COVERAGE[endpointName]).toEqual(simulated);
    },
  );

  it('names no service that is not there', () => {
    expect(Object.keys(COVERAGE)).toEqual(SERVICES.map(({ endpointName }) => endpointName).sort());
  });

  it('has everything that the adapters call', () => {
    const root = new URL('../../../', import.meta.url).pathname;
    const files = globSync(['src/**/*.ts', 'functions/**/*.ts'], { cwd: root });
    const sent = new Set(
      files
        .map((file) => readFileSync(`${root}${file}`, 'utf8'))
        .flatMap((source) => [...sentBy(source), ...postedBy(source)]),
    );
    const missing = [...sent].filter((name) => {
      const [service = '', operation = ''] = name.split(':');
      return COVERAGE[service]?.includes(operation) !== true;
    });

    expect(sent.size).toBeGreaterThan(5);
    expect(missing).toEqual([]);
  });
});
