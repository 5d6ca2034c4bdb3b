import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { Unavailable } from '#src/errors.ts';
import { log } from '#src/log.ts';

const Line = z.record(z.string(), z.unknown());
let written: string[] = [];

beforeEach(() => {
  written = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    written.push(String(text));
    return true;
  });
});
afterEach(() => vi.restoreAllMocks());

function logged(error: unknown) {
  log.error('job.failed', error, { messageId: 'm1' });
  return Line.parse(JSON.parse(written.at(-1) ?? '{}'));
}

/** As SDKs give their errors a name and a code. */
function foreign(message: string, fields: object): Error {
  return Object.assign(new Error(message), fields);
}

const SECRET = 'xoxb-secret';

describe('an error in the log', () => {
  it('that is ours says what happened, by code and message', () => {
    expect(logged(new Unavailable('Slack does not answer'))).toMatchObject({
      level: 'error',
      event: 'job.failed',
      messageId: 'm1',
      error: 'Unavailable',
      code: 'unavailable',
      message: 'Slack does not answer',
      where: expect.stringMatching(/^at .*log\.test\.ts:\d+:\d+/),
    });
  });

  it('that is not ours is told by name, code and where it was thrown, and never by its message', () => {
    const line = logged(foreign(`Bad token ${SECRET}`, { name: 'AccessDenied', code: 'E42' }));

    expect(line).toMatchObject({
      error: 'AccessDenied',
      code: 'E42',
      where: expect.stringMatching(/^at foreign \(.*log\.test\.ts:\d+:\d+\) < at /),
    });
    expect(line).not.toHaveProperty('message');
    expect(written.join('')).not.toContain(SECRET);
  });

  it.each([
    ['of several lines', foreign(`one\n${SECRET}\n    at ${SECRET} (a.ts:1:2)`, {})],
    ['that was changed later', Object.assign(foreign(`old ${SECRET}`, {}), { message: 'new' })],
    ['in its cause', new Error('outer', { cause: new Error(SECRET) })],
    ['in a name', foreign('x', { name: `not a name: ${SECRET}` })],
    ['in a code', foreign('x', { code: `not a code: ${SECRET}` })],
    ['in a code that is no text', foreign('x', { code: { SECRET } })],
    ['in what is thrown without being an error', SECRET],
    ['of one of ours that caused it', new Unavailable('no', { cause: new Error(SECRET) })],
  ])('never carries a message %s', (_where, error) => {
    logged(error);

    expect(written).toHaveLength(1);
    expect(written.join('')).not.toContain(SECRET);
  });

  it.each([
    ['a number', 7, '7'],
    ['nothing', undefined, null],
  ])('has the code where that is %s', (_what, code, expected) => {
    expect(logged(foreign('x', { code }))['code']).toBe(expected);
  });

  it('is told though it has no stack, no name, or is none', () => {
    expect(logged(foreign('x', { stack: undefined, name: '' }))).toMatchObject({
      error: 'Error',
      where: '',
    });
    expect(logged('text')).toMatchObject({ error: 'string' });
  });

  it('is cut where it is long', () => {
    expect(String(logged(new Unavailable('x'.repeat(999)))['message'])).toHaveLength(300);
    expect(String(logged(new Unavailable('x'))['where']).split(' < ').length).toBeLessThan(6);
  });
});
