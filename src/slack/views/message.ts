import type { Block, ContextBlock, HeaderBlock, KnownBlock, PlainTextElement } from '@slack/types';
import { LIMITS } from '#slack/views/limits.ts';
import { clean, clip, type Markup } from '#slack/views/text.ts';

/**
 * A native chart. Slack takes it in messages only, at most two in each.
 *
 * @see https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block
 */
export interface ChartBlock extends Block {
  readonly type: 'data_visualization';
  readonly title: string;
  readonly chart: {
    readonly type: 'bar' | 'line';
    readonly series: readonly {
      readonly name: string;
      readonly data: readonly { readonly label: string; readonly value: number }[];
    }[];
    readonly axis_config: {
      readonly categories: readonly string[];
      readonly x_label?: string;
      readonly y_label?: string;
    };
  };
}

export type MessageBlock = KnownBlock | ChartBlock;

/** A message: blocks, and the sentences that stand for them where blocks are not shown. */
export interface Message {
  readonly text: string;
  readonly blocks: readonly MessageBlock[];
}

/** A message. `text` says in full sentences what the blocks show. */
export function message(text: Markup, blocks: readonly MessageBlock[]): Message {
  return { text: clip(text.markup, LIMITS.fallbackText), blocks };
}

/** Text that Slack shows as it is: no markup, no emoji. */
export function plainText(text: string, limit: number): PlainTextElement {
  return { type: 'plain_text', text: clip(clean(text).trim(), limit) || ' ', emoji: false };
}

/** A heading. */
export function header(text: string): HeaderBlock {
  return { type: 'header', text: plainText(text, LIMITS.header) };
}

/** A line in small print. */
export function context(...texts: readonly Markup[]): ContextBlock {
  return {
    type: 'context',
    elements: texts
      .slice(0, LIMITS.contextElements)
      .map(({ markup }) => ({ type: 'mrkdwn', text: markup, verbatim: true })),
  };
}

/** The same message without its charts, for Slack teams that do not have them yet. */
export function withoutCharts({ text, blocks }: Message): Message {
  return { text, blocks: blocks.filter(({ type }) => type !== 'data_visualization') };
}

/** True when a message has a chart to leave out. */
export function hasChart({ blocks }: Message): boolean {
  return blocks.some(({ type }) => type === 'data_visualization');
}

/**
 * The message with as many of `total` entries as fit Slack's limit on a whole message; `build`
 * says in the message how many it left out.
 */
export function fitted(total: number, build: (shown: number) => Message): Message {
  let shown = total;
  let candidate = build(shown);
  while (shown > 0 && size(candidate) >= LIMITS.messageCharacters) {
    shown = Math.min(shown - 1, Math.floor(shown * 0.9));
    candidate = build(shown);
  }
  return candidate;
}

/** In code points, as Slack counts. */
function size({ text, blocks }: Message): number {
  return [...text, ...JSON.stringify(blocks)].length;
}
