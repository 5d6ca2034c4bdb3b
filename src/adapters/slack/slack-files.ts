import * as z from 'zod';
import { refusalCode, type SlackWeb } from '#adapters/slack/slack-web.ts';
import type { UploadedFiles } from '#ports/uploaded-files.ts';
import { DeliveryRefused, Unavailable } from '#src/errors.ts';

/** The fields we use of Slack's file. */
const File = z.object({ name: z.string().default(''), size: z.number(), url_private: z.url() });
type File = z.output<typeof File>;

const GONE: ReadonlySet<string> = new Set([
  'file_deleted',
  'file_not_found',
  'file_not_shared',
  'not_visible',
]);

const TIMEOUT_MS = 10_000;
const SLACK_ORIGIN = 'https://files.slack.com';

/**
 * Files in Slack, downloaded with the bot's token: from Slack's own host only, and without following
 * redirects. A Web API that is not Slack's (`apiUrl`) vouches for files on its own origin.
 */
export function slackFiles(web: SlackWeb, { apiUrl }: { readonly apiUrl: string }): UploadedFiles {
  const api = new URL(apiUrl);
  const isSlack = api.hostname === 'slack.com' || api.hostname.endsWith('.slack.com');
  const origin = isSlack ? SLACK_ORIGIN : api.origin;

  async function download({ url_private: url }: File, mostBytes: number) {
    if (new URL(url).origin !== origin) throw new DeliveryRefused('A file is not on Slack’s host');
    const response = await web((client) =>
      fetch(url, {
        redirect: 'manual',
        signal: AbortSignal.timeout(TIMEOUT_MS),
        headers: { authorization: `Bearer ${client.token}` },
      }),
    );
    if (response.status === 404) return 'gone';
    if (!response.ok) throw new Unavailable(`Slack answers ${response.status} for a file`);
    return bytesOf(response, mostBytes);
  }

  return {
    async read(fileId, mostBytes) {
      const file = await describe(web, fileId);
      if (file === null) return { kind: 'gone' };
      const { name } = file;
      if (file.size > mostBytes) return { kind: 'too-large', name };
      const bytes = await download(file, mostBytes);
      if (bytes === 'gone') return { kind: 'gone' };
      return bytes === null ? { kind: 'too-large', name } : { kind: 'read', name, bytes };
    },
  };
}

/** What Slack knows of a file; `null` when it is gone. */
async function describe(web: SlackWeb, fileId: string): Promise<File | null> {
  try {
    const { file } = await web((client) => client.files.info({ file: fileId }));
    return File.parse(file);
  } catch (error) {
    if (GONE.has(refusalCode(error) ?? '')) return null;
    throw error;
  }
}

/** The body, or `null` when it is larger than Slack said. */
async function bytesOf(response: Response, mostBytes: number): Promise<Uint8Array | null> {
  const body: AsyncIterable<Uint8Array> | null = response.body;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.length;
    if (size > mostBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
