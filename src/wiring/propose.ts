import { randomUUID } from 'node:crypto';
import { GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { dynamodbDecisionStore } from '#adapters/aws/dynamodb-decision-store.ts';
import { dynamodbOutbox } from '#adapters/aws/dynamodb-lists.ts';
import { dynamodbPolicies } from '#adapters/aws/dynamodb-policies.ts';
import { dynamodbPolicyPublisher } from '#adapters/aws/dynamodb-policy-publisher.ts';
import { sqsQueues } from '#adapters/aws/sqs-queues.ts';
import { now, sha256, TIMEOUTS, tableOf } from '#src/wiring/shared.ts';
import type { ProposePorts } from '#usecases/propose-policy.ts';

/** Where a deployed stack is, for somebody at a terminal. */
export interface StackSettings {
  readonly region: string;
  /** The answers queue is named after it. */
  readonly table: string;
  /** `null`: wherever the SDK finds them. */
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string } | null;
}

/** What a proposal of a policy works with: the table, one queue, and who AWS says is asking. */
export async function wireProposing({
  region,
  table: name,
  credentials,
}: StackSettings): Promise<ProposePorts & { readonly principal: string }> {
  const client = { region, requestHandler: TIMEOUTS, ...(credentials && { credentials }) };
  const table = tableOf({ table: name }, client);
  const sqs = new SQSClient(client);
  const [{ Arn: principal }, { QueueUrl: answers }] = await Promise.all([
    new STSClient(client).send(new GetCallerIdentityCommand({})),
    sqs.send(new GetQueueUrlCommand({ QueueName: `${name}-answers` })),
  ]);
  const others = { decisions: '', launches: '', collections: '', optimizations: '' };
  return {
    principal: principal ?? 'unknown',
    policies: dynamodbPolicies(table, now),
    publisher: dynamodbPolicyPublisher(table, now),
    store: dynamodbDecisionStore(table, now),
    outbox: dynamodbOutbox(table),
    queues: sqsQueues(sqs, { ...others, answers: answers ?? '' }),
    now,
    sha256,
    newId: randomUUID,
  };
}
