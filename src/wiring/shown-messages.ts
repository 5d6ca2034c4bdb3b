import { randomBytes } from 'node:crypto';
import { dynamodbShownMessages } from '#adapters/aws/dynamodb-shown-messages.ts';
import type { Table } from '#adapters/aws/table.ts';
import type { ShownMessages } from '#ports/shown-messages.ts';
import { now, sha256 } from '#src/wiring/shared.ts';

const SALT_BYTES = 16;

/** What cards showed, under salts of the system's randomness. */
export function shownMessagesOf(table: Table): ShownMessages {
  const newSalt = () => randomBytes(SALT_BYTES).toString('hex');
  return dynamodbShownMessages(table, { now, newSalt, sha256 });
}
