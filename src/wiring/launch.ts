import { randomUUID } from 'node:crypto';
import { EC2Client } from '@aws-sdk/client-ec2';
import { STSClient } from '@aws-sdk/client-sts';
import { assumedRoles } from '#adapters/aws/assumed-roles.ts';
import { dynamodbDecisionStore } from '#adapters/aws/dynamodb-decision-store.ts';
import { dynamodbOutbox } from '#adapters/aws/dynamodb-lists.ts';
import { ec2Launcher } from '#adapters/aws/ec2-launcher.ts';
import type { Settings } from '#src/config.ts';
import { now, queuesOf, sha256, TIMEOUTS, tableOf } from '#src/wiring/shared.ts';
import type { LaunchPorts } from '#usecases/launch-request.ts';

/** A launch call may take this long before its answer counts as lost. Milliseconds. */
const requestHandler = { connectionTimeout: 2000, requestTimeout: 15_000 };

/** What functions/launch works with: the launch role of the target account, and the table. */
export function wireLaunch(settings: Settings): LaunchPorts {
  const table = tableOf(settings);
  const { launch, externalId } = settings.roles;
  const assume = assumedRoles(new STSClient({ requestHandler: TIMEOUTS }), {
    name: launch,
    externalId,
  });
  return {
    launcher: ec2Launcher(
      assume,
      (session) => new EC2Client({ ...session, requestHandler, maxAttempts: 2 }),
    ),
    store: dynamodbDecisionStore(table, now),
    outbox: dynamodbOutbox(table),
    queues: queuesOf(settings),
    now,
    sha256,
    newId: randomUUID,
  };
}
