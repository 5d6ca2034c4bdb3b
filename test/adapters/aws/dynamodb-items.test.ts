import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dynamodbCards } from '#adapters/aws/dynamodb-cards.ts';
import { dynamodbDecisionStore } from '#adapters/aws/dynamodb-decision-store.ts';
import { dynamodbPoolList } from '#adapters/aws/dynamodb-lists.ts';
import { dynamodbPolicies } from '#adapters/aws/dynamodb-policies.ts';
import { dynamodbPolicyPublisher } from '#adapters/aws/dynamodb-policy-publisher.ts';
import { dynamodbReplayKeys } from '#adapters/aws/dynamodb-replay-keys.ts';
import { dynamodbSnapshots } from '#adapters/aws/dynamodb-snapshots.ts';
import type { Table } from '#adapters/aws/table.ts';
import { NOW, poolId } from '../../builders.ts';
import { cardsContract } from '../cards.contract.ts';
import { policiesContract } from '../policies.contract.ts';
import { replayKeysContract } from '../replay-keys.contract.ts';
import { type DeployedHub, deployedHub, HUB, REGION } from './deployed-hub.ts';

let hub: DeployedHub;
beforeEach(async () => {
  hub = await deployedHub();
});
afterEach(() => hub.close());

describe('cards in DynamoDB, under the role of functions/answer', () => {
  cardsContract(async () => dynamodbCards(hub.tableAs('answer')));
});

describe('policies in DynamoDB, read by functions/decide', () => {
  policiesContract(async () => ({
    policies: dynamodbPolicies(hub.tableAs('decide'), hub.now),
    publisher: dynamodbPolicyPublisher(hub.administratorsTable(), hub.now),
    settle: async () => hub.clock.advance(5_000),
  }));
});

describe('replay keys in DynamoDB, under the role of functions/slack', () => {
  replayKeysContract(async () => dynamodbReplayKeys(hub.tableAs('slack')));

  it('are cleared by TTL ten minutes later', async () => {
    await dynamodbReplayKeys(hub.tableAs('slack')).add('a', NOW);

    expect(hub.items()).toEqual([
      expect.objectContaining({ pk: 'REPLAY#a', expiresAtSeconds: NOW.getTime() / 1000 + 600 }),
    ]);
  });

  it('are new also when the answer was lost and the SDK asked again', async () => {
    hub.faults.replace([
      { service: 'dynamodb', operation: 'PutItem', effect: 'lose_response', nth: 1 },
    ]);
    const keys = dynamodbReplayKeys(hub.tableAs('slack', { maxAttempts: 3 }));

    expect(await keys.add('a', NOW)).toBe(true);
    expect(await keys.add('a', NOW)).toBe(false);
  });
});

describe('what DynamoDB does not answer', () => {
  const asks: readonly [string, (table: Table) => Promise<unknown>][] = [
    ['a policy', (table) => dynamodbPolicies(table, hub.now).current()],
    ['a card', (table) => dynamodbCards(table).claim('req-0000000001', 'approvers', 1, NOW)],
    ['a snapshot', (table) => dynamodbSnapshots(table).shard({ account: HUB, region: REGION })],
    ['a request', (table) => dynamodbDecisionStore(table, hub.now).request('req-0000000001')],
    ['ledgers', (table) => dynamodbDecisionStore(table, hub.now).ledgers([poolId('1')])],
    ['pools', (table) => dynamodbPoolList(table).pools()],
  ];
  it.each(asks)('is not taken for none: %s', async (_what, ask) => {
    hub.faults.replace([{ service: 'dynamodb', operation: '*', effect: 'error' }]);

    await expect(ask(hub.tableAs('answer'))).rejects.toThrow();
  });

  it.each(asks)('at first is asked for again: %s', async (_what, ask) => {
    hub.faults.replace([{ service: 'dynamodb', operation: '*', effect: 'throttle', nth: 1 }]);

    await expect(ask(hub.tableAs('answer', { maxAttempts: 3 }))).resolves.toBeDefined();
  });
});
