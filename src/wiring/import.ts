import { dynamodbLicenseRegisters } from '#adapters/aws/dynamodb-license-registers.ts';
import { readSheet } from '#adapters/csv/read-sheet.ts';
import { type StackSettings, wireProposing } from '#src/wiring/propose.ts';
import { now, TIMEOUTS, tableOf } from '#src/wiring/shared.ts';

/** What an import at a terminal works with: the stack's table, and who AWS says is asking. */
export async function wireImporting(settings: StackSettings) {
  const { region, table: name, credentials } = settings;
  const client = { region, requestHandler: TIMEOUTS, ...(credentials && { credentials }) };
  return {
    ...(await wireProposing(settings)),
    registers: dynamodbLicenseRegisters(tableOf({ table: name }, client), now),
    readSheet,
    firstAdministrators: [],
  };
}
