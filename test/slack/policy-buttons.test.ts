import { describe, expect, it } from 'vitest';
import { slackWorld } from './world.ts';

function click(actionId: string, value: string | undefined, responseUrl?: string) {
  return {
    type: 'block_actions',
    trigger_id: '1.2.click',
    response_url: responseUrl,
    channel: { id: 'C0APPROVAL', name: 'license-approvals' },
    actions: [{ type: 'button', action_id: actionId, block_id: 'b', value }],
  };
}
const RESPONSE_URL = 'https://hooks.slack.com/actions/T/1/x';

describe('the buttons of a policy proposal', () => {
  it.each([
    ['confirm_policy', 'confirm-policy'],
    ['reject_policy', 'reject-policy'],
  ])('%s decides on the click, in one group for all policy', async (actionId, kind) => {
    const world = slackWorld();

    const answer = await world.interact(click(actionId, 'pol-0123456789', RESPONSE_URL));

    expect(answer).toMatchObject({ statusCode: 200, body: '' });
    expect(world.queues.sent.decisions).toMatchObject([
      {
        group: 'policy',
        command: {
          kind,
          proposalId: 'pol-0123456789',
          by: 'U0REQUEST1',
          replyTo: { channelId: 'C0APPROVAL', responseUrl: RESPONSE_URL },
        },
      },
    ]);
  });

  it.each([undefined, 'req-4f9k2m81ab', 'pol-0123456789 ', 'pol-../../../..'])(
    'with the value %j do nothing, and say so',
    async (value) => {
      const world = slackWorld();

      await world.interact(click('confirm_policy', value, RESPONSE_URL));
      await world.interact(click('confirm_policy', value));

      expect(world.queues.count()).toBe(0);
      expect(world.responses.map(({ message }) => message.text)).toEqual([
        expect.stringContaining('from an older message, and nothing was done'),
      ]);
    },
  );
});
