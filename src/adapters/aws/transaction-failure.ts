import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { Conflict, Unavailable } from '#src/errors.ts';

const LOST: readonly string[] = ['ConditionalCheckFailed', 'TransactionConflict'];
const BUSY: readonly string[] = ['ThrottlingError', 'ProvisionedThroughputExceeded'];

/**
 * What to throw for a transaction that failed: a `Conflict` when somebody else was first, `Unavailable`
 * when DynamoDB has no room now, and everything else as it came.
 */
export function transactionFailure(cause: unknown): unknown {
  if (!(cause instanceof TransactionCanceledException)) return cause;
  const codes = (cause.CancellationReasons ?? []).map(({ Code }) => Code ?? 'None');
  const message = `Transaction cancelled: ${codes.join(', ')}`;
  if (codes.some((code) => LOST.includes(code))) return new Conflict(message, { cause });
  if (codes.some((code) => BUSY.includes(code))) return new Unavailable(message, { cause });
  return cause;
}
