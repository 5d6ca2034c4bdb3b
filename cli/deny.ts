import * as z from 'zod';
import { apiClient } from './api-client.ts';
import { KeyOption, RequestOperand, UrlOption } from './api-options.ts';
import { command } from './command.ts';
import { requestFrom, sendDecision } from './decide.ts';

export const deny = command({
  name: 'deny',
  usage: 'ID --reason TEXT [--key KEY] [--url URL]',
  summary: 'Denies a request; its requester sees the reason',
  operands: ['ID'],
  flags: ['reason', 'key', 'url'],
  input: z.object({
    ID: RequestOperand,
    '--reason': z.string('Say why'),
    '--key': KeyOption,
    '--url': UrlOption,
  }),
  async run({ ID, '--reason': reason, '--key': key, '--url': url }) {
    const api = apiClient(url);
    const seen = await requestFrom(api, ID);
    return sendDecision(api, seen, { decision: 'deny', reason }, key);
  },
});

export const cancel = command({
  name: 'cancel',
  usage: 'ID [--key KEY] [--url URL]',
  summary: 'Cancels a request of your own',
  operands: ['ID'],
  flags: ['key', 'url'],
  input: z.object({ ID: RequestOperand, '--key': KeyOption, '--url': UrlOption }),
  async run({ ID, '--key': key, '--url': url }) {
    const api = apiClient(url);
    return sendDecision(api, await requestFrom(api, ID), { decision: 'cancel' }, key);
  },
});
