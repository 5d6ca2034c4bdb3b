import { afterAll, afterEach, describe, expect, it } from 'vitest';
import {
  expectCaughtUp,
  expectLaunchedOnce,
  LONGEST_WAIT_MS,
  lastTold,
  PLAIN_ERROR,
} from './caught-up.ts';
import { APPROVALS, HUB, pendingRequest, requestIn } from './pending-request.ts';
import { openSandbox } from './sandbox-client.ts';
import { cardsOf } from './sandbox-state.ts';

const flow = await openSandbox({ seed: 'small' });
const { client, sandbox } = flow;
afterAll(() => sandbox.close());
afterEach(() => client.faults());

describe.each([
  ['DynamoDB', { service: 'dynamodb', operation: '*' }],
  ['SQS', { service: 'sqs', operation: '*' }],
] as const)('when %s is down', (_name, everything) => {
  it('a question gets a plain error with a reference, and works afterwards', async () => {
    await client.faults({ ...everything, effect: 'error' });
    const began = Date.now();
    const down = await client.command('requester', '/license usage');

    expect(Date.now() - began).toBeLessThan(LONGEST_WAIT_MS);
    expect(lastTold(down, 'U0REQUEST1')).toMatch(PLAIN_ERROR);

    await client.faults();
    const up = await client.command('requester', '/license usage');
    expect(lastTold(up, 'U0REQUEST1')).toMatch(/license pools/);
    await expectCaughtUp(flow);
  });

  it('a click decides nothing, says so, and decides when it is done again', async () => {
    const { id, approvers } = await pendingRequest(client, HUB);
    await client.faults({ ...everything, effect: 'error' });
    const down = await client.click('approver', 'approve', approvers, APPROVALS);
    await client.faults();

    expect(lastTold(down, 'U0APPROVE1', APPROVALS)).toMatch(PLAIN_ERROR);
    expect(requestIn(await client.state(), id)).toMatchObject({ status: 'pending', decisions: [] });

    await client.click('approver', 'approve', approvers, APPROVALS);
    await expectLaunchedOnce(flow, id);
  });

  it('a form stays open with the error in it, and can be sent again', async () => {
    const opened = (await client.command('requester', '/license request')).views['requester'];
    if (opened === undefined) throw new Error('No form');
    const values = await client.fill('requester', opened, HUB);
    const before = (await client.state()).requests.length;
    await client.faults({ ...everything, effect: 'error' });
    const sent = { user: 'requester', view_id: opened.id, values };
    const down = (await client.post('submit', sent)).state;
    await client.faults();

    expect(down.views['requester']?.errors?.['reason']).toMatch(PLAIN_ERROR);
    expect((await client.state()).requests).toHaveLength(before);

    const up = (await client.post('submit', sent)).state;
    expect(up.requests).toHaveLength(before + 1);
    const request = up.requests.at(-1);
    if (request === undefined) throw new Error('No request');
    await client.click('requester', 'cancel', cardsOf(up, request.id).requester, 'dm');
    await expectCaughtUp(flow);
  });
});

describe('when what was decided cannot be written or sent', () => {
  it('a decision that DynamoDB does not take is tried again by the queue', async () => {
    const { id, approvers } = await pendingRequest(client, HUB);
    await client.faults({ service: 'dynamodb', operation: 'TransactWriteItems', effect: 'error' });
    const down = await client.click('approver', 'approve', approvers, APPROVALS);
    await client.faults();

    expect(requestIn(down, id).status).toBe('pending');
    expect(lastTold(down, 'U0APPROVE1', APPROVALS)).toMatch(/reference/i);
    await expectLaunchedOnce(flow, id);
  });

  it('a transaction whose answer is lost counts once', async () => {
    const { id, approvers } = await pendingRequest(client, HUB);
    await client.faults({
      service: 'dynamodb',
      operation: 'TransactWriteItems',
      effect: 'lose_response',
    });
    await client.click('approver', 'approve', approvers, APPROVALS);
    await client.faults();

    await expectLaunchedOnce(flow, id);
  });

  it('messages that SQS does not take after the decision are sent by the sweep', async () => {
    const { id, approvers } = await pendingRequest(client, HUB);
    const nths = [2, 3, 4, 5, 6, 7]; // The click itself is the first.
    await client.faults(
      ...nths.map((nth) => {
        return { service: 'sqs', operation: '*', effect: 'error', nth } as const;
      }),
    );
    const down = await client.click('approver', 'approve', approvers, APPROVALS);
    await client.faults();

    expect(requestIn(down, id)).toMatchObject({ status: 'approved' });
    await expectLaunchedOnce(flow, id);
  });
});
