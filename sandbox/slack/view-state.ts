import { elementsIn } from './block-kit/element-tree.ts';
import { isObject, type JsonObject } from './json.ts';

/** `view.state.values`: what is entered, by block_id and action_id. */
export type StateValues = Readonly<Record<string, Readonly<Record<string, JsonObject>>>>;

interface Field {
  /** The member of the state that holds the choice. */
  readonly member: string;
  /** The member of the element that it starts with. */
  readonly initial: string;
  readonly empty: unknown;
}

const text: Field = { member: 'value', initial: 'initial_value', empty: null };
const option: Field = { member: 'selected_option', initial: 'initial_option', empty: null };
const options: Field = { member: 'selected_options', initial: 'initial_options', empty: [] };

/** Every element that keeps state, as Slack's payloads name it. */
const FIELDS: Readonly<Record<string, Field>> = {
  plain_text_input: text,
  email_text_input: text,
  url_text_input: text,
  number_input: text,
  rich_text_input: { member: 'rich_text_value', initial: 'initial_value', empty: null },
  static_select: option,
  external_select: option,
  radio_buttons: option,
  multi_static_select: options,
  multi_external_select: options,
  checkboxes: options,
  users_select: { member: 'selected_user', initial: 'initial_user', empty: null },
  conversations_select: {
    member: 'selected_conversation',
    initial: 'initial_conversation',
    empty: null,
  },
  channels_select: { member: 'selected_channel', initial: 'initial_channel', empty: null },
  multi_users_select: { member: 'selected_users', initial: 'initial_users', empty: [] },
  multi_conversations_select: {
    member: 'selected_conversations',
    initial: 'initial_conversations',
    empty: [],
  },
  multi_channels_select: { member: 'selected_channels', initial: 'initial_channels', empty: [] },
  datepicker: { member: 'selected_date', initial: 'initial_date', empty: null },
  timepicker: { member: 'selected_time', initial: 'initial_time', empty: null },
  datetimepicker: { member: 'selected_date_time', initial: 'initial_date_time', empty: null },
  file_input: { member: 'files', initial: 'initial_files', empty: [] },
};

/** How an element keeps its state, or null for one that has none (a button, an overflow menu). */
export function fieldOf(element: JsonObject): Field | null {
  return FIELDS[String(element['type'])] ?? null;
}

/** The state of an element that holds `value`. */
export function stateOf(element: JsonObject, value: unknown): JsonObject {
  const field = fieldOf(element);
  return field === null ? {} : { type: element['type'], [field.member]: value ?? field.empty };
}

/** What an element holds in a state, or null when that is nothing. */
export function valueIn(element: JsonObject, state: JsonObject | undefined): unknown {
  const value = state?.[fieldOf(element)?.member ?? ''];
  const empty = value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
  return empty ? null : value;
}

/** The state of a view that nobody has touched. */
export function initialState(blocks: readonly JsonObject[]): StateValues {
  return collect(blocks, (element) => stateOf(element, element[fieldOf(element)?.initial ?? '']));
}

/** The state after an update: Slack keeps what is entered in fields whose ids and type stay. */
export function carriedState(blocks: readonly JsonObject[], old: StateValues): StateValues {
  const fresh = initialState(blocks);
  return collect(blocks, (element, blockId, actionId) => {
    const kept = old[blockId]?.[actionId];
    const next = fresh[blockId]?.[actionId] ?? {};
    return kept !== undefined && kept['type'] === element['type'] ? kept : next;
  });
}

/** The state with one field set. */
export function withValue(
  state: StateValues,
  [blockId, actionId]: readonly [string, string],
  value: JsonObject,
): StateValues {
  return { ...state, [blockId]: { ...state[blockId], [actionId]: value } };
}

function collect(
  blocks: readonly JsonObject[],
  entryOf: (element: JsonObject, blockId: string, actionId: string) => JsonObject,
): StateValues {
  const state: Record<string, Record<string, JsonObject>> = {};
  for (const { value: element, block } of elementsIn(blocks)) {
    if (fieldOf(element) === null) continue;
    const blockId = String(block['block_id']);
    const actionId = String(element['action_id']);
    state[blockId] = { ...state[blockId], [actionId]: entryOf(element, blockId, actionId) };
  }
  return state;
}

/** What Slack's client says under fields before it asks the app, by block_id; empty when all is well. */
export function fieldErrors(
  blocks: readonly JsonObject[],
  state: StateValues,
): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const { value: element, block } of elementsIn(blocks)) {
    if (block['type'] !== 'input') continue;
    const blockId = String(block['block_id']);
    const value = valueIn(element, state[blockId]?.[String(element['action_id'])]);
    const error =
      value === null
        ? requiredError(block)
        : (typedError(element, value) ?? choiceError(element, value));
    if (error !== null) errors[blockId] = error;
  }
  return errors;
}

function requiredError(block: JsonObject): string | null {
  return block['optional'] === true ? null : 'Please complete this required field.';
}

function typedError(element: JsonObject, value: unknown): string | null {
  if (typeof value !== 'string') return null;
  switch (element['type']) {
    case 'plain_text_input':
      return lengthError([...value].length, element);
    case 'number_input':
      return numberError(value, element);
    case 'email_text_input':
      return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value)
        ? null
        : 'Please enter a valid email address.';
    case 'url_text_input':
      return URL.canParse(value) ? null : 'Please enter a valid URL.';
    default:
      return null;
  }
}

function lengthError(length: number, element: JsonObject): string | null {
  const min = Number(element['min_length'] ?? 0);
  const max = Number(element['max_length'] ?? 3000);
  if (length < min) return `Please use at least ${min} characters.`;
  return length > max ? `Please use no more than ${max} characters.` : null;
}

function numberError(value: string, element: JsonObject): string | null {
  const pattern = element['is_decimal_allowed'] === true ? /^-?\d+(\.\d+)?$/ : /^-?\d+$/;
  if (!pattern.test(value)) return 'Please enter a valid number.';
  const min = Number(element['min_value'] ?? Number.NEGATIVE_INFINITY);
  const max = Number(element['max_value'] ?? Number.POSITIVE_INFINITY);
  if (Number(value) < min) return `Please enter a number of at least ${min}.`;
  return Number(value) > max ? `Please enter a number of at most ${max}.` : null;
}

function choiceError(element: JsonObject, value: unknown): string | null {
  const max = Number(
    element['max_selected_items'] ?? element['max_files'] ?? Number.POSITIVE_INFINITY,
  );
  if (!Array.isArray(value) || value.length <= max) return null;
  return `Please choose no more than ${max}.`;
}

/** The `value` of an option object, or null for anything else. */
export function optionValue(option: unknown): string | null {
  return isObject(option) && typeof option['value'] === 'string' ? option['value'] : null;
}
