import { describe, expect, it } from 'vitest';
import { WHOLE_VIEW } from '#domain/licenses/usage-view.ts';
import { buttonValue, parseButtonValue, targetOf } from '#slack/views/button-value.ts';
import { targetText } from '#slack/views/usage-state.ts';
import { aRequest, PLAN_HASH, poolId } from './builders.ts';
import { slackWorld } from './world.ts';

const VALUE = buttonValue(targetOf(aRequest()));

const shared = (query: string | null) => targetText({ query, view: WHOLE_VIEW, page: 1 }, 'value');

function click(actionId: string, value: string | undefined, fields = {}) {
  return {
    type: 'block_actions',
    trigger_id: '1.2.click',
    response_url: 'https://hooks.slack.com/actions/T/1/x',
    channel: { id: 'C0APPROVAL', name: 'license-approvals' },
    actions: [{ type: 'button', action_id: actionId, block_id: 'b', value }],
    ...fields,
  };
}

describe('a card’s buttons', () => {
  it.each(['approve', 'cancel', 'accept', 'decline'])(
    '%s on the click, in the group of the pool',
    async (kind) => {
      const world = slackWorld();

      const answer = await world.interact(click(kind, VALUE));

      expect(answer).toMatchObject({ statusCode: 200, body: '' });
      expect(world.queues.sent.decisions).toMatchObject([
        {
          group: poolId('1'),
          command: {
            kind,
            requestId: 'req-4f9k2m81ab',
            planHash: PLAN_HASH,
            by: 'U0REQUEST1',
            route: 'slack',
            principal: null,
            replyTo: {
              channelId: 'C0APPROVAL',
              responseUrl: 'https://hooks.slack.com/actions/T/1/x',
            },
          },
        },
      ]);
    },
  );

  it('deny asks for the reason first, and queues it with the denial', async () => {
    const world = slackWorld();

    await world.interact(click('deny', VALUE));
    const form = world.opened[0]?.view;
    expect(world.queues.count()).toBe(0);
    const answer = await world.interact({
      type: 'view_submission',
      view: {
        ...form,
        id: 'V2',
        state: {
          values: { reason: { reason: { type: 'plain_text_input', value: 'Too large.' } } },
        },
      },
    });

    expect(form?.callback_id).toBe('deny_request');
    expect(answer).toMatchObject({ statusCode: 200, body: '' });
    expect(world.queues.sent.decisions).toMatchObject([
      {
        group: poolId('1'),
        command: { kind: 'deny', reason: 'Too large.', replyTo: { channelId: 'C0APPROVAL' } },
      },
    ]);
  });

  it.each([
    ['override', 'Launch now', { reason: 'Production is down.' }],
    ['note', 'Add', { text: 'Production is down.' }],
  ])('%s asks for words first, and queues them', async (kind, submit, said) => {
    const world = slackWorld();

    await world.interact(click(kind, VALUE));
    const form = world.opened[0]?.view;
    await world.interact({
      type: 'view_submission',
      view: {
        ...form,
        id: 'V2',
        state: {
          values: {
            reason: { reason: { type: 'plain_text_input', value: ' Production is down. ' } },
          },
        },
      },
    });

    expect(form?.submit?.text).toBe(submit);
    expect(world.queues.sent.decisions).toMatchObject([
      {
        group: poolId('1'),
        command: { kind, requestId: 'req-4f9k2m81ab', planHash: PLAN_HASH, ...said },
      },
    ]);
  });

  it('override says in its form what it means', async () => {
    const world = slackWorld();

    await world.interact(click('override', VALUE));

    const text = JSON.stringify(world.opened[0]?.view.blocks);
    expect(text).toContain('past its approvers');
    expect(text).toContain('announced to all');
    expect(text).toContain('never goes past a hard limit');
  });

  it.each([
    ['edit', { kind: 'edit', requestId: 'req-4f9k2m81ab' }],
    ['again', { kind: 'again', requestId: 'req-4f9k2m81ab' }],
    ['counter', { kind: 'counter', requestId: 'req-4f9k2m81ab', alternative: null }],
  ])('%s opens an empty form, which is filled from what is stored', async (kind, purpose) => {
    const world = slackWorld();

    await world.interact(click(kind, VALUE));

    const view = world.opened[0]?.view;
    expect(JSON.stringify(view?.blocks)).toContain('One moment');
    expect(world.queues.sent.decisions).toEqual([]);
    expect(world.queues.sent.answers).toMatchObject([
      {
        kind: 'request-form',
        viewKey: view?.external_id,
        purpose,
        replyTo: { personId: 'U0REQUEST1', channelId: 'C0APPROVAL', responseUrl: null },
      },
    ]);
  });

  it('an alternative that is chosen in a counter-offer’s form fills it anew', async () => {
    const world = slackWorld();
    const chosen = (metadata: string, value = '1') => ({
      type: 'block_actions',
      trigger_id: '1.2.click',
      view: {
        id: 'V2',
        callback_id: 'counter_request',
        external_id: 'key',
        private_metadata: metadata,
      },
      actions: [
        {
          type: 'static_select',
          action_id: 'alternative',
          block_id: 'alternative',
          selected_option: { text: { type: 'plain_text', text: 'Fewer cores' }, value },
        },
      ],
    });

    await world.interact(chosen(`C0APPROVAL ${VALUE}`));
    await world.interact(chosen('forged'));
    await world.interact(chosen(`C0APPROVAL ${VALUE}`, '{"account":"1"}'));

    expect(world.queues.sent.answers).toMatchObject([
      {
        viewKey: 'key',
        purpose: { kind: 'counter', requestId: 'req-4f9k2m81ab', alternative: 1 },
      },
    ]);
  });

  it.each([
    [' ', undefined, 'Say why'],
    ['No.', 'forged', 'This form is too old, and nothing was done.'],
  ])(
    'a denial with the reason %j and metadata %j is asked for again (T10)',
    async (value, metadata, message) => {
      const world = slackWorld();

      const answer = await world.interact({
        type: 'view_submission',
        view: {
          id: 'V2',
          callback_id: 'deny_request',
          private_metadata: metadata ?? `C0APPROVAL ${VALUE}`,
          state: { values: { reason: { reason: { type: 'plain_text_input', value } } } },
        },
      });

      expect(JSON.parse(answer.body).errors.reason).toContain(message);
      expect(world.queues.count()).toBe(0);
    },
  );

  it.each([
    ['approve', undefined],
    ['approve', 'req-4f9k2m81ab'],
    ['approve', `${VALUE}|more`],
    ['approve', `req-4f9k2m81ab|${PLAN_HASH}|../../etc`],
    ['cancel', 'x'.repeat(2001)],
    ['deny', 'req-0|a|b'],
    ['accept', 'forged'],
    ['edit', `${VALUE} `],
    ['counter', '{"account":"222233334444"}'],
    ['override', undefined],
    ['note', 'x|y|z'],
    ['removed_in_this_version', VALUE],
  ])('%s with the value %j does nothing, and says so (T10)', async (actionId, value) => {
    const world = slackWorld();

    const answer = await world.interact(click(actionId, value));

    expect(answer.statusCode).toBe(200);
    expect(world.queues.count()).toBe(0);
    expect(world.opened).toEqual([]);
    expect(world.responses.map(({ message }) => message.text)).toEqual([
      expect.stringContaining('from an older message, and nothing was done'),
    ]);
  });

  it('say beside the card that a click could not be taken on', async () => {
    const world = slackWorld();
    world.queues.failing(new Error('queue is down'));

    const answer = await world.interact(click('approve', VALUE));

    expect(answer).toMatchObject({ statusCode: 200, body: '' });
    expect(world.responses[0]?.message.text).toContain('ref-1');
  });
});

describe('the share button', () => {
  it('queues the same question for the channel', async () => {
    const world = slackWorld();

    await world.interact(click('share', shared('SQL Server Standard')));
    await world.interact(click('share', shared(null), { trigger_id: '1.3' }));

    expect(world.queues.sent.answers).toMatchObject([
      {
        kind: 'share',
        query: 'SQL Server Standard',
        channelId: 'C0APPROVAL',
        personId: 'U0REQUEST1',
      },
      { kind: 'share', query: null },
    ]);
  });

  it('shares nothing where there is no channel', async () => {
    const world = slackWorld();

    await world.interact(
      click('share', shared('SQL'), { channel: { id: 'D0123', name: 'directmessage' } }),
    );

    expect(world.queues.count()).toBe(0);
    expect(world.responses).toHaveLength(1);
  });
});

describe('App Home', () => {
  it('is drawn when it is opened and when Refresh is pressed, and not for its messages', async () => {
    const world = slackWorld();
    const home = { response_url: undefined, channel: undefined, view: undefined };

    await world.notify({ type: 'app_home_opened', user: 'U0ADMIN001', tab: 'home' });
    await world.notify({ type: 'app_home_opened', user: 'U0ADMIN001', tab: 'messages' });
    await world.interact(click('refresh_home', undefined, home));

    expect(world.queues.sent.answers).toEqual([
      { kind: 'home', personId: 'U0ADMIN001' },
      { kind: 'home', personId: 'U0REQUEST1' },
    ]);
  });

  it('opens the form, whose answers go to direct messages', async () => {
    const world = slackWorld();

    await world.interact(click('open_request', undefined, { channel: undefined }));

    expect(world.opened).toMatchObject([{ view: { private_metadata: '' } }]);
  });

  it('shows a failure as a form, because there is no message to answer beside', async () => {
    const world = slackWorld();
    world.queues.failing(new Error('queue is down'));

    const home = { response_url: undefined, channel: undefined };
    const answer = await world.interact(click('approve', VALUE, home));

    expect(answer.statusCode).toBe(200);
    expect(JSON.stringify(world.opened)).toContain('ref-1');
  });
});

describe('parseButtonValue', () => {
  it('reads what a card wrote', () => {
    expect(parseButtonValue(VALUE)).toEqual(targetOf(aRequest()));
  });

  it('names the lowest pool that the request draws on as its group', () => {
    const request = aRequest();
    const [draw] = request.evaluation.draws;
    const draws = draw === undefined ? [] : [{ ...draw, poolId: poolId('0') }, draw];

    expect(targetOf({ ...request, evaluation: { ...request.evaluation, draws } }).group).toBe(
      poolId('0'),
    );
  });
});
