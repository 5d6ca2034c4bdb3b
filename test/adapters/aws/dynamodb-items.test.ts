import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dynamodbCards } from '#adapters/aws/dynamodb-cards.ts';
import { dynamodbPolicies } from '#adapters/aws/dynamodb-policies.ts';
import { dynamodbPolicyPublisher } from '#adapters/aws/dynamodb-policy-publisher.ts';
import { dynamodbReplayKeys } from '#adapters/aws/dynamodb-replay-keys.ts';
import { NOW } from '../../builders.ts';
import { cardsContract } from '../cards.contract.ts';
import { policiesContract } from '../policies.contract.ts';
import { replayKeysContract } from '../replay-keys.contract.ts';
import { type DeployedHub, deployedHub } from './deployed-hub.ts';

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
