import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import * as fc from 'fast-check';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { isSigned, replayKey } from '#slack/signature.ts';
import { NOW } from './builders.ts';
import { SECRET, signatureOf } from './world.ts';

const SECRETS = { current: SECRET, previous: null };
const TIMESTAMP = String(NOW.getTime() / 1000);
const BODY = Buffer.from('token=x&command=%2Flicense&text=usage');

function signedAt(offsetSeconds: number) {
  const timestamp = String(NOW.getTime() / 1000 + offsetSeconds);
  return { timestamp, signature: signatureOf(BODY, timestamp), body: BODY };
}

describe('isSigned', () => {
  it.each([
    [0, true],
    [-300, true],
    [300, true],
    [-301, false],
    [301, false],
    [30 * 86_400, false],
  ])('with a timestamp %i s off answers %s (T03)', (offset, expected) => {
    expect(isSigned(signedAt(offset), SECRETS, NOW)).toBe(expected);
  });

  it('takes the secret before the current one while a rotation lasts, and not after (T04)', () => {
    const request = signedAt(0);

    expect(isSigned(request, { current: 'new', previous: SECRET }, NOW)).toBe(true);
    expect(isSigned(request, { current: 'new', previous: null }, NOW)).toBe(false);
  });

  it.each(['', '  '])('never takes the empty secret %j, current or previous (N02 T04)', (empty) => {
    const signature = signatureOf(BODY, TIMESTAMP, empty);
    const request = { timestamp: TIMESTAMP, signature, body: BODY };

    expect(isSigned(request, { current: empty, previous: null }, NOW)).toBe(false);
    expect(isSigned(request, { current: SECRET, previous: empty }, NOW)).toBe(false);
  });

  it.each([
    ['empty', ''],
    ['another version', signatureOf(BODY, TIMESTAMP).replace('v0', 'v1')],
    ['upper case', signatureOf(BODY, TIMESTAMP).toUpperCase().replace('V0', 'v0')],
    ['too short', signatureOf(BODY, TIMESTAMP).slice(0, -1)],
    ['too long', `${signatureOf(BODY, TIMESTAMP)}0`],
    ['a space behind it', `${signatureOf(BODY, TIMESTAMP)} `],
    ['two values', `${signatureOf(BODY, TIMESTAMP)},${signatureOf(BODY, TIMESTAMP)}`],
  ])('refuses a signature that is %s', (_what, signature) => {
    expect(isSigned({ timestamp: TIMESTAMP, signature, body: BODY }, SECRETS, NOW)).toBe(false);
  });

  it.each([
    '',
    'NaN',
    '1e9',
    `${TIMESTAMP}.0`,
    `${TIMESTAMP}000`,
    `+${TIMESTAMP}`,
    '１２３４５６７８９０',
  ])('refuses the timestamp %j', (timestamp) => {
    const signature = signatureOf(BODY, timestamp);

    expect(isSigned({ timestamp, signature, body: BODY }, SECRETS, NOW)).toBe(false);
  });

  it.each([true, false])('goes by a comparison in constant time: it says %s (N04)', (same) => {
    const compare = vi.spyOn(crypto, 'timingSafeEqual').mockReturnValue(same);
    syncBuiltinESMExports();
    onTestFinished(() => {
      compare.mockRestore();
      syncBuiltinESMExports();
    });
    const signature = same ? signatureOf('another body', TIMESTAMP) : signedAt(0).signature;

    expect(isSigned({ ...signedAt(0), signature }, SECRETS, NOW)).toBe(same);
    expect(compare).toHaveBeenCalledOnce();
  });

  it('refuses any change of a single byte of body, timestamp or signature (T01)', async () => {
    const golden = signedAt(0);
    const unchanged = fc.property(
      fc.constantFrom('body', 'timestamp', 'signature'),
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
      (part, position, xor) => {
        const bytes = Buffer.from(golden[part]);
        const at = position % bytes.length;
        bytes[at] = (bytes[at] ?? 0) ^ xor;
        const changed = part === 'body' ? bytes : bytes.toString('latin1');

        expect(isSigned({ ...golden, [part]: changed }, SECRETS, NOW)).toBe(false);
      },
    );
    await fc.assert(unchanged);
  });
});

describe('replayKey', () => {
  it('is the SHA-256 of the signature', () => {
    // printf 'v0=00' | sha256sum
    expect(replayKey('v0=00')).toBe(
      'c2e4dd8c4b417b21227eca75184cc5d30b9544000c80e7a04365b501367da1a6',
    );
  });
});
