import { afterEach, describe, expect, it } from 'vitest';
import { slackFiles } from '#adapters/slack/slack-files.ts';
import { slackWeb } from '#adapters/slack/slack-web.ts';
import { DeliveryRefused, Unavailable } from '#src/errors.ts';
import { type Reply, slackServer } from './slack-server.ts';

type Server = Awaited<ReturnType<typeof slackServer>>;

const FILE_ID = 'F00000001';
const CONTENT = { product: 'SQL Server' };
const SIZE = JSON.stringify(CONTENT).length;

let server: Server | undefined;
afterEach(() => server?.close());

/** Slack that describes one file so, and serves it so. */
async function slack(
  file: (origin: string) => Readonly<Record<string, unknown>>,
  served: Reply = { json: CONTENT },
) {
  const started: Server = await slackServer(({ path }) =>
    path.includes('files.info') ? { json: { ok: true, file: file(started.origin) } } : served,
  );
  server = started;
  return reader(started);
}

function reader({ apiUrl }: Server) {
  const web = slackWeb({ token: async () => 'xoxb-token', apiUrl });
  return slackFiles(web, { apiUrl });
}

const described = (origin: string) => ({
  name: 'entitlements.csv',
  size: SIZE,
  url_private: `${origin}/files/${FILE_ID}`,
});

describe('files in Slack', () => {
  it('are downloaded whole', async () => {
    const files = await slack(described);

    expect(await files.read(FILE_ID, SIZE)).toEqual({
      kind: 'read',
      name: 'entitlements.csv',
      bytes: Buffer.from(JSON.stringify(CONTENT)),
    });
  });

  it('are not downloaded when Slack says that they are too large', async () => {
    const files = await slack((origin) => ({ ...described(origin), size: 50_000_000 }));

    expect(await files.read(FILE_ID, 20_000_000)).toEqual({
      kind: 'too-large',
      name: 'entitlements.csv',
    });
    expect(server?.calls.map(({ path }) => path)).toEqual(['/api/files.info']);
  });

  it('are not read on when they are larger than Slack says', async () => {
    const files = await slack((origin) => ({ ...described(origin), size: 1 }));

    expect((await files.read(FILE_ID, SIZE - 1)).kind).toBe('too-large');
  });

  it.each(['file_not_found', 'file_deleted'])('are gone: %s', async (error) => {
    server = await slackServer(() => ({ json: { ok: false, error } }));

    expect(await reader(server).read(FILE_ID, SIZE)).toEqual({ kind: 'gone' });
  });

  it('are gone when they cannot be downloaded any more', async () => {
    const files = await slack(described, { status: 404 });

    expect(await files.read(FILE_ID, SIZE)).toEqual({ kind: 'gone' });
  });

  it('are not given to a bot without the scope', async () => {
    server = await slackServer(() => ({ json: { ok: false, error: 'missing_scope' } }));

    await expect(reader(server).read(FILE_ID, SIZE)).rejects.toBeInstanceOf(DeliveryRefused);
  });

  it.each([
    ['that is down', { status: 500 }],
    [
      'that sends the token elsewhere',
      { status: 302, headers: { location: 'http://127.0.0.1:9/' } },
    ],
  ])('are tried again on a host %s', async (_what, reply) => {
    const files = await slack(described, reply);

    await expect(files.read(FILE_ID, SIZE)).rejects.toBeInstanceOf(Unavailable);
  });

  it.each(['https://files.slack.com.evil.example/F1', 'http://127.0.0.1:9/F1'])(
    'are not fetched, and the token is not sent, from %s',
    async (url) => {
      const files = await slack((origin) => ({ ...described(origin), url_private: url }));

      await expect(files.read(FILE_ID, SIZE)).rejects.toBeInstanceOf(DeliveryRefused);
    },
  );
});
