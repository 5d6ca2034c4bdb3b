import type { RespondArguments } from '@slack/bolt';
import type { Message } from '#slack/views/message.ts';

/** A message as the answer to a slash command: only its sender sees it. */
export function ephemeral({ text, blocks }: Message): RespondArguments {
  return { response_type: 'ephemeral', text, blocks: [...blocks] };
}
