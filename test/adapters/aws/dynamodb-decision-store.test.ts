import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dynamodbDecisionStore } from '#adapters/aws/dynamodb-decision-store.ts';
import { later } from '#domain/instant.ts';
import { Conflict } from '#src/errors.ts';
import type { Fault } from '../../../sandbox/faults.ts';
import { aRequest } from '../../builders.ts';
import { aChange, anEntry, decisionStoreContract } from '../decision-store.contract.ts';
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

describe('a commit whose way is troubled', () => {
  let hub: DeployedHub;
  beforeEach(async () => {
    hub = await deployedHub();
  });
  afterEach(() => hub.close());
  const storeOf = (maxAttempts: number) =>
    dynamodbDecisionStore(hub.tableAs('decide', { maxAttempts }), hub.now);
  const fault = (effect: Fault['effect'], nth?: number) =>
    hub.faults.replace([
      {
        service: 'dynamodb',
        operation: 'TransactWriteItems',
        effect,
        ms: 50,
        ...(nth === undefined ? {} : { nth }),
      },
    ]);

  it.each(['lose_request', 'lose_response', 'throttle', 'error', 'delay'] as const)(
    'is done once when the SDK repeats it: %s',
    async (effect) => {
      fault(effect, 1);

      await storeOf(3).commit(aChange({ request: aRequest(), audit: [anEntry()] }));

      expect(await storeOf(1).request('req-0000000001')).toEqual(aRequest());
    },
  );

  it.each(['lose_request', 'lose_response', 'throttle', 'error'] as const)(
    'says that it may not be done, and is no lost race: %s',
    async (effect) => {
      fault(effect);
      const failure = await storeOf(1)
        .commit(aChange({ request: aRequest() }))
        .catch((error: unknown) => error);

      expect(failure).toBeInstanceOf(Error);
      expect(failure).not.toBeInstanceOf(Conflict);
    },
  );

  it('whose answer was lost is found done by who reads again', async () => {
    fault('lose_response', 1);
    const store = storeOf(1);
    await expect(store.commit(aChange({ request: aRequest() }))).rejects.toThrow();

    expect(await store.request('req-0000000001')).toEqual(aRequest());
    await expect(store.commit(aChange({ request: aRequest() }))).rejects.toBeInstanceOf(Conflict);
  });

  it('is not done when time runs out on the way to it', async () => {
    const dueAt = later(hub.now(), 1000);
    const store = dynamodbDecisionStore(hub.tableAs('decide'), () => later(dueAt, -1));
    const late = dynamodbDecisionStore(hub.tableAs('decide'), () => dueAt);
    await store.commit(aChange({ request: aRequest({ dueAt }) }));
    const change = aChange({ request: aRequest({ dueAt, version: 2 }), notAfter: dueAt });

    await expect(late.commit(change)).rejects.toBeInstanceOf(Conflict);
    await expect(store.commit(change)).resolves.toBeUndefined();
  });

  it('that writes what the role may not is refused whole', async () => {
    const launch = dynamodbDecisionStore(hub.tableAs('launch'), hub.now);
    const register = { hash: 'h', expected: null, importedBy: 'UADMIN', importedAt: hub.now() };
    const change = aChange({ request: aRequest({ version: 1 }), register });

    await expect(launch.commit(change)).rejects.toMatchObject({ name: 'AccessDeniedException' });
    expect(await storeOf(1).request('req-0000000001')).toBeNull();
  });
});
