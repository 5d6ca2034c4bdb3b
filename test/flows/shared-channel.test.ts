import { afterAll, describe, expect, it } from 'vitest';
import { APPROVALS, HUB, pendingRequest, requestIn } from './pending-request.ts';
import { recordsAt } from './records.ts';
import { openSandbox } from './sandbox-client.ts';
import { toldAbout } from './sandbox-state.ts';

const { client, sandbox } = await openSandbox({ seed: 'small' });
afterAll(() => sandbox.close());

/** What Slack says of a channel is remembered for a minute. */
async function share(shared: boolean): Promise<void> {
  await client.post('share', { channel: APPROVALS, shared });
  await client.advance('PT1M');
}

describe('a channel that people of another company are in (T06)', () => {
  it('decides nothing while they are, and tells and audits that', async () => {
    const { id, approvers } = await pendingRequest(client, HUB);
    await share(true);

    await client.click('approver', 'approve', approvers, APPROVALS);
    const state = await client.deny('approver2', approvers, 'No budget');

    expect(requestIn(state, id)).toMatchObject({ status: 'pending', decisions: [] });
    expect(toldAbout(id, state, 'U0APPROVE1')).toEqual([
      expect.stringContaining('Your approval was not recorded.'),
    ]);
    const trail = await recordsAt(sandbox.awsUrl).auditTrail(`request/${id}`);
    expect(trail.slice(1)).toMatchObject([
      { event: 'approve.refused', by: 'U0APPROVE1', details: { why: 'shared-channel' } },
      { event: 'deny.refused', by: 'U0APPROVE2', details: { why: 'shared-channel' } },
    ]);

    await share(false);
    const after = await client.click('approver', 'approve', approvers, APPROVALS);

    expect(requestIn(after, id).status).toBe('launched');
  });
});
