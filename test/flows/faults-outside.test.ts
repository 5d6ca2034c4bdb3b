import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { CollectJob } from '#domain/jobs/collection-job.ts';
import {
  expectCaughtUp,
  expectLaunchedOnce,
  LONGEST_WAIT_MS,
  lastTold,
  PLAIN_ERROR,
} from './caught-up.ts';
import { APPROVALS, HUB, launchCalls, pendingRequest, requestIn } from './pending-request.ts';
import { messagesSent, redeliver } from './redelivery.ts';
import { type Fault, openSandbox } from './sandbox-client.ts';
import { cardsOf, channelOf, toldTo, wordsOf } from './sandbox-state.ts';

const flow = await openSandbox({ seed: 'small' });
const { client, sandbox } = flow;
afterAll(() => sandbox.close());
afterEach(() => client.faults());

/** A pending request that an approver approves while this is broken. */
async function approvedUnder(...faults: readonly Fault[]) {
  const { id, approvers } = await pendingRequest(client, HUB);
  await client.faults(...faults);
  const state = await client.click('approver', 'approve', approvers, APPROVALS);
  await client.faults();
  return { id, state };
}

describe('when EC2 answers late or not at all', () => {
  const RUN = { service: 'ec2', operation: 'RunInstances' } as const;

  it('a slow launch is a launch', async () => {
    const began = Date.now();
    const { id, state } = await approvedUnder({ ...RUN, effect: 'delay', ms: 1500 });

    expect(Date.now() - began).toBeLessThan(LONGEST_WAIT_MS);
    expect(requestIn(state, id).status).toBe('launched');
    await expectLaunchedOnce(flow, id);
  });

  it('an answer that is lost once is asked for again with the same token', async () => {
    const { id, state } = await approvedUnder({ ...RUN, effect: 'lose_response', nth: 1 });

    expect(requestIn(state, id).status).toBe('launched');
    await expectLaunchedOnce(flow, id);
  });

  it('an answer that stays lost is unknown, said so, and reconciled: one launch', async () => {
    const { id, state } = await approvedUnder({ ...RUN, effect: 'lose_response' });

    expect(requestIn(state, id)).toMatchObject({ status: 'unknown', instance_ids: [] });
    expect(cardsOf(state, id).requester.text).toContain('AWS has not said whether it launched');
    await expectLaunchedOnce(flow, id);
  });

  it('a request that never arrived is unknown too, and launched by the repeat', async () => {
    const { id, state } = await approvedUnder({ ...RUN, effect: 'lose_request' });

    expect(requestIn(state, id).status).toBe('unknown');
    await expectLaunchedOnce(flow, id);
    expect(await launchCalls(client, id)).toBe(1);
  });

  it('no capacity is a failure, in AWS’s words, with the licenses free again', async () => {
    const code = 'InsufficientInstanceCapacity';
    const { id, state } = await approvedUnder({ ...RUN, effect: 'error', code });

    expect(requestIn(state, id)).toMatchObject({ status: 'failed', instance_ids: [] });
    expect(cardsOf(state, id).approvers.text).toContain(`launch failed: ${code}`);
    await expectCaughtUp(flow);
  });
});

describe('when License Manager is throttled or down', () => {
  const LISTS = { service: 'license-manager', operation: 'ListLicenseConfigurations' } as const;

  /** Reads the hub account once more, now: its job without the round, which has read it already. */
  async function collectHub() {
    const collect = (await messagesSent(client)).find(
      ({ MessageBody }) =>
        MessageBody.includes('"collect"') && /111122223333.*us-east-1/.test(MessageBody),
    );
    if (collect === undefined) throw new Error('Nothing was collected');
    const { kind, scope } = CollectJob.parse(JSON.parse(collect.MessageBody));
    await redeliver(client, { ...collect, MessageBody: JSON.stringify({ kind, scope }) }, 1);
  }

  async function usage(): Promise<string> {
    const state = await client.command('requester', '/license usage SQL Server Standard');
    return wordsOf(channelOf(state, 'licenses').at(-1)?.blocks);
  }

  it('waits and asks again while it is throttled', async () => {
    await client.faults(...[1, 2].map((nth) => ({ ...LISTS, effect: 'throttle', nth }) as const));
    await collectHub();

    const calls = await client.calls('license-manager');
    const lists = calls.filter(({ operation }) => operation === LISTS.operation);
    expect(lists.slice(-3).map(({ status }) => status)).toEqual([400, 400, 200]);
    expect(await usage()).not.toContain('license configurations: failed');
  });

  it('keeps the old figures while it is down, says which, and catches up', async () => {
    const before = await usage();
    await client.faults({ ...LISTS, effect: 'error' });
    await collectHub();
    const during = await usage();
    await client.faults();
    await collectHub();

    expect(during).toContain('Missing or old');
    expect(during).toContain(
      'license configurations: failed (ServerInternalException). What is shown is from before · shared-services us-east-1',
    );
    const figures = (words: string) => /\d+ of \d+ vCPUs/.exec(words)?.[0] ?? 'none';
    expect(figures(during)).toBe(figures(before));
    expect(await usage()).not.toContain('shared-services, us-east-1: license');
  });
});

describe('when Slack is', () => {
  it.each(['throttle', 'error'] as const)(
    'refusing messages (%s), cards are caught up with later, once',
    async (effect) => {
      await client.faults({ service: 'slack', operation: 'chat.postMessage', effect });
      const { request } = await client.request('requester', HUB);
      if (request === null) throw new Error('Nothing was requested');
      const during = await client.state();
      await client.faults();
      expect(() => cardsOf(during, request.id)).toThrow('0 and 0 cards');
      expect(during.queues.jobs).toBe(1);

      const after = await client.advance('PT3M');

      const card = cardsOf(after, request.id).approvers;
      await client.click('approver', 'approve', card, APPROVALS);
      await expectLaunchedOnce(flow, request.id);
    },
  );

  it('refusing edits, nobody waits for them, and the card shows the newest state in the end', async () => {
    const began = Date.now();
    const { id } = await approvedUnder({
      service: 'slack',
      operation: 'chat.update',
      effect: 'error',
    });

    expect(Date.now() - began).toBeLessThan(8000);
    await expectLaunchedOnce(flow, id);
  });

  it('not opening forms, the person gets a plain error', async () => {
    await client.faults({ service: 'slack', operation: 'views.open', effect: 'error' });
    const state = await client.command('requester', '/license request');

    expect(state.views['requester']).toBeUndefined();
    expect(lastTold(state, 'U0REQUEST1')).toMatch(PLAIN_ERROR);
  });

  it('too slow to open a form, the person gets at least Slack’s own error', async () => {
    await client.faults({
      service: 'slack',
      operation: 'views.open',
      effect: 'delay',
      ms: 4000,
      nth: 1,
    });
    const began = Date.now();
    const state = await client.command('requester', '/license request');

    expect(Date.now() - began).toBeLessThan(LONGEST_WAIT_MS);
    expect(toldTo(state, 'U0REQUEST1', 'licenses').at(-1)).toMatch(
      /operation_timeout|nothing was sent or changed/,
    );
    await client.faults();
    await expectCaughtUp(flow);
  });
});
