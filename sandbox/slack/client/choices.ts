import { optionsOf } from '../block-kit/surface-rules.ts';
import { isObject, type JsonObject } from '../json.ts';
import { optionValue } from '../view-state.ts';
import { findPerson } from '../workspace.ts';
import type { World } from '../world.ts';
import { Refusal } from './refusal.ts';

/** What a choice is made from: the element, and what the bot offered for it if it is an external select. */
interface Menu {
  readonly element: JsonObject;
  readonly offered: readonly JsonObject[];
  readonly world: World;
}

type Choose = (given: unknown, menu: Menu) => unknown;

const fromOptions: Choose = (given, { element }) => {
  const wanted = optionValue(given) ?? given;
  const options = optionsOf(element);
  const found = options.find((option) => option['value'] === wanted);
  if (found !== undefined) return found;
  const values = options.map(({ value }) => JSON.stringify(value)).join(', ');
  throw new Refusal(
    `${named(element)} has no option ${JSON.stringify(wanted)}; its values: ${values}.`,
  );
};

const fromOffered: Choose = (given, { element, offered }) => {
  const wanted = optionValue(given) ?? given;
  const found = offered.find((option) => option['value'] === wanted);
  if (found !== undefined) return found;
  if (isObject(given) && isObject(given['text']) && typeof wanted === 'string') {
    return { text: given['text'], value: wanted };
  }
  throw new Refusal(
    `${named(element)} did not offer ${JSON.stringify(wanted)}: ask POST /sandbox/options first, and send one of its options.`,
  );
};

const person: Choose = (given, { element }) => {
  const found = typeof given === 'string' ? findPerson(given) : null;
  if (found !== null) return found.id;
  throw new Refusal(`${named(element)} takes a person: a name such as "approver", or a user id.`);
};

const conversation: Choose = (given, { element, world }) => {
  const found = typeof given === 'string' ? world.conversations.find(given) : null;
  if (found !== null) return found.id;
  throw new Refusal(`${named(element)} takes a channel: a name such as "licenses", or its id.`);
};

const file: Choose = (given, { element, world }) => {
  const id = isObject(given) ? given['id'] : given;
  const found = typeof id === 'string' ? world.files.find(id) : null;
  if (found !== null) return world.files.describe(found);
  throw new Refusal(`${named(element)} takes file ids: POST /sandbox/upload gives one.`);
};

const words: Choose = (given, { element }) => {
  if (typeof given === 'string' || typeof given === 'number') return String(given);
  throw new Refusal(`${named(element)} takes text.`);
};

const pattern =
  (expected: RegExp, example: string): Choose =>
  (given, { element }) => {
    if (typeof given === 'string' && expected.test(given)) return given;
    throw new Refusal(`${named(element)} takes text such as "${example}".`);
  };

const seconds: Choose = (given, { element }) => {
  if (typeof given === 'number' && Number.isInteger(given)) return given;
  throw new Refusal(`${named(element)} takes a Unix time in seconds.`);
};

const richText: Choose = (given, { element }) => {
  if (isObject(given) && given['type'] === 'rich_text') return given;
  throw new Refusal(`${named(element)} takes a rich_text block.`);
};

const several =
  (choose: Choose): Choose =>
  (given, menu) =>
    (Array.isArray(given) ? given : [given]).map((each) => choose(each, menu));

const CHOICES: Readonly<Record<string, Choose>> = {
  static_select: fromOptions,
  radio_buttons: fromOptions,
  overflow: fromOptions,
  external_select: fromOffered,
  users_select: person,
  conversations_select: conversation,
  channels_select: conversation,
  multi_static_select: several(fromOptions),
  checkboxes: several(fromOptions),
  multi_external_select: several(fromOffered),
  multi_users_select: several(person),
  multi_conversations_select: several(conversation),
  multi_channels_select: several(conversation),
  file_input: several(file),
  plain_text_input: words,
  email_text_input: words,
  url_text_input: words,
  number_input: words,
  rich_text_input: richText,
  datepicker: pattern(/^\d{4}-\d{2}-\d{2}$/, '2027-01-31'),
  timepicker: pattern(/^\d{2}:\d{2}$/, '09:30'),
  datetimepicker: seconds,
};

/** What a person chose or typed, as Slack puts it into state and actions. Null stays null: nothing is chosen. @throws Refusal */
export function chosen(given: unknown, menu: Menu): unknown {
  if (given === null || given === undefined) return null;
  const choose = CHOICES[String(menu.element['type'])];
  if (choose === undefined) throw new Refusal(`${named(menu.element)} takes no choice.`);
  return choose(given, menu);
}

function named(element: JsonObject): string {
  return `The ${String(element['type'])} "${String(element['action_id'])}"`;
}
