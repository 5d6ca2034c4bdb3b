import { dynamodbPolicyPublisher } from '#adapters/aws/dynamodb-policy-publisher.ts';
import { dynamodbSnapshots } from '#adapters/aws/dynamodb-snapshots.ts';
import type { Queue } from '../../sandbox/aws/sqs/queue.ts';
import { serveParameters } from '../../sandbox/functions/parameters-extension.ts';
import { serveHttp } from '../../sandbox/http-server.ts';
import { createSlack } from '../../sandbox/slack/slack.ts';
import { APP } from '../../sandbox/slack/workspace.ts';
import { HUB, MEMBER, REGION } from '../../test/adapters/aws/deployed-hub.ts';
import { launchWorld } from '../../test/adapters/aws/launch-ground.ts';
import { aConfiguration, aPolicyDocument, aShard } from '../../test/builders.ts';
import { SIGNING_SECRET } from '../slack-function.ts';
import { StormFunctions } from './storm-functions.ts';

/** Those who ask; every one of them asks for as many as policy lets them. */
export const REQUESTERS = ['U0REQUEST1', 'U0ADMIN001', 'U0ADMIN002'] as const;
export const APPROVERS = ['U0APPROVE1', 'U0APPROVE2'] as const;

/** Unapproved, nothing may be held: every request waits until it is approved. */
const POLICY = aPolicyDocument({
  roles: {
    requester: { users: [...REQUESTERS] },
    approver: { users: [...APPROVERS] },
    administrator: { users: ['U0ADMIN001'] },
  },
  limits: { unapprovedPercentOfFree: 0, openRequestsPerPerson: 1000 },
});

/** How many invocations of a function may overlap. Decisions of one pool have one consumer. */
const ENVIRONMENTS = { slack: 6, decide: 1, launch: 2 };

/**
 * The shipped stack on simulated AWS and Slack, with one pool of `free` licenses, one for each launch,
 * and one that is in use: what could never fit would be refused, and not wait.
 */
export async function stormWorld(free: number) {
  const { hub, started } = await launchWorld();
  const { calls, clock, deployment, faults, iam, queues } = hub;
  const shard = await poolOf(hub.aws, free);
  await dynamodbSnapshots(hub.administratorsTable()).put(shard);
  await dynamodbPolicyPublisher(hub.administratorsTable(), hub.now).publish(
    JSON.stringify(POLICY),
    null,
  );
  const slackServer = await serveHttp(0, (request) => slack.handleApi(request));
  const slack = createSlack({
    clock,
    faults,
    calls,
    signingSecret: SIGNING_SECRET,
    origin: slackServer.url,
    deliver: () => Promise.reject(new Error('Nothing is delivered')),
  });
  const extension = await serveParameters({
    clock,
    callAws: async ({ input }) => ({ Parameter: { Value: secretOf(input) } }),
    roleOf: (token) => functions.roleOf(token),
    ttlSeconds: 60,
  });
  const functions = new StormFunctions({
    deployment: { ...deployment, functions: deployment.functions.map(onlyDecisions) },
    iam,
    queues,
    clock,
    faults,
    environment: {
      SLACK_API_URL: `${slackServer.url}/api/`,
      PARAMETERS_SECRETS_EXTENSION_HTTP_PORT: String(extension.port),
    },
    maxEnvironments: ENVIRONMENTS,
    onWarning: ({ functionName, line }) => console.warn(`${functionName}: ${line}`),
  });
  return {
    functions,
    /** All items of the table. */
    items: hub.items,
    /** What EC2 ever started. */
    started,
    now: () => new Date(clock.now()),
    advance: (ms: number) => clock.advance(ms),
    poolId: `${MEMBER}/${REGION}/${shard.configurations[0]?.id}`,
    queue: (name: string): Queue =>
      queues.get(`arn:aws:sqs:${REGION}:${HUB}:quartermaster-${name}`),
    async close() {
      await functions.close();
      await Promise.all([extension.close(), slackServer.close(), hub.close()]);
    },
  };
}

export type StormWorld = Awaited<ReturnType<typeof stormWorld>>;

type Hub = Awaited<ReturnType<typeof launchWorld>>['hub'];

/** A license configuration that counts instances, in License Manager and in the snapshot. */
async function poolOf({ call }: Hub['aws'], free: number) {
  const limit = free + 1;
  const input = {
    Name: 'SQL Server',
    LicenseCountingType: 'Instance',
    LicenseCount: limit,
    LicenseCountHardLimit: true,
  };
  const service = 'license-manager';
  const operation = 'CreateLicenseConfiguration';
  const answer = await call({ service, operation, input, account: MEMBER, region: REGION });
  const arn = String(Object.values(answer ?? {})[0]);
  const id = arn.slice(arn.lastIndexOf(':') + 1);
  const configuration = { arn, id, countingType: 'Instance', limit, consumed: 1 } as const;
  return aShard({ configurations: [aConfiguration(configuration)] });
}

function secretOf(input: unknown): string {
  return JSON.stringify(input).includes('signing-secret') ? SIGNING_SECRET : APP.token;
}

/** Only functions/decide works its queue by itself: what the others would do is none of what is measured. */
function onlyDecisions<Deployed extends Hub['deployment']['functions'][number]>(
  deployed: Deployed,
): Deployed {
  return deployed.name === 'decide' ? deployed : { ...deployed, queues: [] };
}
