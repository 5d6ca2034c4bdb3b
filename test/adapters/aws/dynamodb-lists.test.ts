import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dynamodbDecisionStore } from '#adapters/aws/dynamodb-decision-store.ts';
import {
  dynamodbOutbox,
  dynamodbPoolList,
  dynamodbRequestList,
  dynamodbTermsLedgerList,
} from '#adapters/aws/dynamodb-lists.ts';
import { aRequest } from '../../builders.ts';
import { aChange } from '../decision-store.contract.ts';
import { listsContract } from '../lists.contract.ts';
import { type DeployedHub, deployedHub } from './deployed-hub.ts';

let hub: DeployedHub;
beforeEach(async () => {
  hub = await deployedHub();
});
afterEach(() => hub.close());

describe('lists in DynamoDB', () => {
  // Under a role that reads every list: which function may read which is for the test of roles.
  listsContract(async () => ({
    store: dynamodbDecisionStore(hub.tableAs('decide'), hub.now),
    requests: dynamodbRequestList(hub.administratorsTable()),
    outbox: dynamodbOutbox(hub.administratorsTable()),
    pools: dynamodbPoolList(hub.administratorsTable()),
    terms: dynamodbTermsLedgerList(hub.administratorsTable()),
    settle: hub.settle,
  }));

  it('are read to their end: more than one page of a megabyte', async () => {
    const store = dynamodbDecisionStore(hub.tableAs('decide'), hub.now);
    const reason = 'a'.repeat(200_000);
    for (let serial = 0; serial < 8; serial += 1) {
      await store.commit(aChange({ request: aRequest({ id: `req-000000000${serial}`, reason }) }));
    }
    await hub.settle();
    const requests = dynamodbRequestList(hub.tableAs('answer'));

    expect(await requests.open(['pending'], 200)).toHaveLength(8);
    expect(await requests.open(['pending'], 7)).toHaveLength(7);
    expect(await requests.ofPerson('UREQUESTER', 20)).toHaveLength(8);
  });

  it('are asked for again what one answer of sixteen megabytes has no room for', async () => {
    const store = dynamodbDecisionStore(hub.tableAs('decide'), hub.now);
    const reason = 'a'.repeat(380_000);
    const serials = Array.from(
      { length: 50 },
      (_, serial) => `req-${String(serial).padStart(10, '0')}`,
    );
    for (const id of serials) await store.commit(aChange({ request: aRequest({ id, reason }) }));
    await hub.settle();

    const requests = dynamodbRequestList(hub.tableAs('answer'));
    expect(await requests.ofPerson('UREQUESTER', 50)).toHaveLength(50);
  });
});
