import { afterEach, beforeEach, describe } from 'vitest';
import { dynamodbDecisionStore } from '#adapters/aws/dynamodb-decision-store.ts';
import { decisionStoreContract } from '../decision-store.contract.ts';
import { type DeployedHub, deployedHub } from './deployed-hub.ts';

describe('decisions in DynamoDB, under the role of functions/decide', () => {
  let hub: DeployedHub;
  beforeEach(async () => {
    hub = await deployedHub();
  });
  afterEach(() => hub.close());
  decisionStoreContract(async () => ({
    store: dynamodbDecisionStore(hub.tableAs('decide'), hub.now),
    now: hub.now,
  }));
});
