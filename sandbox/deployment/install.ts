import { readFile } from 'node:fs/promises';
import type { Iam } from '../aws/iam/iam.ts';
import type { AwsServer } from '../aws/server.ts';
import type { Queues } from '../aws/sqs/queues.ts';
import { type Deployment, readMemberRoles } from './deployment.ts';

const MEMBER_TEMPLATE = new URL('../../deploy/member-account.yml', import.meta.url);

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
