import { describe, expect, it } from 'vitest';
import { httpApiEvent, httpResponse, refuseBody } from '../../../sandbox/functions/api-gateway.ts';

const request = (contentType: string | null, body: string) => ({
  method: 'POST',
  path: '/slack/events',
  headers: contentType === null ? {} : { 'content-type': contentType },
  body: Buffer.from(body),
});

describe('an HTTP API event', () => {
  it.each([
    ['application/json', false],
    ['application/json; charset=utf-8', false],
    ['text/plain', false],
    ['application/x-www-form-urlencoded', true],
    ['application/octet-stream', true],
    [null, true],
  ])('of %s has its body as base64: %s', (contentType, base64) => {
    const event = httpApiEvent(request(contentType, 'a=é'), '111122223333', 0);

    expect(event.isBase64Encoded).toBe(base64);
    expect(Buffer.from(event.body ?? '', base64 ? 'base64' : 'utf8').toString()).toBe('a=é');
  });

  it('has no body when there is none', () => {
    expect(httpApiEvent(request('text/plain', ''), '1', 0)).not.toHaveProperty('body');
  });

  it('is refused above 10 MB', () => {
    const body = new Uint8Array(10 * 1024 * 1024);

    expect(refuseBody({ ...request(null, ''), body })).toBeNull();
    expect(
      refuseBody({ ...request(null, ''), body: new Uint8Array(body.length + 1) }),
    ).toMatchObject({
      status: 413,
    });
  });
});

describe('an HTTP API response', () => {
  it.each([
    [
      { statusCode: 401, headers: { 'X-A': 1 }, body: '' },
      { status: 401, headers: { 'x-a': '1' }, body: '' },
    ],
    [
      { statusCode: 200, body: 'w6k=', isBase64Encoded: true },
      { status: 200, headers: {}, body: 'é' },
    ],
    [
      { ok: true },
      { status: 200, headers: { 'content-type': 'application/json' }, body: '{"ok":true}' },
    ],
  ])('of %o', (result, expected) => {
    expect(httpResponse(result)).toEqual(expected);
  });
});
