import { CHANNELS, PEOPLE } from '../../slack/workspace.ts';
import type { Choice, ChoiceGroup, Surface } from '../surface.ts';
import type { ElementOf } from './element-types.ts';

/** Any menu, for one choice or several. */
export type Menu = ElementOf<
  | 'static_select'
  | 'external_select'
  | 'users_select'
  | 'conversations_select'
  | 'channels_select'
  | 'multi_static_select'
  | 'multi_external_select'
  | 'multi_users_select'
  | 'multi_conversations_select'
  | 'multi_channels_select'
>;

/** Where a menu's choices come from. */
export interface MenuSource {
  /** Characters to type before anything is offered. */
  readonly minLength: number;
  /** Milliseconds to wait for more typing. */
  readonly waitMs: number;
  /** Choices for typed text; null when it did not work. */
  load(typed: string): Promise<readonly ChoiceGroup[] | null>;
}

/** Slack's own default for external selects. */
const MIN_QUERY_LENGTH = 3;

/** The choices of a menu. Those of people and channels have the id as value. */
export function menuSource(menu: Menu, surface: Surface): MenuSource {
  if (menu.type === 'external_select' || menu.type === 'multi_external_select') {
    return {
      minLength: menu.min_query_length ?? MIN_QUERY_LENGTH,
      waitMs: 150,
      load: (typed) => surface.suggest(menu.action_id ?? '', typed),
    };
  }
  const groups = fixedGroups(menu);
  return { minLength: 0, waitMs: 0, load: async (typed) => matching(groups, typed) };
}

/** Whether a menu's value in Slack's payloads is an id instead of an option. */
export function choosesIds({ type }: Menu): boolean {
  return /users|conversations|channels/.test(type);
}

/** The choice that stands for an id. */
export function choiceOfId(id: string): Choice {
  const all = [...peopleChoices(), ...channelChoices()];
  return all.find(({ value }) => value === id) ?? choice(id, id);
}

function fixedGroups(menu: Menu): readonly ChoiceGroup[] {
  if ('options' in menu || 'option_groups' in menu) {
    const grouped = menu.option_groups ?? [];
    return [
      { label: null, options: menu.options ?? [] },
      ...grouped.map(({ label, options }) => ({ label: label.text, options })),
    ];
  }
  const options = /users/.test(menu.type) ? peopleChoices() : channelChoices();
  return [{ label: null, options }];
}

function peopleChoices(): Choice[] {
  return PEOPLE.map(({ id, displayName }) => choice(displayName, id));
}

function channelChoices(): Choice[] {
  return CHANNELS.map(({ id, name }) => choice(`#${name}`, id));
}

function choice(text: string, value: string): Choice {
  return { text: { type: 'plain_text', text }, value };
}

function matching(groups: readonly ChoiceGroup[], typed: string): ChoiceGroup[] {
  const wanted = typed.trim().toLowerCase();
  return groups.map(({ label, options }) => ({
    label,
    options: options.filter(({ text }) => text.text.toLowerCase().includes(wanted)),
  }));
}
