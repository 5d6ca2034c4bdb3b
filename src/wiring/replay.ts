import { dynamodbPoolList } from '#adapters/aws/dynamodb-lists.ts';
import { dynamodbPastRequests } from '#adapters/aws/dynamodb-past-requests.ts';
import { dynamodbPolicies } from '#adapters/aws/dynamodb-policies.ts';
import type { StackSettings } from '#src/wiring/propose.ts';
import { now, TIMEOUTS, tableOf } from '#src/wiring/shared.ts';
import type { ReplayPorts } from '#usecases/replay-policy.ts';

/** What past requests are read from at a terminal: the table of a deployed stack, and nothing else. */
export function wireReplay({ region, table: name, credentials }: StackSettings): ReplayPorts {
  const client = { region, requestHandler: TIMEOUTS, ...(credentials && { credentials }) };
  const table = tableOf({ table: name }, client);
  return {
    policies: dynamodbPolicies(table, now),
    pools: dynamodbPoolList(table),
    past: dynamodbPastRequests(table),
    now,
  };
}
