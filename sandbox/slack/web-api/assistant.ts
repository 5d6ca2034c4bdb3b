import { z } from 'zod';
import { writable } from './chat.ts';
import { json, method } from './method.ts';

const setStatus = method(
  'message',
  z.object({ channel_id: z.string(), thread_ts: z.string(), status: z.string() }),
  ({ channel_id }, world) => {
    writable(world, channel_id);
    return {};
  },
);

const setSuggestedPrompts = method(
  'tier3',
  z.object({
    channel_id: z.string(),
    thread_ts: z.string().optional(),
    title: z.string().optional(),
    prompts: json(
      z
        .array(z.object({ title: z.string().min(1), message: z.string().min(1) }))
        .min(1)
        .max(4),
    ),
  }),
  ({ channel_id }, world) => {
    writable(world, channel_id);
    return {};
  },
);

/** Checked and accepted; the sandbox's page does not show them. */
export const ASSISTANT = {
  'assistant.threads.setStatus': setStatus,
  'assistant.threads.setSuggestedPrompts': setSuggestedPrompts,
};
