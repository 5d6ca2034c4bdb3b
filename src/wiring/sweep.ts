import {
  dynamodbOutbox,
  dynamodbPoolList,
  dynamodbRequestList,
} from '#adapters/aws/dynamodb-lists.ts';
import type { Settings } from '#src/config.ts';
import { now, queuesOf, tableOf } from '#src/wiring/shared.ts';
import type { SweepPorts } from '#usecases/sweep.ts';

/** What functions/sweep works with: it reads what is due and puts it into queues. */
export function wireSweep(settings: Settings): SweepPorts {
  const table = tableOf(settings);
  return {
    requests: dynamodbRequestList(table),
    pools: dynamodbPoolList(table),
    outbox: dynamodbOutbox(table),
    queues: queuesOf(settings),
    now,
  };
}
