import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { withheldLine } from '#slack/views/shared-channel.ts';
import { runCli } from '../cli/run-cli.ts';
import { APPROVALS, HUB, pendingRequest, requestIn } from './pending-request.ts';
import { recordsAt } from './records.ts';
import { openSandbox } from './sandbox-client.ts';
import { channelOf, type State, toldAbout, toldTo, wordsOf } from './sandbox-state.ts';

const { client, sandbox } = await openSandbox({ seed: 'small' });
afterAll(() => sandbox.close());

/** What Slack says of a channel is remembered for a minute. */
async function share(shared: boolean, channel = APPROVALS): Promise<void> {
  await client.post('share', { channel, shared });
  await client.advance('PT1M');
}

const POLICY = fileURLToPath(new URL('../../sandbox/policy.yml', import.meta.url));
const { text: LINE } = withheldLine();

/** What everybody in a channel reads, oldest first. */
function readIn(state: State, channel = APPROVALS): readonly string[] {
  return channelOf(state, channel)
    .filter(({ ephemeral_to }) => ephemeral_to === null)
    .map(({ text, blocks }) => `${text} ${wordsOf(blocks)}`);
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

  it('shows nothing of a request, which is told directly and decided on the Home tab', async () => {
    await share(true);
    const before = readIn(await client.state()).length;
    const { request } = await client.request('requester', HUB);
    const id = request?.id ?? '';
    const state = await client.state();

    expect(request?.status).toBe('pending');
    expect(readIn(state).slice(before)).toEqual([`${LINE} ${LINE}`]);
    for (const person of ['requester', 'approver', 'approver2', 'admin', 'admin2']) {
      const told = state.dms[person]?.filter(({ text }) => text.includes('is shared with another'));
      expect(told?.map(({ blocks }) => wordsOf(blocks))).toEqual([
        expect.stringContaining(`run quartermaster approve ${id}`),
      ]);
    }

    await client.home('approver');
    await client.post('action', { user: 'approver', home: true, action_id: 'approve' });
    const after = await client.state();

    expect(requestIn(after, id).status).toBe('launched');
    expect(readIn(after).slice(before)).toEqual([`${LINE} ${LINE}`]);
  });

  it('shows nothing more of a card that it had, and the card again once it is our own', async () => {
    await share(false);
    const { id, approvers, requester } = await pendingRequest(client, HUB);
    const shown = async () =>
      channelOf(await client.state(), APPROVALS).find(({ ts }) => ts === approvers.ts)?.text;
    await share(true);
    await client.advance('PT8H');
    const reminded = await client.state();

    expect(readIn(reminded).filter((text) => text.includes('waits for your decision'))).toEqual([]);
    expect(reminded.dms['approver']?.at(-1)?.text).toContain(`quartermaster approve ${id}`);
    expect(await shown()).toBe(LINE);

    await share(false);
    await client.click('requester', 'cancel', requester, 'dm');

    expect(await shown()).toContain('Cancelled by');
  });

  it('gets one line for the day’s digest, which the administrators have', async () => {
    await share(true);
    const before = readIn(await client.state()).length;
    const state = await client.advance('P1D');

    expect(readIn(state).slice(before)).toEqual([`${LINE} ${LINE}`]);
    for (const person of ['admin', 'admin2']) {
      expect(state.dms[person]?.at(-1)?.text).toMatch(/^Audit digest of /);
    }
  });

  it('is shared no answer to, and who asked has theirs alone', async () => {
    await share(true, 'licenses');
    const before = readIn(await client.state(), 'licenses');
    await client.command('requester', '/license usage');
    const answer = channelOf(await client.state(), 'licenses').at(-1);
    if (answer === undefined) throw new Error('No answer');
    const state = await client.click('requester', 'share', answer, 'licenses');

    expect(answer.ephemeral_to).toBe('U0REQUEST1');
    expect(toldTo(state, 'U0REQUEST1', 'licenses').at(-1)).toContain('so nothing was shared');
    expect(readIn(state, 'licenses')).toEqual(before);
  });

  it('is found by policy check --slack, wherever the policy names it', async () => {
    await share(true);
    const { exitCode, stdout } = await runCli(['policy', 'check', POLICY, '--slack'], {
      SLACK_API_URL: `${sandbox.url}/api/`,
      SLACK_BOT_TOKEN: 'xoxb-sandbox-token',
    });

    expect(exitCode).toBe(0);
    expect(stdout).toMatch(
      /:\d+:\d+ approvals\[0\]\.channel: Write another channel, or end its sharing: C0APPROVAL/,
    );
  });
});
