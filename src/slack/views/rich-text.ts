import type { RichTextBlock, RichTextElement, RichTextSection } from '@slack/types';
import { LIMITS } from '#slack/views/limits.ts';
import {
  clean,
  clip,
  DATE_FORMAT,
  isPersonId,
  joined,
  type Markup,
  mention,
  mrkdwn,
  nameText,
  seconds,
  utc,
} from '#slack/views/text.ts';

/** A piece of a line: text is taken literally, whatever it contains. */
export type Inline = string | RichTextElement;
/** One line of text. */
export type Line = readonly Inline[];

/** Text in bold. */
export function bold(text: string): RichTextElement {
  return { type: 'text', text: literal(text), style: { bold: true } };
}

/** Text in a fixed width, for ids and hashes. */
export function code(text: string): RichTextElement {
  return { type: 'text', text: literal(text), style: { code: true } };
}

/** A person by name, as the reader's Slack shows it. A text that is no user id stays text. */
export function person(id: string): RichTextElement {
  return isPersonId(id) ? { type: 'user', user_id: id } : { type: 'text', text: nameText(id) };
}

/** A user group by its handle. A text that is no id of one stays text. */
export function userGroup(id: string): RichTextElement {
  return /^S[A-Z0-9]{2,20}$/.test(id)
    ? { type: 'usergroup', usergroup_id: id }
    : { type: 'text', text: nameText(id) };
}

/** A moment in the reader's time zone. */
export function moment(date: Date): RichTextElement {
  return {
    type: 'date',
    timestamp: seconds(date),
    format: DATE_FORMAT,
    fallback: utc(date),
  };
}

/** Lines of text in one block. */
export function lines(...content: readonly Line[]): RichTextBlock {
  const elements = content.flatMap((line, index) => [
    ...(index === 0 ? [] : [NEW_LINE]),
    ...section(line).elements,
  ]);
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] };
}

/** A titled list; nothing when there is nothing to list. */
export function bullets(title: string, items: readonly Line[]): RichTextBlock[] {
  if (items.length === 0) return [];
  return [
    {
      type: 'rich_text',
      elements: [
        section([bold(title)]),
        { type: 'rich_text_list', style: 'bullet', elements: items.map(section) },
      ],
    },
  ];
}

/** Somebody's own words, under a label that says whose they are, so that they cannot pass for ours. */
export function quote(label: Line, words: string, limit: number = LIMITS.quote): RichTextBlock {
  return {
    type: 'rich_text',
    elements: [
      section(label),
      { type: 'rich_text_quote', elements: [{ type: 'text', text: literal(words, limit) }] },
    ],
  };
}

/** The same line as markup, for the text that stands for a message's blocks. */
export function spoken(line: Line): Markup {
  return joined(line.map(spokenPiece), '');
}

function spokenPiece(piece: Inline): Markup {
  if (typeof piece === 'string') return mrkdwn`${piece}`;
  if (piece.type === 'user') return mention(piece.user_id);
  if (piece.type === 'usergroup') return { markup: `<!subteam^${piece.usergroup_id}>` };
  if (piece.type === 'channel') return { markup: `<#${piece.channel_id}>` };
  if (piece.type === 'text') return mrkdwn`${piece.text}`;
  return mrkdwn`${piece.type === 'date' ? (piece.fallback ?? '') : ''}`;
}

const NEW_LINE: RichTextElement = { type: 'text', text: '\n' };

function section(line: Line): RichTextSection {
  const elements = line
    .filter((piece) => piece !== '')
    .map((piece) =>
      typeof piece === 'string' ? { type: 'text' as const, text: literal(piece) } : piece,
    );
  return { type: 'rich_text_section', elements };
}

/** Cleaned and clipped; a lone space where nothing is left, because Slack refuses empty texts. */
function literal(text: string, limit: number = LIMITS.piece): string {
  return clip(clean(text), limit) || ' ';
}
