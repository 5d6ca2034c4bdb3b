import { afterAll, describe, expect, it } from 'vitest';
import { APPROVALS, pendingRequest, requestIn } from './pending-request.ts';
import { openSandbox } from './sandbox-client.ts';
import { cardsOf, channelOf, type State, toldTo, wordsOf } from './sandbox-state.ts';

const { client, sandbox } = await openSandbox();
afterAll(() => sandbox.close());

const PLACE = { account: 'data-platform', region: 'eu-west-1', instance_type: 'r6i.2xlarge' };
/** Eight instances of eight vCPUs: so many that policy asks two people. */
const MUCH = { ...PLACE, count: '8' };

type Fields = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Sends off the form that somebody has open, with these fields instead of what it was filled with. */
async function send(user: string, fields: Fields): Promise<State> {
  const view = (await client.state()).views[user];
  if (view === undefined) throw new Error(`${user} has no form open`);
  const values = Object.fromEntries(
    Object.entries(fields).map(([field, value]) => [field, { [field]: value }]),
  );
  return (await client.post('submit', { user, view_id: view.id, values })).state;
}

const words = (value: string) => ({ type: 'plain_text_input', value });
const number = (value: string) => ({ type: 'number_input', value });

/** What a button carries, wherever it stands in a card. */
function carriedBy(node: unknown, actionId: string): string | undefined {
  if (typeof node !== 'object' || node === null) return undefined;
  if (Reflect.get(node, 'action_id') === actionId) return String(Reflect.get(node, 'value'));
  const inside = Object.values(node).map((one) => carriedBy(one, actionId));
  return inside.find((value) => value !== undefined);
}

async function formOf(user: string) {
  const { views } = await client.state();
  return wordsOf(views[user]?.blocks);
}

describe('strangers', { timeout: 120_000 }, () => {
  it('get a plain refusal instead of a form', async () => {
    await client.command('guest', '/license request', 'dm');

    expect(await formOf('guest')).toContain('Guests and people of other organizations');
  });
});
describe('an edit', { timeout: 120_000 }, () => {
  it('is a new generation: what changed is shown, and earlier approvals do not count', async () => {
    const { id, requester, approvers } = await pendingRequest(client, MUCH);
    await client.click('approver', 'approve', approvers, APPROVALS);
    await client.click('requester', 'edit', requester, 'dm');
    expect(await formOf('requester')).toContain(`Request ${id}`);
    const state = await send('requester', { count: number('9') });

    expect(requestIn(state, id)).toMatchObject({ generation: 2, status: 'pending' });
    const card = cardsOf(state, id).approvers;
    expect(wordsOf(card.blocks)).toContain('Asked again, because its requester changed it');
    expect(wordsOf(card.blocks)).toContain('Instances: 8 → 9');
    expect(wordsOf(card.blocks)).toContain('0 of 2 approvals');
    const { state: late } = await client.post('action', {
      user: 'approver2',
      action_id: 'approve',
      value: carriedBy(approvers.blocks, 'approve'),
      channel: APPROVALS,
      message_ts: approvers.ts,
    });
    expect(toldTo(late, 'U0APPROVE2').at(-1)).toContain('The plan changed since this card');
    expect(JSON.stringify(card.blocks)).not.toContain('"edit"');
    await client.click('requester', 'cancel', cardsOf(late, id).requester, 'dm');
  });
});

describe('notes', { timeout: 120_000 }, () => {
  it('are seen by everybody who takes part', async () => {
    const { id, approvers, requester } = await pendingRequest(client, PLACE);
    await client.click('approver', 'note', approvers, APPROVALS);
    await send('approver', { reason: words('Is this for the audit?') });
    await client.click('requester', 'note', requester, 'dm');
    const state = await send('requester', { reason: words('Yes, until Friday') });

    for (const card of Object.values(cardsOf(state, id))) {
      expect(wordsOf(card.blocks)).toMatch(
        /Note by U0APPROVE1 .*audit\? .*Note by U0REQUEST1 .*Friday/,
      );
    }
    await client.click('requester', 'cancel', requester, 'dm');
  });
});

describe('a counter-offer', { timeout: 120_000 }, () => {
  it('is filled from an alternative, accepted by the requester, and launched', async () => {
    const { id, approvers } = await pendingRequest(client, PLACE);
    await client.click('approver', 'counter', approvers, APPROVALS);
    expect(await formOf('approver')).toContain('Fill the form with a launch that would pass');
    const offered = await send('approver', {
      cores: number('2'),
      threads: number('1'),
      reason: words('Two cores are enough for a report'),
    });

    const { requester } = cardsOf(offered, id);
    expect(wordsOf(requester.blocks)).toContain('U0APPROVE1 offers instead:');
    expect(wordsOf(requester.blocks)).toContain('Two cores are enough for a report');
    expect(wordsOf((await client.home('requester'))?.blocks)).toMatch(
      /Waiting for you .*Accept the offer/,
    );
    const accepted = await client.click('requester', 'accept', requester, 'dm');

    expect(requestIn(accepted, id)).toMatchObject({ generation: 2, status: 'launched' });
    expect(wordsOf(cardsOf(accepted, id).approvers.blocks)).toContain(
      'because its requester took a counter-offer',
    );
  });

  it('that is declined leaves the request as it was', async () => {
    const { id, approvers } = await pendingRequest(client, PLACE);
    await client.click('approver', 'counter', approvers, APPROVALS);
    const offered = await send('approver', {
      cores: number('2'),
      threads: number('1'),
      reason: words('Less'),
    });
    const state = await client.click('requester', 'decline', cardsOf(offered, id).requester, 'dm');

    expect(requestIn(state, id)).toMatchObject({ generation: 1, status: 'pending' });
    const { requester } = cardsOf(state, id);
    expect(wordsOf(requester.blocks)).not.toContain('offers instead');
    await client.click('requester', 'cancel', requester, 'dm');
  });

  it('is not for the requester to make', async () => {
    const { approvers, requester } = await pendingRequest(client, PLACE);
    await client.click('requester', 'counter', approvers, APPROVALS);

    expect(await formOf('requester')).toContain('Nobody may approve what they requested');
    await client.click('requester', 'cancel', requester, 'dm');
  });
});

describe('a quorum of two', { timeout: 120_000 }, () => {
  it('shows who approved and who is waited for, and launches with the second', async () => {
    const { id, approvers } = await pendingRequest(client, MUCH);
    expect(wordsOf(approvers.blocks)).toContain(
      'Approvals 0 of 2 approvals · waiting for U0APPROVE1 , U0APPROVE2',
    );

    const first = await client.click('approver', 'approve', approvers, APPROVALS);
    expect(requestIn(first, id).status).toBe('pending');
    expect(toldTo(first, 'U0APPROVE1').at(-1)).toBe(
      'You approved this request. 1 more approval to go.',
    );
    expect(wordsOf(cardsOf(first, id).requester.blocks)).toMatch(
      /1 of 2 approvals , U0APPROVE1 .* waiting for U0APPROVE2/,
    );

    const again = await client.click('approver', 'approve', approvers, APPROVALS);
    expect(requestIn(again, id).status).toBe('pending');

    const second = await client.click('approver2', 'approve', approvers, APPROVALS);
    expect(requestIn(second, id).decisions.map(({ by }) => by)).toEqual([
      'U0APPROVE1',
      'U0APPROVE2',
    ]);
    expect(cardsOf(second, id).approvers.text).toMatch(
      /Approved by <@U0APPROVE1> and <@U0APPROVE2>/,
    );
  });
});

describe('an override', { timeout: 120_000 }, () => {
  it('launches past the approvers with a reason, announced to all', async () => {
    const { id, approvers } = await pendingRequest(client, MUCH);
    await client.click('admin', 'override', approvers, APPROVALS);
    expect(await formOf('admin')).toContain('past its approvers');
    const state = await send('admin', { reason: words('Production is down') });

    expect(requestIn(state, id)).toMatchObject({
      decisions: [{ kind: 'override', by: 'U0ADMIN001', reason: 'Production is down' }],
    });
    expect(cardsOf(state, id).approvers.text).toContain(
      'Launched past its approvers by <@U0ADMIN001>',
    );
    const announced = channelOf(state, 'licenses').filter(({ text }) =>
      text.includes('launched past'),
    );
    expect(announced).toHaveLength(1);
    expect(wordsOf(announced[0]?.blocks)).toContain('Production is down');
  });

  it('is for those alone whom policy names', async () => {
    const { id, approvers } = await pendingRequest(client, PLACE);
    await client.click('approver', 'override', approvers, APPROVALS);
    const state = await send('approver', { reason: words('I want to') });

    expect(requestIn(state, id).status).toBe('pending');
    expect(toldTo(state, 'U0APPROVE1').at(-1)).toContain('Policy does not let you launch past');
  });
});
