import { z } from 'zod';
import { withIds } from './block-kit/element-tree.ts';
import { LIMITS } from './block-kit/limits.ts';
import { visibleCharacters } from './block-kit/surface-rules.ts';
import { blockProblems } from './block-kit/validate.ts';
import { type JsonObject, objectsIn } from './json.ts';
import { SlackError } from './slack-error.ts';

/** What a message can be made of, in every way of sending one. */
export const MessageContent = z.object({
  text: z.string().optional(),
  markdown_text: z.string().optional(),
  blocks: z.unknown().optional(),
  attachments: z.unknown().optional(),
});
export type MessageContent = z.output<typeof MessageContent>;

/** What Slack shows in notifications for blocks without a text. */
const NO_FALLBACK = "This content can't be displayed.";

/** Characters of `text`; beyond them a message is refused (chat.update: 4,000). */
const TEXT_LIMIT = 40_000;

/**
 * The message as Slack keeps it.
 * @throws SlackError no_text, msg_too_long, invalid_blocks, msg_blocks_too_long, markdown_text_conflict, invalid_attachments
 */
export function messageOf(
  { text, markdown_text, blocks, attachments }: MessageContent,
  textLimit: number = TEXT_LIMIT,
): { text: string; blocks: JsonObject[] } {
  if (attachments !== undefined && !isEmptyArray(attachments)) {
    throw new SlackError('invalid_attachments', [
      { message: 'attachments are not simulated: use blocks', pointer: '/attachments' },
    ]);
  }
  if (markdown_text !== undefined) return markdownMessage(markdown_text, text ?? blocks);
  const given = checkedBlocks(blocks);
  if (text === undefined || text.trim() === '') {
    if (given.length === 0) throw new SlackError('no_text');
    return { text: NO_FALLBACK, blocks: given };
  }
  if ([...text].length > textLimit) throw new SlackError('msg_too_long');
  return { text, blocks: given };
}

function markdownMessage(markdown: string, other: unknown) {
  if (other !== undefined) throw new SlackError('markdown_text_conflict');
  if ([...markdown].length > LIMITS.markdown) throw new SlackError('msg_too_long');
  return { text: markdown, blocks: checkedBlocks([{ type: 'markdown', text: markdown }]) };
}

function checkedBlocks(blocks: unknown): JsonObject[] {
  if (blocks === undefined || isEmptyArray(blocks)) return [];
  if (!Array.isArray(blocks)) throw new SlackError('invalid_blocks_format');
  const problems = blockProblems(blocks, 'message');
  if (problems.length > 0) throw new SlackError('invalid_blocks', problems);
  if (visibleCharacters(blocks) > LIMITS.messageCharacters) {
    throw new SlackError('msg_blocks_too_long');
  }
  return withIds(objectsIn(blocks), () => crypto.randomUUID().slice(0, 5));
}

function isEmptyArray(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}
