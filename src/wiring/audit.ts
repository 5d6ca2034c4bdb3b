import { randomUUID } from 'node:crypto';
import { dynamodbDecisionStore } from '#adapters/aws/dynamodb-decision-store.ts';
import { dynamodbDigestLog } from '#adapters/aws/dynamodb-digest-log.ts';
import { dynamodbOutbox } from '#adapters/aws/dynamodb-lists.ts';
import type { Settings } from '#src/config.ts';
import { now, queuesOf, sha256, tableOf } from '#src/wiring/shared.ts';
import type { DigestPorts } from '#usecases/digest-chains.ts';

/** What functions/audit works with: what was audited, and the chain of digests. */
export function wireAudit(settings: Settings): DigestPorts {
  const table = tableOf(settings);
  return {
    digests: dynamodbDigestLog(table),
    store: dynamodbDecisionStore(table, now),
    outbox: dynamodbOutbox(table),
    queues: queuesOf(settings),
    now,
    sha256,
    newId: randomUUID,
  };
}
