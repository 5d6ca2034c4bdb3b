import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { transactionFailure } from '#adapters/aws/transaction-failure.ts';
import { Conflict, Unavailable } from '#src/errors.ts';

const cancelled = (...codes: readonly string[]) =>
  new TransactionCanceledException({
    $metadata: {},
    message: 'cancelled',
    CancellationReasons: codes.map((Code) => ({ Code })),
  });

describe('a transaction that failed', () => {
  it.each([
    ['a condition that did not hold', ['None', 'ConditionalCheckFailed'], Conflict],
    ['another that wrote the same item', ['TransactionConflict'], Conflict],
    [
      'a lost race, whatever else was wrong',
      ['ThrottlingError', 'ConditionalCheckFailed'],
      Conflict,
    ],
    ['no room for it', ['None', 'ThrottlingError'], Unavailable],
    ['no throughput for it', ['ProvisionedThroughputExceeded'], Unavailable],
  ])('by %s is told as such', (_why, codes, kind) => {
    const failure = transactionFailure(cancelled(...codes));

    expect(failure).toBeInstanceOf(kind);
    expect(failure).toMatchObject({ message: `Transaction cancelled: ${codes.join(', ')}` });
  });

  it.each([
    ['by a mistake of ours', cancelled('ValidationError', 'None')],
    ['for no reason given', cancelled()],
    ['without an answer', new Error('socket hang up')],
  ])('%s is no lost race, and no outage', (_why, error) => {
    expect(transactionFailure(error)).toBe(error);
  });
});
