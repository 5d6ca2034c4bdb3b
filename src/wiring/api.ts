import { dynamodbDecisionStore } from '#adapters/aws/dynamodb-decision-store.ts';
import { dynamodbPoolList, dynamodbRequestList } from '#adapters/aws/dynamodb-lists.ts';
import { dynamodbPolicies } from '#adapters/aws/dynamodb-policies.ts';
import { dynamodbSnapshots } from '#adapters/aws/dynamodb-snapshots.ts';
import type { ApiPorts } from '#api/app.ts';
import type { Settings } from '#src/config.ts';
import { log } from '#src/log.ts';
import { now, queuesOf, tableOf } from '#src/wiring/shared.ts';

/** What functions/api works with: the table for reading, and one queue. */
export function wireApi(settings: Settings): ApiPorts {
  const table = tableOf(settings);
  return {
    policies: dynamodbPolicies(table, now),
    store: dynamodbDecisionStore(table, now),
    requests: dynamodbRequestList(table),
    pools: dynamodbPoolList(table),
    snapshots: dynamodbSnapshots(table),
    queues: queuesOf(settings),
    now,
    report: (reference, error) => log.error('api.failed', error, { reference }),
    turnedAway: (principal, code) => log.warn('api.turned-away', { principal, code }),
  };
}
