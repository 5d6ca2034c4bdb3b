import { describe, expect, it } from 'vitest';
import { LICENSES } from './scenes.ts';
import { messagesIn, workbench } from './workbench.ts';

describe('a message', () => {
  it('that mentions the bot reaches it, with what people write escaped', async () => {
    const { post, bot } = workbench();

    await post('message', {
      user: 'requester',
      channel: 'licenses',
      text: '@quartermaster <a> & b?',
    });

    expect(bot.last()).toMatchObject({
      type: 'event_callback',
      event_id: expect.stringMatching(/^Ev/),
      event: {
        type: 'app_mention',
        user: 'U0REQUEST1',
        text: '<@U0BOT0001> &lt;a&gt; &amp; b?',
        channel: LICENSES,
      },
    });
  });

  it('that does not mention it stays among people', async () => {
    const { post, bot } = workbench();

    await post('message', { user: 'requester', channel: 'licenses', text: 'lunch?' });

    expect(bot.received).toEqual([]);
  });

  it('to the bot itself arrives as message.im, in its thread', async () => {
    const { post, bot } = workbench();
    const state = await post('message', { user: 'admin', channel: 'dm', text: 'hello' });
    const thread_ts = state.dms['admin']?.[0]?.ts;

    await post('message', { user: 'admin', channel: 'dm', text: 'more', thread_ts });

    expect(bot.last()?.event).toMatchObject({
      type: 'message',
      channel_type: 'im',
      channel: 'D0ADMIN001',
      thread_ts,
    });
  });

  it('can be given to the app by its shortcut', async () => {
    const { post, bot, respond, state } = workbench();
    const written = await post('message', { user: 'admin', channel: 'licenses', text: 'SQL?' });
    const message_ts = messagesIn(written, 'licenses')[0]?.ts;

    await post('shortcut', { user: 'requester', channel: 'licenses', message_ts });
    await respond(bot.last()?.response_url, { text: 'an answer' });

    expect(bot.last()).toMatchObject({
      type: 'message_action',
      callback_id: 'ask_about_licenses',
      message: { text: 'SQL?', user: 'U0ADMIN001' },
      trigger_id: expect.any(String),
    });
    expect(messagesIn(await state(), 'licenses').at(-1)).toMatchObject({
      text: 'an answer',
      ephemeral_to: 'U0REQUEST1',
    });
  });
});

describe('App Home', () => {
  it('tells the bot when it is opened, with what is published', async () => {
    const { post, bot, web } = workbench();
    bot.answer = async ({ body }) => {
      await web.views.publish({ user_id: body.event.user, view: { type: 'home', blocks: [] } });
      return '';
    };

    const state = await post('home', { user: 'requester' });
    const first = bot.last()?.event;
    await post('home', { user: 'requester' });

    expect(state.home['requester']).toMatchObject({ type: 'home' });
    expect(first).toMatchObject({ type: 'app_home_opened', tab: 'home', channel: 'D0REQUEST1' });
    expect(first.view).toBeUndefined();
    expect(bot.last()?.event.view).toMatchObject({ id: state.home['requester']?.id });
  });
});

describe('an event that fails', () => {
  const write = { user: 'admin', channel: 'dm', text: 'hello' };

  it('is sent again at once, after one minute and after five, then no more', async () => {
    const { post, bot } = workbench();
    bot.answer = async () => ({ status: 500 });
    const retries = () => bot.received.map(({ headers }) => headers['x-slack-retry-num']);

    await post('message', write);
    expect(retries()).toEqual([undefined, '1']);
    await post('clock', { advance: 'PT59S' });
    expect(retries()).toHaveLength(2);
    await post('clock', { advance: 'PT1S' });
    expect(retries()).toHaveLength(3);
    await post('clock', { advance: 'PT1H' });

    expect(retries()).toEqual([undefined, '1', '2', '3']);
    expect(bot.received[3]?.headers['x-slack-retry-reason']).toBe('http_error');
    expect(new Set(bot.received.map(({ body }) => body.event_id)).size).toBe(1);
  });

  it('is not sent again when the answer says so', async () => {
    const { post, bot, slack } = workbench();
    bot.answer = async () => ({ status: 500, noRetry: true });

    await post('message', write);

    expect(bot.received).toHaveLength(1);
    expect(slack.nextDue()).toBeNull();
  });

  it('is not sent again once it succeeds', async () => {
    const { post, bot, slack } = workbench();
    bot.answer = async () => {
      return bot.received.length === 1 ? { status: 500 } : '';
    };

    await post('message', write);

    expect(bot.received).toHaveLength(2);
    expect(slack.nextDue()).toBeNull();
  });
});

describe('what Slack asks of an app’s endpoint', () => {
  it('is signed like everything else', async () => {
    const { slack, bot } = workbench();
    bot.answer = async ({ body }) => body.challenge ?? '';
    const challenge = { type: 'url_verification', challenge: 'abc', token: 'x' };

    expect(await slack.world().bot.event(challenge)).toEqual({ answered: true, body: 'abc' });
    expect(await slack.world().bot.command({ ssl_check: '1' })).toMatchObject({ answered: true });
  });
});
