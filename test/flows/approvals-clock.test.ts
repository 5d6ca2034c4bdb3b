import { afterAll, describe, expect, it } from 'vitest';
import { APPROVALS, HUB, pendingRequest, requestIn } from './pending-request.ts';
import { openSandbox } from './sandbox-client.ts';
import { cardsOf, type Message, messagesIn, type State, toldTo, wordsOf } from './sandbox-state.ts';

const { client, sandbox } = await openSandbox({ seed: 'small' });
afterAll(() => sandbox.close());

/** So many that policy asks two people; more than are free, so that it stands in line too. */
const MUCH = { ...HUB, instance_type: 'r6i.2xlarge', count: '10' };

/** What was said in the thread of a message. */
function threadOf(state: State, { ts }: Message): readonly Message[] {
  return messagesIn(state).filter(({ thread_ts }) => thread_ts === ts);
}

describe('a request that nobody decides', { timeout: 600_000 }, () => {
  it('reminds those who are waited for, calls in the deputies, and ends the request', async () => {
    const { id, approvers } = await pendingRequest(client, MUCH);
    const reminded = await client.advance('PT3H');
    expect(threadOf(reminded, approvers).map(({ text }) => text)).toEqual([
      expect.stringMatching(
        /<@U0APPROVE1>, <@U0APPROVE2>: this request still waits for your decision/,
      ),
    ]);

    const escalated = await client.advance('PT6H');
    expect(threadOf(escalated, approvers).at(-1)?.text).toMatch(/<@U0ADMIN001>.* escalated to you/);
    expect(wordsOf(cardsOf(escalated, id).approvers.blocks)).toContain('Escalated');
    const deputy = await client.click('admin', 'approve', approvers, APPROVALS);
    expect(toldTo(deputy, 'U0ADMIN001').at(-1)).toContain('1 more approval to go');

    for (const _halfDay of Array(6)) await client.advance('PT12H');
    const ended = await client.state();
    expect(requestIn(ended, id).status).toBe('expired');
    const { requester } = cardsOf(ended, id);
    await client.click('requester', 'again', requester, 'dm');
    const form = (await client.state()).views['requester'];
    expect(JSON.stringify(form?.blocks)).toContain('"initial_value":"Quarter end reporting"');
    const { state: retried } = await client.post('submit', {
      user: 'requester',
      view_id: form?.id,
      values: {},
    });
    const retry = retried.requests.find((one) => one.id !== id);
    expect(retry?.status).toBe('pending');
    const cards = cardsOf(retried, retry?.id ?? '');
    expect(wordsOf(cards.approvers.blocks)).toContain(`Tries ${id} again`);
    await client.click('requester', 'cancel', cards.requester, 'dm');
  });
});
