import { createContext, useContext, useRef, useState } from 'react';
import { z } from 'zod';
import { MenuOption, MenuOptionGroups, MenuOptions } from '../slack/block-kit/text.ts';
import type { JsonObject } from '../slack/json.ts';
import {
  carriedState,
  type StateValues,
  stateOf,
  valueIn,
  withValue,
} from '../slack/view-state.ts';
import type { Tell } from './use-sandbox.ts';

/** A click or a choice, as the control API takes it. */
export interface Gesture {
  readonly action_id: string;
  readonly block_id?: string | undefined;
  readonly value?: string | undefined;
  readonly selected?: unknown;
}

/** Where an element stands, as the control API takes it. */
export type Site =
  | { readonly channel: string; readonly message_ts: string }
  | { readonly view_id: string }
  | { readonly home: true };

/** A choice in a menu. */
export type Choice = z.output<typeof MenuOption>;
/** Choices under a heading, or under none. */
export interface ChoiceGroup {
  readonly label: string | null;
  readonly options: readonly Choice[];
}

/** Whatever blocks with elements stand on: a message, a modal or Home. */
export interface Surface {
  readonly values: StateValues;
  /** Keeps what is entered, here only. */
  keep(blockId: string, element: JsonObject, value: unknown): void;
  /** Tells the sandbox of a click or choice. */
  act(gesture: Gesture): Promise<void>;
  /** What an external select offers for typed text; null when it did not work. */
  suggest(actionId: string, typed: string): Promise<readonly ChoiceGroup[] | null>;
  /** Gives a file's id; null when it did not work. */
  upload(name: string, content: string): Promise<string | null>;
}

const NOWHERE: Surface = {
  values: {},
  keep: () => {},
  act: async () => {},
  suggest: async () => null,
  upload: async () => null,
};

/** Provides the surface that the blocks inside stand on. */
export const SurfaceContext = createContext<Surface>(NOWHERE);

/** The surface around an element. */
export function useSurface(): Surface {
  return useContext(SurfaceContext);
}

const Suggested = z.union([
  z.object({ options: MenuOptions.or(z.array(MenuOption).length(0)) }),
  z.object({ option_groups: MenuOptionGroups }),
]);
const Uploaded = z.object({ file_id: z.string() });

/** A surface for these blocks. What is entered stays through updates in the fields that stay, as in Slack. */
export function useNewSurface(options: {
  readonly person: string;
  readonly site: Site;
  readonly blocks: readonly JsonObject[];
  readonly entered?: StateValues | undefined;
  readonly tell: Tell;
}): Surface {
  const { person, site, blocks, entered, tell } = options;
  const [values, setValues] = useState(() => carriedState(blocks, entered ?? {}));
  const [drawn, setDrawn] = useState(blocks);
  const told = useRef<Promise<unknown>>(Promise.resolve());
  if (drawn !== blocks) {
    setDrawn(blocks);
    setValues(carriedState(blocks, values));
  }

  return {
    values,
    keep: (blockId, element, value) =>
      setValues((old) =>
        withValue(old, [blockId, String(element['action_id'])], stateOf(element, value)),
      ),
    async act(gesture) {
      const acted = tell('action', { user: person, ...gesture, ...site });
      told.current = acted;
      await acted;
    },
    async suggest(actionId, typed) {
      if (!('view_id' in site)) return null;
      await told.current; // the app sees what is chosen in other fields
      const body = { user: person, view_id: site.view_id, action_id: actionId, value: typed };
      return groupsIn(await tell('options', body));
    },
    async upload(name, content) {
      const answer = await tell('upload', { user: person, name, content });
      return Uploaded.safeParse(answer).data?.file_id ?? null;
    },
  };
}

function groupsIn(answer: unknown): readonly ChoiceGroup[] | null {
  const suggested = Suggested.safeParse(answer).data;
  if (suggested === undefined) return null;
  if ('options' in suggested) return [{ label: null, options: suggested.options }];
  return suggested.option_groups.map(({ label, options }) => ({ label: label.text, options }));
}

/** An element's value, and how to change it. */
export interface Field<Value> {
  readonly value: Value | null;
  /** While typing: kept here only. */
  keep(value: Value | null): void;
  /** A choice: kept, and the sandbox told. */
  choose(value: Value | null): void;
}

/** The value of one element, checked. */
export function useField<Value>(
  blockId: string,
  element: JsonObject,
  schema: z.ZodType<Value>,
): Field<Value> {
  const surface = useSurface();
  const actionId = String(element['action_id']);
  const entry = valueIn(element, surface.values[blockId]?.[actionId]);
  const keep = (value: Value | null) => surface.keep(blockId, element, value);
  return {
    value: schema.safeParse(entry).data ?? null,
    keep,
    choose(value) {
      keep(value);
      void surface.act({ action_id: actionId, block_id: blockId, selected: value });
    },
  };
}
