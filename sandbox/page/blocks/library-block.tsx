import type { ReactNode } from 'react';
import { type Block, Message } from 'slack-blocks-to-jsx';
import type { JsonObject } from '../../slack/json.ts';
import { Link } from './words.tsx';

const DRAWN = new Set(['data_visualization', 'markdown', 'plan', 'task_card']);

/** The library's types are those of Slack's documentation, which the sandbox has checked the block by. */
function isDrawn(block: JsonObject): block is JsonObject & Block {
  return DRAWN.has(String(block['type']));
}

/**
 * A block as slack-blocks-to-jsx draws it: charts with their table, Markdown, plans. Words are drawn here instead,
 * because the library takes what is escaped in them for mentions and links, and `:` in names for emoji.
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
