import { z } from 'zod';
import { conversationMenu, menu } from './elements.ts';
import { Id, MenuOption, MenuOptionGroups, MenuOptions } from './text.ts';

const single = { ...menu, response_url_enabled: z.boolean().optional() };
const multiple = { ...menu, max_selected_items: z.int().min(1).optional() };
const source = { options: MenuOptions.optional(), option_groups: MenuOptionGroups.optional() };
const query = { min_query_length: z.int().min(0).optional() };
const Ids = z.array(Id).min(1).optional();
const InitialOptions = z.array(MenuOption).min(1).optional();

function hasOneSource(select: { options?: unknown; option_groups?: unknown }): boolean {
  return (select.options === undefined) !== (select.option_groups === undefined);
}
const ONE_SOURCE = 'must define either `options` or `option_groups`';

/** The five select menus. */
export const SELECTS = [
  z
    .strictObject({
      type: z.literal('static_select'),
      ...menu,
      ...source,
      initial_option: MenuOption.optional(),
    })
    .refine(hasOneSource, ONE_SOURCE),
  z.strictObject({
    type: z.literal('external_select'),
    ...menu,
    ...query,
    initial_option: MenuOption.optional(),
  }),
  z.strictObject({ type: z.literal('users_select'), ...menu, initial_user: Id.optional() }),
  z.strictObject({
    type: z.literal('conversations_select'),
    ...single,
    ...conversationMenu,
    initial_conversation: Id.optional(),
  }),
  z.strictObject({
    type: z.literal('channels_select'),
    ...single,
    initial_channel: Id.optional(),
  }),
] as const;

/** The five menus that take several choices. */
export const MULTI_SELECTS = [
  z
    .strictObject({
      type: z.literal('multi_static_select'),
      ...multiple,
      ...source,
      initial_options: InitialOptions,
    })
    .refine(hasOneSource, ONE_SOURCE),
  z.strictObject({
    type: z.literal('multi_external_select'),
    ...multiple,
    ...query,
    initial_options: InitialOptions,
  }),
  z.strictObject({ type: z.literal('multi_users_select'), ...multiple, initial_users: Ids }),
  z.strictObject({
    type: z.literal('multi_conversations_select'),
    ...multiple,
    ...conversationMenu,
    initial_conversations: Ids,
  }),
  z.strictObject({ type: z.literal('multi_channels_select'), ...multiple, initial_channels: Ids }),
] as const;
