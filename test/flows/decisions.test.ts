import { afterAll, describe, expect, it } from 'vitest';
import { expectCaughtUp } from './caught-up.ts';
import { APPROVALS, HUB, instancesOf, pendingRequest, requestIn } from './pending-request.ts';
import { recordsAt } from './records.ts';
import { openSandbox } from './sandbox-client.ts';
import { cardsOf, toldAbout, toldTo, wordsOf } from './sandbox-state.ts';

const flow = await openSandbox({ seed: 'small' });
const { client, sandbox } = flow;
const records = recordsAt(sandbox.awsUrl);
afterAll(() => sandbox.close());

/** SQL Server Standard in the hub, as the product keeps it. */
async function ledger() {
  const all = await records.ledgers();
  const found = all.find(({ name }) => name.startsWith('SQL Server Standard'));
  if (found === undefined) throw new Error('No ledger');
  return found;
}

describe('a request that ends without a launch', () => {
  it('is denied with a reason, which its requester reads', async () => {
    const { id, approvers } = await pendingRequest(client, HUB);
    const state = await client.deny('approver', approvers, 'Use the shared reporting cluster');

    expect(requestIn(state, id)).toMatchObject({
      status: 'denied',
      decisions: [{ kind: 'deny', by: 'U0APPROVE1', reason: 'Use the shared reporting cluster' }],
    });
    for (const { text, blocks } of Object.values(cardsOf(state, id))) {
      expect(text).toContain('⛔ Denied by <@U0APPROVE1>');
      expect(wordsOf(blocks)).toContain('Use the shared reporting cluster');
      expect(JSON.stringify(blocks)).not.toContain('"approve"');
    }
    expect(await ledger()).toMatchObject({ held: 0, holds: [] });
  });

  it('is cancelled by its requester', async () => {
    const { id, requester } = await pendingRequest(client, HUB);
    expect(await ledger()).toMatchObject({ held: 4 });
    const state = await client.click('requester', 'cancel', requester, 'dm');

    expect(requestIn(state, id).status).toBe('cancelled');
    expect(cardsOf(state, id).approvers.text).toContain('🚫 Cancelled by <@U0REQUEST1>');
    expect(await ledger()).toMatchObject({ held: 0 });
  });

  it('expires by the clock, and a late click is told so', async () => {
    const { id, approvers } = await pendingRequest(client, HUB);
    const before = await client.advance('PT71H');
    expect(requestIn(before, id).status).toBe('pending');
    const after = await client.advance('PT2H');

    expect(requestIn(after, id)).toMatchObject({ status: 'expired', decisions: [{ by: 'clock' }] });
    expect(cardsOf(after, id).approvers.text).toContain('⌛ Expired before it was launched');
    expect(await ledger()).toMatchObject({ held: 0, holds: [] });
    const late = await client.click('approver', 'approve', approvers, APPROVALS);
    expect(toldAbout(id, late, 'U0APPROVE1')).toEqual([
      'This request is already expired; decided by the clock. Your approval was not recorded.',
    ]);
    expect(await instancesOf(client, id)).toEqual([]);
    await expectCaughtUp(flow);
  });
});

describe('people who may not', () => {
  it('nobody approves what they asked for, also an approver', async () => {
    const { id, approvers, requester } = await pendingRequest(client, HUB, 'approver');
    const state = await client.click('approver', 'approve', approvers, APPROVALS);

    expect(toldAbout(id, state, 'U0APPROVE1')).toEqual([
      'Nobody may approve what they requested, edited or benefit from. Your approval was not recorded. Please ask another approver.',
    ]);
    expect(requestIn(state, id)).toMatchObject({ status: 'pending', decisions: [] });
    await client.click('approver', 'cancel', requester, 'dm');
  });

  it('nor what is for them', async () => {
    const { id, approvers, requester } = await pendingRequest(client, { ...HUB, for: 'approver2' });
    const state = await client.click('approver2', 'approve', approvers, APPROVALS);

    expect(toldAbout(id, state, 'U0APPROVE2')[0]).toContain('benefit from');
    expect(requestIn(state, id).status).toBe('pending');
    await client.click('requester', 'cancel', requester, 'dm');
  });

  it('the requester and a guest cannot approve; a guest cannot ask either', async () => {
    const { id, approvers, requester } = await pendingRequest(client, HUB);
    await client.click('requester', 'approve', approvers, APPROVALS);
    await client.click('guest', 'approve', approvers, APPROVALS);
    await client.command('guest', '/license usage');
    await expect(client.request('guest', HUB)).rejects.toThrow('No external select');

    const state = await client.state();
    expect(requestIn(state, id)).toMatchObject({ status: 'pending', decisions: [] });
    expect(toldAbout(id, state, 'U0REQUEST1')[0]).toContain('Nobody may approve');
    expect(toldTo(state, 'U0GUEST001', 'licenses').at(-1)).toBe(
      'Guests and people of other organizations have no part in this. Nothing is shown.',
    );
    expect(toldTo(state, 'U0GUEST001')).toEqual([
      'The app failed with the error "dispatch_failed"',
    ]);
    expect(state.requests).toHaveLength(6);
    await client.click('requester', 'cancel', requester, 'dm');
  });

  it('the requester cannot cancel what is launched', async () => {
    const { id, approvers, requester } = await pendingRequest(client, HUB);
    await client.click('approver', 'approve', approvers, APPROVALS);
    const state = await client.click('requester', 'cancel', requester, 'dm');

    expect(requestIn(state, id).status).toBe('launched');
    const told = (state.dms['requester'] ?? []).map(({ text }) => text);
    expect(told.at(-1)).toBe(
      'It is too late to cancel: the request is launched. Nothing was cancelled.',
    );
    await client.advance('PT2M');
    await expectCaughtUp(flow);
  });
});
