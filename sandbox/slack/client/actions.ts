import { elementsIn, type Node } from '../block-kit/element-tree.ts';
import { isObject, type JsonObject } from '../json.ts';
import { fieldOf, type StateValues, stateOf, withValue } from '../view-state.ts';
import type { SlackUser } from '../workspace.ts';
import type { World } from '../world.ts';
import { chosen } from './choices.ts';
import { payloadOf } from './payload.ts';
import type { Place } from './place.ts';
import { Refusal } from './refusal.ts';

/** A click (`value` tells buttons of the same action_id apart) or a selection. */
export interface Gesture {
  readonly action_id: string;
  readonly block_id?: string | undefined;
  readonly value?: string | undefined;
  readonly selected?: unknown;
}

/** Clicks or selects. The bot hears of it, except of input blocks that do not dispatch. @throws Refusal */
export async function act(
  world: World,
  user: SlackUser,
  place: Place,
  gesture: Gesture,
): Promise<void> {
  const { value: element, block } = elementFor(place, gesture);
  const action = actionOf(world, place, element, gesture);
  const state = stateAfter(place.state, block, element, action);
  place.keep(state);
  if (block['type'] === 'input' && block['dispatch_action'] !== true) return;
  const outcome = await world.bot.interaction({
    type: 'block_actions',
    ...payloadOf(user),
    trigger_id: world.triggers.issue(user.id, place.inModal),
    ...place.payload(),
    state: { values: state },
    actions: [
      {
        type: element['type'],
        action_id: element['action_id'],
        block_id: block['block_id'],
        ...action,
        action_ts: world.nextTs(),
      },
    ],
  });
  if (!outcome.answered) place.fail(outcome.error);
}

/** What is shown now wins over what was shown before an edit. */
function elementFor(place: Place, gesture: Gesture): Node {
  const found =
    findElement(elementsIn(place.blocks), gesture) ??
    findElement(elementsIn(place.staleBlocks), gesture);
  if (found !== undefined) return found;
  const { action_id, value } = gesture;
  const there =
    elementsIn(place.blocks)
      .map((node) => String(node.value['action_id']))
      .join(', ') || 'none';
  const wanted =
    value === undefined ? action_id : `${action_id} with value ${JSON.stringify(value)}`;
  throw new Refusal(`No such button or menu there: ${wanted}. There are: ${there}.`);
}

function findElement(
  elements: readonly Node[],
  { action_id, block_id, value }: Gesture,
): Node | undefined {
  const found = elements.filter(
    (node) =>
      node.value['action_id'] === action_id &&
      (block_id === undefined || node.block['block_id'] === block_id),
  );
  const exact =
    value === undefined ? found : found.filter((node) => buttonValues(node.value).includes(value));
  return exact.find(({ value }) => isButton(value)) ?? exact[0] ?? found.find(isTyped);
}

function isTyped({ value }: Node): boolean {
  return fieldOf(value)?.member === 'value';
}

function isButton(element: JsonObject): boolean {
  return /button/.test(String(element['type']));
}

/** The values that a click on the element can carry. */
function buttonValues(element: JsonObject): unknown[] {
  const choices = [element['positive_button'], element['negative_button']].filter(isObject);
  return [element['value'], ...choices.map(({ value }) => value)];
}

/** What the action's payload says besides its ids. */
function actionOf(world: World, place: Place, element: JsonObject, gesture: Gesture): JsonObject {
  if (isButton(element)) return buttonAction(element, gesture);
  const offered = world.offered.get(`${place.key} ${gesture.action_id}`) ?? [];
  const choice = chosen(gesture.selected ?? gesture.value, { element, offered, world });
  if (element['type'] !== 'overflow') return stateOf(element, choice);
  if (choice === null) throw new Refusal(`Say which option: send "selected", the value of one.`);
  return { selected_option: choice };
}

function buttonAction(element: JsonObject, gesture: Gesture): JsonObject {
  if (element['type'] !== 'feedback_buttons') {
    const { text, value, style } = element;
    return {
      text,
      ...(value === undefined ? {} : { value }),
      ...(style === undefined ? {} : { style }),
    };
  }
  const choices = [element['positive_button'], element['negative_button']].filter(isObject);
  const pressed = choices.find(({ value }) => value === gesture.value) ?? choices[0];
  return { text: pressed?.['text'], value: pressed?.['value'] };
}

function stateAfter(
  state: StateValues,
  block: JsonObject,
  element: JsonObject,
  action: JsonObject,
): StateValues {
  if (fieldOf(element) === null) return state;
  return withValue(state, [String(block['block_id']), String(element['action_id'])], action);
}
