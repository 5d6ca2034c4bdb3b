import { WebAPIRateLimitedError } from '@slack/web-api';
import { describe, expect, it } from 'vitest';
import { LICENSES } from './scenes.ts';
import { messagesIn, workbench } from './workbench.ts';

describe('rate limits', () => {
  it('let a burst through, then answer 429 with Retry-After, and recover with time', async () => {
    const { web, clock } = workbench();
    const post = () => web.chat.postMessage({ channel: LICENSES, text: 'x' });
    for (let count = 0; count < 60; count += 1) await post();

    const limited = await post().catch((error: unknown) => error);
    await web.chat.postMessage({ channel: 'C0DIGEST01', text: 'another channel' });
    clock.advance(2000);
    await post();

    expect(limited).toBeInstanceOf(WebAPIRateLimitedError);
    expect(limited).toMatchObject({ retryAfter: 1 });
  });
});

describe('faults', () => {
  const fault = (effect: string, more: object = {}) => [
    { service: 'slack', operation: 'chat.postMessage', effect, ...more },
  ];
  const post = (bench: ReturnType<typeof workbench>) =>
    bench.web.chat.postMessage({ channel: LICENSES, text: 'x' }).then(
      () => 'posted',
      (error: Error) => error.name,
    );

  it.each([
    ['error', {}, 'WebAPIHTTPError', 0, 500],
    ['error', { code: 'is_archived' }, 'WebAPIPlatformError', 0, 200],
    ['throttle', {}, 'WebAPIRateLimitedError', 0, 429],
    ['lose_request', {}, 'WebAPIRequestError', 0, 0],
    ['lose_response', {}, 'WebAPIRequestError', 1, 0],
    ['delay', { ms: 5 }, 'posted', 1, 200],
  ])('%s %j ends as %s', async (effect, more, ending, posted, status) => {
    const bench = workbench();
    await bench.post('faults', fault(effect, more));

    expect(await post(bench)).toBe(ending);

    expect(messagesIn(await bench.state(), 'licenses')).toHaveLength(posted);
    expect(bench.calls.list('slack').at(-1)).toMatchObject({
      operation: 'chat.postMessage',
      status,
    });
  });

  it('hit the nth call only', async () => {
    const bench = workbench();
    await bench.post('faults', fault('error', { nth: 2, code: 'fatal_error' }));

    expect([await post(bench), await post(bench), await post(bench)]).toEqual([
      'posted',
      'WebAPIPlatformError',
      'posted',
    ]);
  });
});
