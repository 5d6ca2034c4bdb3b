import { dynamodbAuditRows } from '#adapters/aws/dynamodb-audit-rows.ts';
import type { AuditRows } from '#ports/audit-rows.ts';
import type { StackSettings } from '#src/wiring/propose.ts';
import { TIMEOUTS, tableOf } from '#src/wiring/shared.ts';

/** The audit of a deployed stack, for an auditor at a terminal. */
export function wireAuditRows({ region, table, credentials }: StackSettings): AuditRows {
  const client = { region, requestHandler: TIMEOUTS, ...(credentials && { credentials }) };
  return dynamodbAuditRows(tableOf({ table }, client));
}
