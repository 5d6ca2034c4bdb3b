import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { parameterSecrets, type ReadSecret } from '#adapters/aws/parameter-secrets.ts';
import { sqsQueues } from '#adapters/aws/sqs-queues.ts';
import type { Table } from '#adapters/aws/table.ts';
import type { Queues } from '#ports/queues.ts';
import type { Within } from '#ports/within.ts';
import type { Settings } from '#src/config.ts';
import { Unavailable } from '#src/errors.ts';

/** One call's limits, so that a slow service cannot use up a function's time. Milliseconds. */
export const TIMEOUTS = { connectionTimeout: 1000, requestTimeout: 3000 };

export const now = (): Date => new Date();

/** Lowercase hexadecimal SHA-256 of UTF-8 text; the domain gets it as an argument. */
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A promise that is given up when it is late; its timer ends with it. */
export const within: Within = async (ms, work) => {
  const late = new AbortController();
  const timer = pause(ms, undefined, { signal: late.signal }).then(() => {
    throw new Unavailable(`Not done within ${ms} ms`);
  });
  try {
    return await Promise.race([work, timer]);
  } finally {
    late.abort();
    timer.catch(() => undefined);
  }
};

export function tableOf(
  { table: name }: Pick<Settings, 'table'>,
  config: DynamoDBClientConfig = { requestHandler: TIMEOUTS },
): Table {
  const client = new DynamoDBClient(config);
  const marshallOptions = { removeUndefinedValues: true };
  return { client: DynamoDBDocumentClient.from(client, { marshallOptions }), name };
}

export function sqsOf(): SQSClient {
  return new SQSClient({ requestHandler: TIMEOUTS });
}

export function queuesOf(settings: Settings): Queues {
  return sqsQueues(sqsOf(), settings.queues);
}

export function secretsOf(settings: Settings, sessionToken: () => string): ReadSecret {
  return parameterSecrets(settings.parameters.port, sessionToken);
}
