import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dynamodbDecisionStore } from '#adapters/aws/dynamodb-decision-store.ts';
import { dynamodbPastRequests } from '#adapters/aws/dynamodb-past-requests.ts';
import { HOUR_MS, later } from '#domain/instant.ts';
import type { RequestStatus } from '#domain/requests/launch-request.ts';
import { aRequest } from '../../builders.ts';
import { aChange } from '../decision-store.contract.ts';
import { type DeployedHub, deployedHub } from './deployed-hub.ts';

describe('past requests', () => {
  let hub: DeployedHub;
  beforeEach(async () => {
    hub = await deployedHub();
  });
  afterEach(() => hub.close());

  async function submitted(hours: number, status: RequestStatus) {
    const id = `req-000000000${hours}`;
    const request = aRequest({ id, status, submittedAt: later(hub.now(), hours * HOUR_MS) });
    await dynamodbDecisionStore(hub.tableAs('decide'), hub.now).commit(aChange({ request }));
  }

  it('are those of any state from a moment on, newest first, and no other items', async () => {
    await submitted(1, 'denied');
    await submitted(2, 'pending');
    await submitted(3, 'confirmed');
    const past = dynamodbPastRequests(hub.administratorsTable());

    const from = async (hours: number, limit = 500) =>
      (await past.since(later(hub.now(), hours * HOUR_MS), limit)).map(({ id }) => id);

    expect(await from(0)).toEqual(['req-0000000003', 'req-0000000002', 'req-0000000001']);
    expect(await from(0, 2)).toEqual(['req-0000000003', 'req-0000000002']);
    expect(await from(1.5)).toEqual(['req-0000000003', 'req-0000000002']);
  });
});
