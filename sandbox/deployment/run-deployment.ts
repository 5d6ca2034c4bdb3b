import { readFile } from 'node:fs/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { dynamodbDecisionStore } from '#adapters/aws/dynamodb-decision-store.ts';
import { dynamodbLicenseRegisters } from '#adapters/aws/dynamodb-license-registers.ts';
import { dynamodbPolicyPublisher } from '#adapters/aws/dynamodb-policy-publisher.ts';
import { type AutoScalingService, autoScalingService } from '../aws/auto-scaling/service.ts';
import type { Cloud } from '../aws/cloud/cloud.ts';
import { cloudwatchService } from '../aws/cloudwatch/service.ts';
import { computeOptimizerService } from '../aws/compute-optimizer/service.ts';
import { costExplorerService } from '../aws/cost-explorer/service.ts';
import { costOptimizationHubService } from '../aws/cost-optimization-hub/service.ts';
import { type DynamodbService, dynamodbService } from '../aws/dynamodb/service.ts';
import { type Ec2Service, ec2Service } from '../aws/ec2/service.ts';
import { ecsService } from '../aws/ecs/service.ts';
import type { Buses } from '../aws/events/buses.ts';
import { type AwsEvent, createEvents, type Events, type Origin } from '../aws/events/events.ts';
import type { HttpApi } from '../aws/execute-api/http-api.ts';
import { createIam, type Iam } from '../aws/iam/iam.ts';
import { licensing } from '../aws/license-manager/licensing.ts';
import { licenseManagerService } from '../aws/license-manager/service.ts';
import { linuxSubscriptionsService } from '../aws/license-manager-linux-subscriptions/service.ts';
import { userSubscriptionsService } from '../aws/license-manager-user-subscriptions/service.ts';
import { organizationsService } from '../aws/organizations/service.ts';
import { pricingService } from '../aws/pricing/service.ts';
import { rdsService } from '../aws/rds/service.ts';
import { type AwsServer, serveAws } from '../aws/server.ts';
import { Queues } from '../aws/sqs/queues.ts';
import { sqsService } from '../aws/sqs/service.ts';
import { ssmService } from '../aws/ssm/service.ts';
import { stsService } from '../aws/sts/sts.ts';
import type { CallLog } from '../call-log.ts';
import type { Clock } from '../clock.ts';
import { ESTATE } from '../estate/company.ts';
import { licenseRegister } from '../estate/entitlements.ts';
import { buildEstate } from '../estate/estate.ts';
import { PEOPLE_ROLES } from '../estate/people-roles.ts';
import type { FaultPlan } from '../faults.ts';
import { gatewayError } from '../functions/api-gateway.ts';
import type { LogLine } from '../functions/function-log.ts';
import { Functions } from '../functions/functions.ts';
import { type ParametersExtension, serveParameters } from '../functions/parameters-extension.ts';
import { type DueSource, Timeline } from '../functions/timeline.ts';
import { type Deployment, readDeployment } from './deployment.ts';
import { install, installEvents } from './install.ts';
import { nextSweepWork } from './requests.ts';

export interface DeploymentOptions {
  readonly seed: string;
  readonly clock: Clock;
  readonly calls: CallLog;
  readonly faults: FaultPlan;
  readonly awsPort: number;
  /** Where the functions reach Slack, e.g. `http://127.0.0.1:3000/api/`. */
  readonly slackApiUrl: string;
  readonly signingSecret: string;
  readonly botToken: string;
  /** What else falls due by the clock. */
  readonly sources: readonly DueSource[];
  readonly onWarning: (line: LogLine) => void;
}

/** The product deployed to simulated AWS, and running. */
export interface RunningDeployment {
  readonly deployment: Deployment;
  readonly aws: AwsServer;
  readonly queues: Queues;
  /** EventBridge. */
  readonly buses: Pick<Buses, 'put'>;
  readonly functions: Functions;
  readonly timeline: Timeline;
  /** All items of the product's table, in plain values. */
  items(): readonly Record<string, unknown>[];
  close(): Promise<void>;
}

const TEMPLATE = new URL('../../serverless.yml', import.meta.url);
const POLICY = new URL('../policy.yml', import.meta.url);
const ADMINISTRATOR = { accessKeyId: 'sandbox', secretAccessKey: 'sandbox' };
/** Slack's id of the person `admin`. */
const IMPORTED_BY = 'U0ADMIN001';
/** Two people may click at once; each of the other functions works its queue alone. */
const MAX_ENVIRONMENTS = { slack: 2 };
/** Looks at the whole estate for seconds, and finds in one night what it would have found in seven. */
const ONCE_AN_ADVANCE: ReadonlySet<string> = new Set(['optimize']);

interface SimulatedAws {
  readonly aws: AwsServer;
  readonly iam: Iam;
  readonly cloud: Cloud;
  readonly queues: Queues;
  readonly dynamodb: DynamodbService;
  readonly ec2: Ec2Service;
  readonly autoScaling: AutoScalingService;
  readonly events: Events;
  /** From now on the HTTP API is answered by these functions. */
  readonly openHttpApi: (functions: Functions) => void;
}

/** Starts simulated AWS with an estate, deploys serverless.yml to it, publishes the first policy and register. */
export async function runDeployment(options: DeploymentOptions): Promise<RunningDeployment> {
  let buses: Buses | null = null;
  const simulated = await simulateAws(options, (event, origin) => buses?.pass(event, origin));
  const { aws, iam, cloud, queues, dynamodb, ec2, autoScaling, events } = simulated;
  const place = { account: ESTATE.hubAccount, region: ESTATE.hubRegion, awsUrl: aws.url };
  const deployment = readDeployment(await readFile(TEMPLATE, 'utf8'), place, {
    organizationId: ESTATE.organization.id,
  });
  await install(deployment, { aws, iam, queues, accounts: cloud.accounts });
  for (const role of PEOPLE_ROLES) iam.registerRole(role);
  buses = await installEvents(deployment, { iam, queues });
  await putSecrets(deployment, aws, options);
  await publish(deployment, options);
  const { functions, extension } = await startFunctions(deployment, simulated, options);
  simulated.openHttpApi(functions);
  const items = () => dynamodb.items(place, tableName(deployment));
  const timeline = new Timeline({
    clock: options.clock,
    deployment,
    invoke: (name, event) => functions.invoke(name, event),
    sources: [
      { nextDue: () => functions.nextDue(), runDue: () => functions.poll() },
      { nextDue: ec2.nextDue, runDue: ec2.settle },
      { nextDue: autoScaling.nextDue, runDue: autoScaling.settle },
      events,
      ...options.sources,
    ],
    nextWork: () => nextSweepWork(items(), options.clock.now()),
    onceAnAdvance: ONCE_AN_ADVANCE,
    settle: () => functions.settle(),
  });
  timeline.start();
  return {
    deployment,
    aws,
    queues,
    buses,
    functions,
    timeline,
    items,
    async close() {
      await timeline.stop();
      await functions.close();
      await Promise.all([extension.close(), aws.close()]);
    },
  };
}

async function simulateAws(
  options: DeploymentOptions,
  pass: (event: AwsEvent, origin: Origin) => void,
): Promise<SimulatedAws> {
  const { seed, clock, calls, faults, awsPort: port } = options;
  const cloud = buildEstate(seed, clock);
  const { hubAccount, organization } = ESTATE;
  const { id: organizationId, managementAccount } = organization;
  const iam = createIam({ hubAccount, clock, organizationId, managementAccount });
  const queues = new Queues(clock);
  const dynamodb = dynamodbService({ clock });
  const ec2 = ec2Service(cloud, licensing(cloud));
  const events = createEvents({ clock, cloud, faults }, pass);
  const trailedEc2 = events.trailed(ec2);
  const autoScaling = autoScalingService(cloud, trailedEc2);
  const services = [
    dynamodb,
    trailedEc2,
    events.trailed(autoScaling),
    sqsService({ queues, clock, url: () => aws.url }),
    events.trailed(licenseManagerService(cloud, { hubAccount })),
    ssmService(cloud),
    cloudwatchService(cloud),
    computeOptimizerService(cloud),
    costExplorerService(cloud, managementAccount),
    costOptimizationHubService(cloud, managementAccount),
    rdsService(cloud),
    ecsService(cloud),
    linuxSubscriptionsService(cloud),
    pricingService(),
    userSubscriptionsService(cloud),
    organizationsService(cloud, organization, iam),
    stsService({ iam, clock }),
  ];
  let functions: Functions | null = null;
  const httpApi: HttpApi = {
    region: ESTATE.hubRegion,
    serves: (request) => functions?.serves(request) ?? false,
    call: async (request, caller) =>
      (await functions?.request(request, caller)) ?? gatewayError(404, 'Not Found'),
  };
  const aws = await serveAws({ services, iam, clock, calls, faults, port, httpApi });
  const openHttpApi = (started: Functions) => {
    functions = started;
  };
  return { aws, iam, cloud, queues, dynamodb, ec2, autoScaling, events, openHttpApi };
}

/** The table is the only one, and every function's environment names it. */
function tableName(deployment: Deployment): string {
  return String(deployment.tables[0]?.['TableName']);
}

async function putSecrets(
  { functions }: Deployment,
  aws: AwsServer,
  { signingSecret, botToken }: DeploymentOptions,
): Promise<void> {
  const { environment = {} } = functions[0] ?? {};
  const secrets = { SIGNING_SECRET_PARAMETER: signingSecret, BOT_TOKEN_PARAMETER: botToken };
  for (const [variable, Value] of Object.entries(secrets)) {
    const input = { Name: environment[variable], Value, Type: 'SecureString' };
    await aws.call({ service: 'ssm', operation: 'PutParameter', input });
  }
}

/** Puts the first policy and register in force, as a terminal with an administrator's rights would. */
async function publish(deployment: Deployment, { seed, clock }: DeploymentOptions): Promise<void> {
  const { awsUrl: endpoint, region } = deployment.place;
  const client = new DynamoDBClient({ endpoint, region, credentials: ADMINISTRATOR });
  const marshallOptions = { removeUndefinedValues: true };
  const table = {
    client: DynamoDBDocumentClient.from(client, { marshallOptions }),
    name: tableName(deployment),
  };
  const now = () => new Date(clock.now());
  const policy = await readFile(POLICY, 'utf8');
  await dynamodbPolicyPublisher(table, now).publish(policy, null);
  const hash = await dynamodbLicenseRegisters(table, now).store(licenseRegister(seed, now()));
  await dynamodbDecisionStore(table, now).commit({
    request: null,
    ledgers: [],
    quotas: [],
    register: { hash, expected: null, importedBy: IMPORTED_BY, importedAt: now() },
    audit: [],
    outbox: null,
    notAfter: null,
  });
  client.destroy();
}

async function startFunctions(
  deployment: Deployment,
  { aws, iam, queues }: SimulatedAws,
  { clock, slackApiUrl, onWarning }: DeploymentOptions,
): Promise<{ functions: Functions; extension: ParametersExtension }> {
  const extension = await serveParameters({
    clock,
    callAws: aws.call,
    roleOf: (token) => functions.roleOf(token),
    ttlSeconds: 60,
  });
  const functions = new Functions({
    deployment,
    iam,
    queues,
    clock,
    environment: {
      SLACK_API_URL: slackApiUrl,
      PARAMETERS_SECRETS_EXTENSION_HTTP_PORT: String(extension.port),
    },
    maxEnvironments: MAX_ENVIRONMENTS,
    onWarning,
  });
  return { functions, extension };
}
