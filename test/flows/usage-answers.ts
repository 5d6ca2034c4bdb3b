import * as z from 'zod';
import type { SandboxClient } from './sandbox-client.ts';
import { channelOf, type Message, type State } from './sandbox-state.ts';

const Table = z.object({
  type: z.literal('data_table'),
  rows: z.array(z.array(z.object({ text: z.string() }))),
});

const Select = z.object({
  action_id: z.string(),
  options: z.array(z.object({ text: z.object({ text: z.string() }), value: z.string() })),
});

const Actions = z.object({ type: z.literal('actions'), elements: z.array(z.unknown()) });

/** The newest message in the channel where people ask. */
export function answerIn(state: State): Message {
  const message = channelOf(state, 'licenses').at(-1);
  if (message === undefined) throw new Error('Nobody has said anything');
  return message;
}

/** The table of an answer: its columns by their headings, row by row. */
export function rowsOf({ blocks }: Message): readonly Readonly<Record<string, string>>[] {
  const [columns = [], ...rows] = blocks.flatMap((block) => {
    const table = Table.safeParse(block);
    return table.success ? table.data.rows : [];
  });
  return rows.map((row) =>
    Object.fromEntries(row.map(({ text }, index) => [columns[index]?.text ?? '', text])),
  );
}

/** The buttons and selects of an answer. */
export function controlsOf({ blocks }: Message): readonly string[] {
  return elementsOf(blocks).map(
    (element) => z.object({ action_id: z.string() }).parse(element).action_id,
  );
}

/** Chooses the first option with these words in a select of an answer; answers what stands there then. */
export async function choose(
  client: SandboxClient,
  user: string,
  { ts, blocks }: Message,
  action_id: string,
  words: string,
): Promise<Message> {
  const selects = elementsOf(blocks).flatMap((element) => {
    const select = Select.safeParse(element);
    return select.success && select.data.action_id === action_id ? [select.data] : [];
  });
  const option = selects
    .flatMap(({ options }) => options)
    .find(({ text }) => text.text.includes(words));
  if (option === undefined) throw new Error(`${action_id} does not offer ${words}`);
  const place = { channel: 'licenses', message_ts: ts };
  const { state } = await client.post('action', {
    user,
    action_id,
    selected: option.value,
    ...place,
  });
  return answerIn(state);
}

function elementsOf(blocks: Message['blocks']): readonly unknown[] {
  return blocks.flatMap((block) => {
    const actions = Actions.safeParse(block);
    return actions.success ? actions.data.elements : [];
  });
}
