import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fallbacks } from '#slack/fallbacks.ts';
import { lambdaReceiver } from '#slack/receiver.ts';
import { memoryReplayKeys } from '../fakes/memory-replay-keys.ts';
import { NOW } from './builders.ts';
import { APP, commandBody, SECRET, signedEvent, slackWorld, TEAM } from './world.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: NOW, toFake: ['Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a request that fails', () => {
  it('lets a retry pass when the first try failed, and says no detail of it (T18)', async () => {
    const world = slackWorld();
    const event = signedEvent(commandBody('usage'));
    world.queues.failing(new Error('queue is down'));

    const first = await world.send(event);
    world.queues.failing(null);
    const second = await world.send(event);

    expect(first.body).toContain('nothing was sent or changed');
    expect(first.body).toContain('ref-1');
    expect(second.body).toContain('Looking that up');
    expect(world.queues.sent.answers).toHaveLength(1);
  });

  it('asks Slack to send an event again when it cannot be taken on', async () => {
    const world = slackWorld();
    world.queues.failing(new Error('queue is down'));

    const answer = await world.notify({ type: 'app_home_opened', user: 'U0REQUEST1', tab: 'home' });

    expect(answer).toMatchObject({ statusCode: 500, body: '' });
  });

  it('is logged once, with what it was and the reference that its sender sees', async () => {
    const world = slackWorld();
    world.queues.failing(new Error('queue is down'));

    await world.command('usage');

    expect(world.logged.map((line) => JSON.parse(line))).toEqual([
      {
        event: 'slack.failed',
        error: 'Error: queue is down',
        fields: { reference: 'ref-1', kind: 'command' },
      },
    ]);
  });

  it('is answered all the same when its replay key cannot be removed, and that is logged', async () => {
    const world = slackWorld();
    world.queues.failing(new Error('queue is down'));
    vi.spyOn(world.replayKeys, 'remove').mockRejectedValue(new Error('table is down'));

    const answer = await world.command('usage');

    expect(answer.statusCode).toBe(200);
    expect(answer.body).toContain('nothing was sent or changed');
    expect(world.logged.map((line) => JSON.parse(line))).toContainEqual({
      event: 'slack.replay-key-kept',
      error: 'Error: table is down',
      fields: { reference: 'ref-1' },
    });
  });

  it('is answered with 500 and logged when no secret can verify it', async () => {
    const world = slackWorld({ secrets: async () => ({ current: ' ', previous: SECRET }) });

    expect(await world.command('usage')).toMatchObject({ statusCode: 500, body: '' });
    expect(world.logged).toHaveLength(1);
    expect(JSON.parse(world.logged[0] ?? '')).toEqual({
      event: 'slack.failed',
      error: expect.stringContaining('The Slack signing secret is missing or blank'),
      fields: { reference: 'ref-1' },
    });
  });

  it('is logged as what came before the app when there is none', async () => {
    const errors: string[] = [];
    const receiver = lambdaReceiver({
      path: '/slack/events',
      home: { teamId: TEAM, enterpriseId: null, appId: APP },
      secrets: async () => ({ current: SECRET, previous: null }),
      replayKeys: memoryReplayKeys(),
      fallbacks: fallbacks({ respond: async () => undefined, openView: async () => undefined }),
      log: { warn: () => undefined, error: (_event, error) => errors.push(String(error)) },
    });

    const answer = await receiver.handler(signedEvent(commandBody('usage')), {
      awsRequestId: 'ref-1',
    });

    expect(answer.body).toContain('nothing was sent or changed');
    expect(errors).toEqual(['Error: The receiver was started before its app']);
  });
});
