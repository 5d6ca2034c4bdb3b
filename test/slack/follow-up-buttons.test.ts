import { describe, expect, it } from 'vitest';
import { configurationArn } from '../builders.ts';
import { slackWorld } from './world.ts';

const ID = 'fol-0123456789abcdef';
const RESPONSE_URL = 'https://hooks.slack.com/actions/T/1/x';

function click(action: object, responseUrl?: string) {
  return {
    type: 'block_actions',
    trigger_id: '1.2.click',
    response_url: responseUrl,
    channel: { id: 'C0APPROVAL', name: 'license-approvals' },
    actions: [{ type: 'button', block_id: 'b', ...action }],
  };
}

const choose = (value: string | undefined) => ({
  type: 'static_select',
  action_id: 'associate_use',
  selected_option: { text: { type: 'plain_text', text: 'SQL' }, value },
});

describe('the buttons of a follow-up', () => {
  it.each([
    ['approve_use', { do: 'approve' }],
    ['stop_use', { do: 'stop' }],
    ['end_time_box', { do: 'stop' }],
    ['accept_override', { do: 'accept' }],
  ])('%s decides on the click, in a group of its own', async (action_id, action) => {
    const world = slackWorld();

    const answer = await world.interact(click({ action_id, value: ID }, RESPONSE_URL));

    expect(answer).toMatchObject({ statusCode: 200, body: '' });
    expect(world.queues.sent.decisions).toMatchObject([
      {
        group: `follow-up/${ID}`,
        command: {
          kind: 'follow-up',
          followUpId: ID,
          action,
          by: 'U0REQUEST1',
          replyTo: { channelId: 'C0APPROVAL', responseUrl: RESPONSE_URL },
        },
      },
    ]);
  });

  it('associates with what was chosen', async () => {
    const world = slackWorld();

    await world.interact(click(choose(`${ID}|${configurationArn('1')}`)));

    expect(world.queues.sent.decisions).toMatchObject([
      { command: { action: { do: 'associate', configurationArn: configurationArn('1') } } },
    ]);
  });

  it.each([
    ['ignore_use', 'ignore_use'],
    ['object_override', 'object_override'],
    ['extend_time_box', 'extend_time_box'],
  ])('%s asks for a reason first', async (action_id, callback_id) => {
    const world = slackWorld();

    await world.interact(click({ action_id, value: ID }));

    expect(world.queues.count()).toBe(0);
    expect(world.opened).toMatchObject([
      { view: { callback_id, private_metadata: `C0APPROVAL ${ID}` } },
    ]);
  });

  it.each([
    ['approve_use', undefined],
    ['approve_use', 'req-4f9k2m81ab'],
    ['stop_use', `${ID} `],
    ['ignore_use', 'fol-../../../..'],
  ])('%s with the value %j does nothing, and says so', async (action_id, value) => {
    const world = slackWorld();

    await world.interact(click({ action_id, value }, RESPONSE_URL));
    await world.interact(click({ action_id, value }));

    expect(world.queues.count()).toBe(0);
    expect(world.responses.map(({ message }) => message.text)).toEqual([
      expect.stringContaining('from an older message, and nothing was done'),
    ]);
  });

  it.each([undefined, ID, `${ID}|arn:aws:iam::1:role/x`, `${ID}|arn:aws:license-manager:`])(
    'of a menu with the value %j do nothing, and say so',
    async (value) => {
      const world = slackWorld();

      await world.interact(click(choose(value), RESPONSE_URL));

      expect(world.queues.count()).toBe(0);
      expect(world.responses).toHaveLength(1);
    },
  );
});
