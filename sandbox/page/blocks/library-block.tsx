import type { ReactNode } from 'react';
import { type Block, Message } from 'slack-blocks-to-jsx';
import type { JsonObject } from '../../slack/json.ts';
import { Link } from './words.tsx';

const DRAWN = new Set(['markdown', 'plan', 'task_card']);

/** The library's types are those of Slack's documentation, which the sandbox has checked the block by. */
function isDrawn(block: JsonObject): block is JsonObject & Block {
  return DRAWN.has(String(block['type']));
}

/**
 * A block as slack-blocks-to-jsx draws it: Markdown and plans. Words and charts are drawn here instead, because the
 * library takes what is escaped in words for mentions and links, reads `:` in names as emoji, and lets the labels of a
 * chart lie on top of each other.
 */
export function Drawn({ block }: { block: JsonObject }) {
  if (!isDrawn(block)) return null;
  return <Message blocks={[block]} logo="-" name="" withoutWrapper hooks={HOOKS} />;
}

const HOOKS = {
  link: ({ href, children }: { href: string; children: ReactNode }) => (
    <Link url={href}>{children}</Link>
  ),
};
