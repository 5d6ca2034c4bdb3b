import { afterAll, describe, expect, it } from 'vitest';
import {
  APPROVALS,
  HUB,
  instancesOf,
  launchCalls,
  pendingRequest,
  requestIn,
} from './pending-request.ts';
import { openSandbox } from './sandbox-client.ts';
import { toldAbout } from './sandbox-state.ts';

const { client, sandbox } = await openSandbox({ seed: 'small' });
afterAll(() => sandbox.close());

describe('people who click at the same time (T13)', () => {
  it('two approvers: one decision, one launch, both are told', async () => {
    const { id, approvers } = await pendingRequest(client, HUB);

    await Promise.all([
      client.click('approver', 'approve', approvers, APPROVALS),
      client.click('approver2', 'approve', approvers, APPROVALS),
    ]);

    const state = await client.state();
    expect(requestIn(state, id)).toMatchObject({
      status: 'launched',
      decisions: [{ kind: 'approve' }],
    });
    expect(await instancesOf(client, id)).toEqual(requestIn(state, id).instance_ids);
    expect(await launchCalls(client, id)).toBe(1);
    const winner = requestIn(state, id).decisions[0]?.by ?? '';
    const loser = winner === 'U0APPROVE1' ? 'U0APPROVE2' : 'U0APPROVE1';
    expect(toldAbout(id, state, winner)).toEqual([
      expect.stringMatching(/^You approved this request/),
    ]);
    expect(toldAbout(id, state, loser)).toEqual([
      expect.stringMatching(`decided by <@${winner}>. Your approval was not recorded.`),
    ]);
  });

  it('a double click: one decision, and the second click is answered too', async () => {
    const { id, approvers } = await pendingRequest(client, HUB);

    await Promise.all([
      client.click('approver', 'approve', approvers, APPROVALS),
      client.click('approver', 'approve', approvers, APPROVALS),
    ]);

    const state = await client.state();
    expect(requestIn(state, id)).toMatchObject({
      status: 'launched',
      decisions: [{ by: 'U0APPROVE1' }],
    });
    expect(await instancesOf(client, id)).toHaveLength(1);
    expect(toldAbout(id, state, 'U0APPROVE1').toSorted()).toEqual([
      'You approved this request. Its card shows how the launch goes on.',
      expect.stringMatching(/^You had already done that: the request is /),
    ]);
  });

  it('approve against deny: it is launched or denied, never both', async () => {
    const { id, approvers } = await pendingRequest(client, HUB);

    await Promise.all([
      client.click('approver', 'approve', approvers, APPROVALS),
      client.deny('approver2', approvers, 'Use the shared database'),
    ]);

    const state = await client.state();
    const { status, decisions, instance_ids } = requestIn(state, id);
    expect(await instancesOf(client, id)).toEqual(instance_ids);
    expect(instance_ids).toHaveLength(status === 'launched' ? 1 : 0);
    // Deny wins until the launch begins: it may undo the approval, an approval never undoes it.
    const kinds = decisions.map(({ kind }) => kind).join();
    expect([status, kinds]).toEqual(
      status === 'launched' ? ['launched', 'approve'] : ['denied', expect.stringMatching(/deny$/)],
    );
    expect([
      ...toldAbout(id, state, 'U0APPROVE1'),
      ...toldAbout(id, state, 'U0APPROVE2'),
    ]).toHaveLength(2);
  });

  it('approve against cancel: it is launched or cancelled, and the other is told', async () => {
    const { id, approvers, requester } = await pendingRequest(client, HUB);

    await Promise.all([
      client.click('requester', 'cancel', requester, 'dm'),
      client.click('approver', 'approve', approvers, APPROVALS),
    ]);

    const state = await client.state();
    const { status, instance_ids } = requestIn(state, id);
    expect(await instancesOf(client, id)).toEqual(instance_ids);
    expect([status, instance_ids.length]).toEqual(
      status === 'launched' ? ['launched', 1] : ['cancelled', 0],
    );
    expect(toldAbout(id, state, 'U0APPROVE1')).toHaveLength(1);
  });
});
