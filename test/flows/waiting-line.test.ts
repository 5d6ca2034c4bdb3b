import { afterAll, describe, expect, it } from 'vitest';
import { expectCaughtUp } from './caught-up.ts';
import { APPROVALS, HUB, pendingRequest, requestIn } from './pending-request.ts';
import { recordsAt } from './records.ts';
import { messagesSent, redeliver } from './redelivery.ts';
import { openSandbox } from './sandbox-client.ts';
import { cardsOf, toldAbout, wordsOf } from './sandbox-state.ts';

const flow = await openSandbox({ seed: 'small' });
const { client, sandbox } = flow;
const records = recordsAt(sandbox.awsUrl);
afterAll(() => sandbox.close());

async function ledger() {
  const all = await records.ledgers();
  const found = all.find(({ name }) => name.startsWith('SQL Server Standard'));
  if (found === undefined) throw new Error('No ledger');
  return found;
}

describe('a pool whose share for undecided requests is full', () => {
  it('lets the next request wait, and serves it when the first is denied', async () => {
    const { limit, consumed } = await ledger();
    // Undecided requests may hold half of what is free: one takes 20 of 52, the next must wait.
    expect((limit ?? 0) - consumed).toBe(52);
    const first = await pendingRequest(client, { ...HUB, count: '5' });
    const second = await pendingRequest(client, { ...HUB, count: '2' });

    expect(await ledger()).toMatchObject({ held: 20, waiting: [second.id] });
    expect(wordsOf(second.requester.blocks)).toContain('in line for licenses to become free');
    expect(wordsOf(second.requester.blocks)).toContain('number 1 in line');
    expect(wordsOf(first.requester.blocks)).toContain('set aside until somebody decides');

    const state = await client.deny('approver', first.approvers, 'Too many');

    expect(requestIn(state, second.id).status).toBe('pending');
    expect(await ledger()).toMatchObject({ held: 8, waiting: [] });
    expect(cardsOf(state, second.id).requester.text).toContain('set aside until somebody decides');
    await client.click('requester', 'cancel', second.requester, 'dm');
    expect(await ledger()).toMatchObject({ held: 0, waiting: [] });
    await expectCaughtUp(flow);
  });
});

describe('a hard limit', () => {
  it('answers an approval of what waits with "does not fit", and leaves it pending', async () => {
    const { configurationArn: LicenseConfigurationArn, consumed } = await ledger();
    const lowered = { LicenseCount: consumed + 12, LicenseCountHardLimit: true };
    const change = { LicenseConfigurationArn, ...lowered };
    await client.aws('license-manager', 'UpdateLicenseConfiguration', change);
    await client.advance('PT5M');
    const first = await pendingRequest(client, { ...HUB, count: '1' });
    const second = await pendingRequest(client, { ...HUB, count: '3' });
    expect(await ledger()).toMatchObject({ limit: consumed + 12, held: 4, waiting: [second.id] });

    const state = await client.click('approver', 'approve', second.approvers, APPROVALS);

    expect(toldAbout(second.id, state, 'U0APPROVE1')).toEqual([
      'The licenses do not fit any more. Your approval was not recorded. The request stays pending and takes its place in line when licenses come free.',
    ]);
    expect(requestIn(state, second.id)).toMatchObject({ status: 'pending', decisions: [] });
    const events = (await records.auditTrail(`request/${second.id}`)).map(({ event }) => event);
    expect(events).toEqual(['request.submitted', 'approve.refused']);

    const after = await client.click('requester', 'cancel', first.requester, 'dm');
    expect(requestIn(after, second.id).status).toBe('pending');
    // It fits now; but they were told that it was not recorded, however often the click comes.
    for (const sent of await messagesSent(client)) {
      const isRefused = sent.MessageBody.startsWith('{"kind":"approve"');
      if (isRefused) await redeliver(client, sent, 10);
    }
    const again = await client.state();
    expect(requestIn(again, second.id)).toMatchObject({ status: 'pending', decisions: [] });
    expect(toldAbout(second.id, again, 'U0APPROVE1')).toHaveLength(1);
    const approved = await client.click('approver', 'approve', second.approvers, APPROVALS);
    expect(requestIn(approved, second.id)).toMatchObject({ status: 'launched' });
  });
});

describe('policy itself', () => {
  const RHEL = { ...HUB, pool: 'Red Hat', launch_template: 'rhel' };

  it('approves small launches of Red Hat Enterprise Linux, and no larger ones', async () => {
    const rhel = (await records.ledgers()).find(({ name }) => name.startsWith('Red Hat'));
    const more = { LicenseConfigurationArn: rhel?.configurationArn, LicenseCount: 60 };
    await client.aws('license-manager', 'UpdateLicenseConfiguration', more);
    await client.advance('PT5M');

    const small = await client.request('requester', { ...RHEL, count: '2' });
    const large = await client.request('requester', { ...RHEL, count: '3' });

    expect(small.request).toMatchObject({
      status: 'launched',
      decisions: [{ kind: 'auto-approve', by: 'policy' }],
    });
    expect(small.request?.instance_ids).toHaveLength(2);
    expect(cardsOf(small.state, small.request?.id ?? '').requester.text).toContain(
      'Approved by policy · launched',
    );
    expect(large.request).toMatchObject({ status: 'pending', decisions: [] });
    await client.advance('PT3M');
    await expectCaughtUp(flow);
  });
});
