import { describe, expect, it } from 'vitest';
import { sharedSessions } from '#adapters/aws/shared-sessions.ts';
import { later, MINUTE_MS } from '#domain/instant.ts';
import { ACCOUNT, NOW } from '../../builders.ts';
import { awsError } from '../../fakes/inventory-sources.ts';

const OTHER = '333344445555';
const purpose = { sessionName: 'quartermaster-collect' };

function world() {
  let now = NOW;
  let error: string | null = null;
  const assumed: string[] = [];
  const sessions = sharedSessions(
    async (account) => {
      assumed.push(account);
      if (error !== null) throw awsError(error);
      const secret = { accessKeyId: 'a', secretAccessKey: 'b', sessionToken: 'c' };
      return { ...secret, expiration: later(now, 15 * MINUTE_MS) };
    },
    () => now,
  );
  return {
    assumed,
    open: (account = ACCOUNT) => sessions(account, purpose).catch(({ name }) => name),
    fails: (name: string | null) => {
      error = name;
    },
    advance: (ms: number) => {
      now = later(now, ms);
    },
  };
}

describe('a session', () => {
  it('is one for all that ask for an account', async () => {
    const { open, assumed } = world();
    const sessions = await Promise.all([open(), open(), open()]);

    expect(assumed).toEqual([ACCOUNT]);
    expect(new Set(sessions).size).toBe(1);
  });

  it('is another one for each account', async () => {
    const { open, assumed } = world();
    await open();
    await open(OTHER);
    await open();

    expect(assumed).toEqual([ACCOUNT, OTHER, ACCOUNT]);
  });

  it('is not shared any more when it would have to be renewed soon, or the clock went back', async () => {
    const { open, assumed, advance } = world();
    await open();
    advance(5 * MINUTE_MS - 1);
    await open();
    expect(assumed).toHaveLength(1);
    advance(1);
    await open();
    expect(assumed).toHaveLength(2);
    advance(-60 * MINUTE_MS);
    await open();
    expect(assumed).toHaveLength(3);
  });

  it.each([
    ['AccessDenied', 1],
    ['Throttling', 2],
    ['TimeoutError', 2],
  ])('after %s is asked for %i times by two', async (error, times) => {
    const { open, assumed, fails } = world();
    fails(error);

    expect([await open(), await open()]).toEqual([error, error]);
    expect(assumed).toHaveLength(times);
  });
});
