import { dynamodbService } from '../../sandbox/aws/dynamodb/service.ts';
import { createIam } from '../../sandbox/aws/iam/iam.ts';
import { serveAws } from '../../sandbox/aws/server.ts';
import { Queues } from '../../sandbox/aws/sqs/queues.ts';
import { sqsService } from '../../sandbox/aws/sqs/service.ts';
import { createCallLog } from '../../sandbox/call-log.ts';
import { createClock } from '../../sandbox/clock.ts';
import { install } from '../../sandbox/deployment/install.ts';
import { ESTATE } from '../../sandbox/estate/company.ts';
import { createFaultPlan } from '../../sandbox/faults.ts';
import { serveParameters } from '../../sandbox/functions/parameters-extension.ts';
import { deploymentAt, SIGNING_SECRET, slackEnvironment } from '../slack-function.ts';

/* A process of its own: DynamoDB and SQS with the deployed table, queues and roles. It tells its
   parent the environment of functions/slack, and ends with it. */

const clock = createClock();
const iam = createIam({ hubAccount: ESTATE.hubAccount, clock });
const queues = new Queues(clock);
const aws = await serveAws({
  services: [dynamodbService({ clock }), sqsService({ queues, clock, url: () => aws.url })],
  iam,
  clock,
  calls: createCallLog(),
  faults: createFaultPlan(),
});
const deployment = await deploymentAt(aws.url);
await install(deployment, { aws, iam, queues, accounts: [] });
const { roleArn, functionName } = deployment.functions.find(({ name }) => name === 'slack') ?? {};
if (roleArn === undefined || functionName === undefined) {
  throw new Error('serverless.yml deploys no function named slack.');
}
const issued = iam.issueToService(roleArn, 'lambda.amazonaws.com', functionName);
const extension = await serveParameters({
  clock,
  callAws: async () => ({ Parameter: { Value: SIGNING_SECRET } }),
  roleOf: () => roleArn,
  ttlSeconds: 60,
});
const environment = await slackEnvironment({
  awsUrl: aws.url,
  extensionPort: extension.port,
  credentials: {
    AWS_ACCESS_KEY_ID: issued.accessKeyId,
    AWS_SECRET_ACCESS_KEY: issued.secretAccessKey,
    AWS_SESSION_TOKEN: issued.sessionToken,
  },
});
process.once('disconnect', () => process.exit(0));
process.send?.({ environment });
