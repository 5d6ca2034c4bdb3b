import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { NOW } from './builders.ts';
import { APP, ORIGIN, signedEvent, slackWorld, TEAM } from './world.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: NOW, toFake: ['Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** The answer to an event, and what is queued because of it. */
async function notified(fields: object, event: object = {}) {
  const world = slackWorld();
  const body = {
    type: 'event_callback',
    team_id: TEAM,
    api_app_id: APP,
    event_id: 'Ev0000001',
    event: { type: 'app_home_opened', user: 'U0REQUEST1', tab: 'home', ...event },
    ...fields,
  };
  const { statusCode } = await world.send(signedEvent(JSON.stringify(body), 'application/json'));
  return { statusCode, queued: world.queues.count() };
}

describe('an event', () => {
  it.each([
    [{}, {}],
    [{ is_ext_shared_channel: false }, {}],
    [{ is_ext_shared_channel: null, context_team_id: null }, { bot_id: null }],
  ])('of %j and %j is ours', async (fields, event) => {
    expect(await notified(fields, event)).toEqual({ statusCode: 200, queued: 1 });
  });

  it.each([
    ['in a channel shared with others', { is_ext_shared_channel: true }, {}],
    ['of a bot', {}, { bot_id: 'B0OTHER001' }],
    ['in the context of another team', { context_team_id: 'T0OTHER001' }, {}],
    ['in the context of another enterprise', { context_enterprise_id: 'E0OTHER001' }, {}],
  ])('%s is refused with 403', async (_what, fields, event) => {
    expect(await notified(fields, event)).toEqual({ statusCode: 403, queued: 0 });
  });
});

describe('a click', () => {
  it.each([
    [null, 200],
    ['E0OTHER001', 403],
  ])('of a team in the enterprise %j gets %i', async (enterprise, status) => {
    const answer = await slackWorld().interact({
      type: 'block_actions',
      trigger_id: '1.2.click',
      actions: [{ type: 'button', action_id: 'x' }],
      team: { ...ORIGIN.team, enterprise_id: enterprise },
    });

    expect(answer).toMatchObject({ statusCode: status, body: '' });
  });
});
