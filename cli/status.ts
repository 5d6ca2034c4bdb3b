import * as z from 'zod';
import { RequestView } from '#api/request-view.ts';
import { apiClient, poll } from './api-client.ts';
import { RequestOperand, UrlOption } from './api-options.ts';
import { command } from './command.ts';
import { requestFrom } from './decide.ts';
import { requestLines, requestText } from './request-text.ts';

/** What `status --json` prints, unless it is stopped. */
export const StatusResult = z.object({ ok: z.literal(true), requests: z.array(RequestView) });

export const status = command({
  name: 'status',
  usage: '[ID] [--wait] [--url URL]',
  summary: 'Lists your open requests, or shows one; with --wait once it is decided',
  operands: ['ID'],
  flags: ['url'],
  switches: ['wait'],
  input: z.object({
    ID: RequestOperand.optional(),
    '--wait': z.boolean().default(false),
    '--url': UrlOption,
  }),
  async run({ ID, '--wait': wait, '--url': url }) {
    const api = apiClient(url);
    if (ID === undefined) return listed(await api.open(), requestLines);
    const isDecided = ({ status: now }: RequestView) => now !== 'pending';
    const view = await poll(() => requestFrom(api, ID), isDecided, wait ? Infinity : 0);
    return listed([view], () => requestText(view));
  },
});

function listed(requests: RequestView[], text: (requests: readonly RequestView[]) => string) {
  return {
    exitCode: 0 as const,
    document: z.encode(StatusResult, { ok: true, requests }),
    text: text(requests),
  };
}
