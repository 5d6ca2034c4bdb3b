import { dynamodbLicenseRegisters } from '#adapters/aws/dynamodb-license-registers.ts';
import { dynamodbPoolList, dynamodbRequestList } from '#adapters/aws/dynamodb-lists.ts';
import { dynamodbPolicies } from '#adapters/aws/dynamodb-policies.ts';
import { dynamodbSnapshots } from '#adapters/aws/dynamodb-snapshots.ts';
import type { StackSettings } from '#src/wiring/propose.ts';
import { now, TIMEOUTS, tableOf } from '#src/wiring/shared.ts';
import type { EstatePorts } from '#usecases/read-estate.ts';

/** What a position is read from at a terminal: the table of a deployed stack, and nothing else. */
export function wirePosition({ region, table: name, credentials }: StackSettings): EstatePorts {
  const client = { region, requestHandler: TIMEOUTS, ...(credentials && { credentials }) };
  const table = tableOf({ table: name }, client);
  return {
    pools: dynamodbPoolList(table),
    snapshots: dynamodbSnapshots(table),
    policies: dynamodbPolicies(table, now),
    registers: dynamodbLicenseRegisters(table, now),
    requests: dynamodbRequestList(table),
    now,
  };
}
