import { randomUUID } from 'node:crypto';
import { EC2Client } from '@aws-sdk/client-ec2';
import { LicenseManagerClient } from '@aws-sdk/client-license-manager';
import { SSMClient } from '@aws-sdk/client-ssm';
import { STSClient } from '@aws-sdk/client-sts';
import { assumedRoles } from '#adapters/aws/assumed-roles.ts';
import { dynamodbDecisionStore } from '#adapters/aws/dynamodb-decision-store.ts';
import { dynamodbOutbox, dynamodbRequestList } from '#adapters/aws/dynamodb-lists.ts';
import { dynamodbPolicies } from '#adapters/aws/dynamodb-policies.ts';
import { dynamodbSnapshots } from '#adapters/aws/dynamodb-snapshots.ts';
import { ec2Source } from '#adapters/aws/ec2-source.ts';
import { licenseManagerSource } from '#adapters/aws/license-manager-source.ts';
import { scopedClients } from '#adapters/aws/scoped-clients.ts';
import { ssmSource } from '#adapters/aws/ssm-source.ts';
import type { Settings } from '#src/config.ts';
import { now, queuesOf, sha256, tableOf } from '#src/wiring/shared.ts';
import type { CollectPorts } from '#usecases/collect-scope.ts';

/** A page of a large account takes longer than a table read. Milliseconds. */
const requestHandler = { connectionTimeout: 2000, requestTimeout: 20_000 };

/** What functions/collect works with: read roles in every account, the snapshot, the ledgers. */
export function wireCollect(settings: Settings): CollectPorts {
  const table = tableOf(settings);
  const { read, externalId } = settings.roles;
  const assume = assumedRoles(new STSClient({ requestHandler }), { name: read, externalId });
  return {
    licenses: licenseManagerSource(
      scopedClients(assume, (scope) => new LicenseManagerClient({ ...scope, requestHandler })),
    ),
    compute: ec2Source(
      scopedClients(assume, (scope) => new EC2Client({ ...scope, requestHandler })),
    ),
    servers: ssmSource(
      scopedClients(assume, (scope) => new SSMClient({ ...scope, requestHandler })),
    ),
    snapshots: dynamodbSnapshots(table),
    store: dynamodbDecisionStore(table, now),
    requests: dynamodbRequestList(table),
    outbox: dynamodbOutbox(table),
    policies: dynamodbPolicies(table, now),
    queues: queuesOf(settings),
    firstScopes: settings.firstScopes,
    now,
    sha256,
    newId: randomUUID,
  };
}
