import * as z from 'zod';

const Piece = z.looseObject({
  type: z.string(),
  text: z.unknown().optional(),
  user_id: z.string().optional(),
  fallback: z.string().optional(),
  title: z.string().optional(),
  rows: z.array(z.array(z.unknown())).default([]),
  elements: z.array(z.unknown()).default([]),
});
type Piece = z.output<typeof Piece>;

const words = ({ text }: Piece): string => String(text);

/** How each kind of block or part reads; kinds that are not here read as their name. */
const READINGS: Readonly<Record<string, (piece: Piece) => string>> = {
  text: words,
  plain_text: words,
  mrkdwn: words,
  raw_text: words,
  raw_number: words,
  user: ({ user_id }) => `@${user_id}`,
  date: ({ fallback }) => String(fallback),
  data_table: ({ rows }) => rows.map((row) => row.map(read).join(' | ')).join('\n'),
  data_visualization: ({ title }) => `[chart: ${title}]`,
  button: ({ text }) => `[${read(text)}]`,
  header: ({ text }) => `# ${read(text)}`,
  rich_text: ({ elements }) => elements.map(read).join('\n'),
  rich_text_section: ({ elements }) => elements.map(read).join(''),
  rich_text_list: ({ elements }) => elements.map((element) => `• ${read(element)}`).join('\n'),
  rich_text_quote: ({ elements }) => `> ${elements.map(read).join('')}`,
  context: ({ elements }) => elements.map(read).join(' · '),
  actions: ({ elements }) => elements.map(read).join(' · '),
};

/** What a person reads, one line for each block or part of it. */
export function reading(blocks: readonly unknown[]): string {
  return blocks.map(read).join('\n');
}

/** Every string anywhere in a value, with the object that it stands in. */
export function* textsIn(
  value: unknown,
  parent: unknown = null,
): Generator<{ readonly text: string; readonly parent: unknown }> {
  if (typeof value === 'string') yield { text: value, parent };
  else if (typeof value === 'object' && value !== null) {
    for (const inner of Object.values(value)) yield* textsIn(inner, value);
  }
}

/** Code points of a message as it is sent. */
export function lengthOf(message: { readonly text: string; readonly blocks: readonly unknown[] }) {
  return [...message.text, ...JSON.stringify(message.blocks)].length;
}

function read(part: unknown): string {
  const piece = Piece.parse(part);
  return READINGS[piece.type]?.(piece) ?? `[${piece.type}]`;
}
