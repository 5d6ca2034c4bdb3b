import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { HttpEvent } from '#slack/http.ts';
import type { SigningSecrets } from '#slack/signature.ts';
import { NOW } from './builders.ts';
import { commandBody, signatureOf, signedEvent, slackWorld } from './world.ts';

const JSON_TYPE = 'application/json';
const FORM = 'application/x-www-form-urlencoded';
const CHALLENGE = '{"type":"url_verification","challenge":"reflect-me"}';
const MAX_BYTES = 256 * 1024;

beforeEach(() => {
  vi.useFakeTimers({ now: NOW, toFake: ['Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A signed request whose body is `bytes`, sent as `base64`. */
function inBase64(bytes: Buffer, contentType: string, base64 = bytes.toString('base64')) {
  const { headers, ...event } = signedEvent('', contentType);
  const timestamp = String(NOW.getTime() / 1000);
  return {
    ...event,
    headers: { ...headers, 'x-slack-signature': signatureOf(bytes, timestamp) },
    body: base64,
    isBase64Encoded: true,
  };
}

async function statusOf(event: HttpEvent): Promise<number> {
  return (await slackWorld().send(event)).statusCode;
}

describe('the content type', () => {
  it.each([
    JSON_TYPE,
    'Application/JSON',
    `${JSON_TYPE};charset=utf-8`,
    `${JSON_TYPE} ; charset=UTF8`,
    `${JSON_TYPE}; charset="utf-8"`,
    `${JSON_TYPE}; profile=x`,
    `${JSON_TYPE}; x-charset=utf-16`,
  ])('may be %s', async (contentType) => {
    expect(await statusOf(signedEvent(CHALLENGE, contentType))).toBe(200);
  });

  it.each([
    '',
    'text/json',
    FORM.replace('x-', ''),
    `${JSON_TYPE}; charset=`,
    `${JSON_TYPE}; charset=utf-80`,
    `${JSON_TYPE}; charset=utf-7`,
    `${JSON_TYPE}; charset=latin1-utf-8`,
    `${JSON_TYPE}; profile=x; charset=utf-16`,
  ])('is refused with 415 when it is "%s"', async (contentType) => {
    const answer = await slackWorld().send(signedEvent(CHALLENGE, contentType));

    expect(answer).toMatchObject({ statusCode: 415, body: '' });
  });

  it('is refused with 415 when there is none, or two', async () => {
    const event = signedEvent(CHALLENGE, JSON_TYPE);
    const { 'content-type': type = '', ...headers } = event.headers;

    expect(await statusOf({ ...event, headers })).toBe(415);
    expect(await statusOf({ ...event, headers: { ...event.headers, 'Content-Type': type } })).toBe(
      415,
    );
    expect(await statusOf({ ...event, headers: { ...headers, 'Content-Type': type } })).toBe(200);
  });
});

describe('the bytes of a body', () => {
  it('are none where API Gateway names no body', async () => {
    const { body: _, ...bodiless } = signedEvent('', JSON_TYPE);

    expect(await statusOf(bodiless)).toBe(400);
    expect(await statusOf({ ...bodiless, headers: { 'content-type': JSON_TYPE } })).toBe(401);
  });

  it.each([
    ['as it is', (base64: string) => base64, 200],
    ['without its padding', (base64: string) => base64.replace(/=+$/, ''), 401],
    ['in two lines', (base64: string) => `${base64.slice(0, 4)}\n${base64.slice(4)}`, 401],
    ['with more behind its end', (base64: string) => `${base64}@`, 401],
  ])('are known from base64 only when it is written %s', async (_how, write, status) => {
    const bytes = Buffer.from(`${CHALLENGE} `);
    const base64 = bytes.toString('base64');

    expect(base64).toMatch(/=$/);
    expect(await statusOf(inBase64(bytes, JSON_TYPE, write(base64)))).toBe(status);
  });

  it('must be UTF-8', async () => {
    const latin1 = Buffer.from(CHALLENGE.replace('me', 'm\xe9'), 'latin1');
    const utf8 = Buffer.from(CHALLENGE.replace('me', 'm\xe9'), 'utf8');

    expect(await statusOf(inBase64(latin1, JSON_TYPE))).toBe(400);
    expect(await statusOf(inBase64(utf8, JSON_TYPE))).toBe(200);
  });

  it.each(['', '{"type":', 'null', '[]', '{"type":"url_verification"}', '{"ssl_check":"0"}'])(
    'are refused with 400 when they say %j',
    async (body) => {
      const answer = await slackWorld().send(signedEvent(body, JSON_TYPE));

      expect(answer).toMatchObject({ statusCode: 400, body: '' });
    },
  );

  it.each([
    ['256 KiB', 200, MAX_BYTES],
    ['one more', 413, MAX_BYTES + 1],
  ])('may be 256 KiB, in text as in base64: %s get %i', async (_many, status, size) => {
    const letters = 'é'.repeat(MAX_BYTES / 4);
    const bytes = Buffer.from(`ssl_check=1&pad=${letters}`.padEnd(size - letters.length, 'x'));

    expect(bytes).toHaveLength(size);
    expect(await statusOf(signedEvent(bytes.toString(), FORM))).toBe(status);
    expect(await statusOf(inBase64(bytes, FORM))).toBe(status);
  });

  it('are counted before anything is verified', async () => {
    const secrets = vi.fn<() => Promise<SigningSecrets>>();
    const world = slackWorld({ secrets });
    const huge = { ...signedEvent(commandBody('usage')), body: 'x'.repeat(MAX_BYTES + 1) };

    expect(await world.send(huge)).toMatchObject({ statusCode: 413, body: '' });
    expect(secrets).not.toHaveBeenCalled();
  });
});
