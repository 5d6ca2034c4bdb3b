import type { Control } from './control.ts';

const SIGNATURE = 'src/slack/signature.ts';
const RECEIVER = 'test/slack/receiver.test.ts';

/** What Slack sends, before anybody acts on it. */
export const FRONT_DOOR: readonly Control[] = [
  {
    id: 'N01',
    what: 'nothing is read before its signature',
    file: 'src/slack/verified-request.ts',
    control: '!isWhole || !(await isGenuine({ timestamp, signature, body }))',
    without: '!isWhole',
    tests: [RECEIVER],
  },
  {
    id: 'N03',
    what: 'nor is what seems to be special',
    file: 'src/slack/verified-request.ts',
    control: '!isWhole || !(await isGenuine({ timestamp, signature, body }))',
    without:
      '!isWhole || !(/ssl_check|challenge/.test(String(body)) || (await isGenuine({ timestamp, signature, body })))',
    tests: [RECEIVER],
  },
  {
    id: 'T01',
    what: 'the signature is compared',
    file: SIGNATURE,
    control: 'isUsable(secret) && timingSafeEqual(given, hmac(secret, timestamp, body))',
    without: 'isUsable(secret)',
    tests: ['test/slack/signature.test.ts', RECEIVER],
  },
  {
    id: 'N04',
    what: 'in constant time',
    file: SIGNATURE,
    control: 'timingSafeEqual(given, hmac(secret, timestamp, body))',
    without: 'given.equals(hmac(secret, timestamp, body))',
    tests: ['test/slack/signature.test.ts'],
  },
  {
    id: 'T03',
    what: 'the window has two sides',
    file: SIGNATURE,
    control: 'Math.abs(Math.floor(now.getTime() / 1000) - Number(timestamp))',
    without: 'Math.floor(now.getTime() / 1000) - Number(timestamp)',
    tests: ['test/slack/signature.test.ts'],
  },
  {
    id: 'N02',
    what: 'a blank secret is none',
    file: SIGNATURE,
    control: "secret !== null && secret.trim() !== ''",
    without: 'secret !== null',
    tests: ['test/slack/signature.test.ts', RECEIVER],
  },
  {
    id: 'T02',
    what: 'the replay key',
    file: 'src/slack/receiver.ts',
    control: 'if (!(await replayKeys.add(key, new Date()))) return empty(200);',
    without: 'await replayKeys.add(key, new Date());',
    tests: [RECEIVER],
  },
  {
    id: 'T05',
    what: 'our workspace and app alone',
    file: 'src/slack/receiver.ts',
    control: 'if (!isOurs(envelope, options.home)) return empty(403);',
    without: '',
    tests: [RECEIVER],
  },
  {
    id: 'T17',
    what: 'the largest body',
    file: 'src/slack/verified-request.ts',
    control: 'bodySize(event) > MAX_BODY_BYTES ? 413 : null',
    without: 'null',
    tests: [RECEIVER],
  },
  {
    id: 'N17',
    what: 'no body is logged',
    file: 'src/slack/receiver.ts',
    control: '{ reference, kind: delivery.kind }',
    without: '{ reference, body: JSON.stringify(delivery.body) }',
    tests: ['test/flows/hostile-text.test.ts'],
  },
  {
    id: 'T04',
    what: 'the previous secret, while a rotation lasts',
    file: SIGNATURE,
    control: '[secrets.current, secrets.previous].some(',
    without: '[secrets.current].some(',
    tests: ['test/slack/signature.test.ts', RECEIVER],
  },
  {
    id: 'T18',
    what: 'a refusal explains nothing',
    file: 'src/slack/verified-request.ts',
    control: 'return { refusal: empty(401) };',
    without: 'return { refusal: { ...empty(401), body: String(signature) } };',
    tests: [RECEIVER],
  },
];
