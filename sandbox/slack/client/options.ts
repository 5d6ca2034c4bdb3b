import { z } from 'zod';
import { elementsIn } from '../block-kit/element-tree.ts';
import { LIMITS } from '../block-kit/limits.ts';
import { optionsOf } from '../block-kit/surface-rules.ts';
import { MenuOption, MenuOptionGroups } from '../block-kit/text.ts';
import type { OpenView } from '../open-view.ts';
import type { SlackUser } from '../workspace.ts';
import type { World } from '../world.ts';
import { payloadOf } from './payload.ts';
import { inView } from './place.ts';
import { Refusal } from './refusal.ts';

/** Slack's own default for external selects. */
const MIN_QUERY_LENGTH = 3;

const Suggestions = z.union([
  z.strictObject({ options: z.array(MenuOption).max(LIMITS.options) }),
  z.strictObject({ option_groups: MenuOptionGroups }),
]);
export type Suggestions = z.output<typeof Suggestions>;

/** Types into an external select; nothing is asked, and nothing offered, below its `min_query_length`. @throws Refusal */
export async function askOptions(
  world: World,
  user: SlackUser,
  open: OpenView | null,
  actionId: string,
  typed: string,
): Promise<Suggestions> {
  const place = inView(world, user, open);
  const node = elementsIn(place.blocks).find(({ value }) => value['action_id'] === actionId);
  if (node === undefined || !/^(multi_)?external_select$/.test(String(node.value['type']))) {
    throw new Refusal(`No external select "${actionId}" in that view.`);
  }
  if ([...typed].length < Number(node.value['min_query_length'] ?? MIN_QUERY_LENGTH)) {
    return { options: [] };
  }
  const outcome = await world.bot.interaction({
    type: 'block_suggestion',
    ...payloadOf(user),
    ...place.payload(),
    action_id: actionId,
    block_id: node.block['block_id'],
    value: typed,
  });
  if (!outcome.answered) throw new Refusal(`The bot offered nothing: ${outcome.error}.`);
  const suggestions = suggestionsIn(outcome.body);
  world.offered.set(`${place.key} ${actionId}`, optionsOf({ ...suggestions }));
  return suggestions;
}

function suggestionsIn(body: string): Suggestions {
  let parsed: unknown = null;
  try {
    parsed = JSON.parse(body);
  } catch {
    // not JSON: refused below like any other wrong answer
  }
  const suggestions = Suggestions.safeParse(parsed);
  if (suggestions.success) return suggestions.data;
  throw new Refusal(
    `Slack would show no options: the bot answered neither valid options nor option_groups (${body.slice(0, 200)}).`,
  );
}
