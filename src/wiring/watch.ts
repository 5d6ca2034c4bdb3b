import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { EC2Client } from '@aws-sdk/client-ec2';
import { STSClient } from '@aws-sdk/client-sts';
import { type AssumeRole, assumedRoles } from '#adapters/aws/assumed-roles.ts';
import { dynamodbDecisionStore } from '#adapters/aws/dynamodb-decision-store.ts';
import { dynamodbOutbox, dynamodbRequestList } from '#adapters/aws/dynamodb-lists.ts';
import { dynamodbPolicies } from '#adapters/aws/dynamodb-policies.ts';
import { dynamodbSnapshots } from '#adapters/aws/dynamodb-snapshots.ts';
import { dynamodbWatchMarks } from '#adapters/aws/dynamodb-watch-marks.ts';
import { ec2Lookup } from '#adapters/aws/ec2-lookup.ts';
import { scopedClients } from '#adapters/aws/scoped-clients.ts';
import { scopeKey } from '#domain/scope.ts';
import type { Settings } from '#src/config.ts';
import { log } from '#src/log.ts';
import { now, queuesOf, sha256, TIMEOUTS, tableOf } from '#src/wiring/shared.ts';
import type { WatchPorts } from '#usecases/watch-event.ts';

/** Single resources are looked up; their answers are short. Milliseconds. */
const requestHandler = { connectionTimeout: 2000, requestTimeout: 5000 };

/** What functions/watch works with: read roles to look with, and the table. It starts and stops nothing. */
export function wireWatch(settings: Settings): WatchPorts {
  const table = tableOf(settings);
  const { read: name, externalId } = settings.roles;
  const roles = assumedRoles(new STSClient({ requestHandler: TIMEOUTS }), { name, externalId });
  const assume: AssumeRole = (account) => roles(account, { sessionName: 'quartermaster-watch' });
  return {
    lookup: ec2Lookup(
      scopedClients(assume, (session) => new EC2Client({ ...session, requestHandler })),
    ),
    marks: dynamodbWatchMarks(table),
    store: dynamodbDecisionStore(table, now),
    requests: dynamodbRequestList(table),
    snapshots: dynamodbSnapshots(table),
    policies: dynamodbPolicies(table, now),
    outbox: dynamodbOutbox(table),
    queues: queuesOf(settings),
    now,
    sha256,
    newId: randomUUID,
    pause: async (ms) => {
      await pause(ms);
    },
    dropped: (why, scope) => log.warn('watch.dropped', { why, scope: scopeKey(scope) }),
  };
}
