import { readFile } from 'node:fs/promises';
import { type Buses, createBuses, type Rule } from '../aws/events/buses.ts';
import type { Origin } from '../aws/events/events.ts';
import type { Iam } from '../aws/iam/iam.ts';
import type { AwsServer } from '../aws/server.ts';
import type { Queues } from '../aws/sqs/queues.ts';
import { type Deployment, readMemberRoles, readMemberStack } from './deployment.ts';

const MEMBER_TEMPLATE = new URL('../../deploy/member-account.yml', import.meta.url);
const FORWARDING_TEMPLATE = new URL('../../deploy/event-forwarding.yml', import.meta.url);

/** Creates the stack in the simulators: roles in every account, queues, the table. */
export async function install(
  deployment: Deployment,
  target: { aws: AwsServer; iam: Iam; queues: Queues; accounts: readonly { id: string }[] },
): Promise<void> {
  await installRoles(deployment, target);
  for (const { arn, attributes } of deployment.queues) target.queues.create(arn, attributes);
  for (const table of deployment.tables) await createTable(table, target.aws);
}

async function installRoles(
  { place, externalId, roles }: Deployment,
  { iam, accounts }: { iam: Iam; accounts: readonly { id: string }[] },
): Promise<void> {
  const template = await readFile(MEMBER_TEMPLATE, 'utf8');
  const parameters = { HubAccountId: place.account, ExternalId: externalId };
  const members = accounts.flatMap(({ id: account }) =>
    readMemberRoles(template, { ...place, account }, parameters),
  );
  for (const role of [...roles, ...members]) iam.registerRole(role);
}

/** EventBridge with the hub's rules and, in every account and Region, those of event-forwarding.yml. */
export async function installEvents(
  { place, rules }: Deployment,
  { iam, queues }: { iam: Iam; queues: Queues },
): Promise<Buses> {
  const template = await readFile(FORWARDING_TEMPLATE, 'utf8');
  const parameters = { HubAccountId: place.account, HubRegion: place.region };
  const installed = new Map<string, readonly Rule[]>();
  const rulesIn = (origin: Origin): readonly Rule[] => {
    const key = `${origin.account}/${origin.region}`;
    const known = installed.get(key);
    if (known !== undefined) return known;
    const stack = readMemberStack(template, { ...place, ...origin }, parameters);
    for (const role of stack.roles) iam.registerRole(role);
    installed.set(key, stack.rules);
    return stack.rules;
  };
  return createBuses({ hubRules: rules, rulesIn, iam, queues });
}

/** CreateTable takes what CloudFormation says, but for what are calls of their own. */
async function createTable(table: Deployment['tables'][number], aws: AwsServer): Promise<void> {
  const {
    TimeToLiveSpecification,
    PointInTimeRecoverySpecification: _recovery,
    SSESpecification: _encryption,
    ...input
  } = table;
  await aws.call({ service: 'dynamodb', operation: 'CreateTable', input });
  if (TimeToLiveSpecification === undefined) return;
  const { TableName } = input;
  await aws.call({
    service: 'dynamodb',
    operation: 'UpdateTimeToLive',
    input: { TableName, TimeToLiveSpecification },
  });
}
