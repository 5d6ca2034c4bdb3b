import { z } from 'zod';
import { elementsIn } from '../block-kit/element-tree.ts';
import { isObject, type JsonObject } from '../json.ts';
import { type OpenView, viewPayload } from '../open-view.ts';
import { SlackError } from '../slack-error.ts';
import { fieldErrors, fieldOf, type StateValues, stateOf, withValue } from '../view-state.ts';
import { checkedView } from '../web-api/views.ts';
import type { SlackUser } from '../workspace.ts';
import type { World } from '../world.ts';
import { chosen } from './choices.ts';
import { payloadOf } from './payload.ts';
import { inView, type Place, troubleText } from './place.ts';
import { Refusal } from './refusal.ts';

/** What is entered, by block_id and action_id: Slack's `view.state.values`. */
export type EnteredValues = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const ResponseAction = z.discriminatedUnion('response_action', [
  z.object({
    response_action: z.literal('errors'),
    errors: z.record(z.string(), z.string().min(1)),
  }),
  z.object({ response_action: z.literal('update'), view: z.unknown() }),
  z.object({ response_action: z.literal('push'), view: z.unknown() }),
  z.object({ response_action: z.literal('clear') }),
]);
type ResponseAction = z.output<typeof ResponseAction>;

/**
 * Fills a modal in and submits it. Fields that are not named keep what is in them. Slack's own checks come first and
 * the bot then hears nothing; errors stay under their fields.
 * @throws Refusal
 */
export async function submit(
  world: World,
  user: SlackUser,
  open: OpenView | null,
  values: EnteredValues,
): Promise<void> {
  const place = inView(world, user, open);
  if (!place.inModal || open === null) throw new Refusal('Only modals are submitted.');
  if (open.view['submit'] === null) throw new Refusal('This modal has no submit button.');
  const state = entered(world, place, values);
  const errors = fieldErrors(place.blocks, state);
  world.views.change(open.id, { state, errors, notice: null });
  if (Object.keys(errors).length > 0) return;
  const outcome = await world.bot.interaction({
    type: 'view_submission',
    ...payloadOf(user),
    trigger_id: world.triggers.issue(user.id, true),
    view: viewPayload(world.views.find(open.id) ?? open),
    response_urls: [],
  });
  const trouble = (why: string) => world.views.change(open.id, { notice: troubleText(why) });
  if (!outcome.answered) trouble(outcome.error);
  else respondTo(world, user, open, outcome.body, trouble);
}

function entered(world: World, place: Place, values: EnteredValues): StateValues {
  const fields = Object.entries(values).flatMap(([blockId, ofBlock]) =>
    Object.entries(ofBlock).map(([actionId, given]) => ({ blockId, actionId, given })),
  );
  return fields.reduce((state, { blockId, actionId, given }) => {
    const element = elementsIn(place.blocks).find(
      ({ value, block }) => block['block_id'] === blockId && value['action_id'] === actionId,
    )?.value;
    if (element === undefined || fieldOf(element) === null) {
      throw new Refusal(noSuchField(place, blockId, actionId));
    }
    const offered = world.offered.get(`${place.key} ${actionId}`) ?? [];
    const choice = chosen(givenValue(given, element), { element, offered, world });
    return withValue(state, [blockId, actionId], stateOf(element, choice));
  }, place.state);
}

/** A field's entry is an object such as `{type: "number_input", value: "2"}`. */
function givenValue(given: unknown, element: JsonObject): unknown {
  const type = String(element['type']);
  const member = fieldOf(element)?.member ?? 'value';
  const example = `send {"type": "${type}", "${member}": …}`;
  if (!isObject(given)) throw new Refusal(`A field of type ${type} is an object: ${example}.`);
  if (given['type'] !== undefined && given['type'] !== type) {
    throw new Refusal(`That field is a ${type}, not a ${String(given['type'])}: ${example}.`);
  }
  return given[member] === '' ? null : given[member];
}

function noSuchField(place: Place, blockId: string, actionId: string): string {
  const fields = elementsIn(place.blocks)
    .filter(({ value }) => fieldOf(value) !== null)
    .map(({ value, block }) => `${String(block['block_id'])}.${String(value['action_id'])}`);
  return `No field ${blockId}.${actionId} in that view; its fields (block_id.action_id): ${fields.join(', ') || 'none'}.`;
}

function respondTo(
  world: World,
  user: SlackUser,
  open: OpenView,
  body: string,
  trouble: (why: string) => void,
): void {
  const action = responseIn(body);
  if (action === 'unreadable') {
    trouble('invalid response_action');
    return;
  }
  try {
    carryOut(world, user, open, action);
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    trouble([error.code, ...error.problems.map(({ message }) => message)].join(': '));
  }
}

/** An empty answer, or an empty object, closes the view. */
function responseIn(body: string): ResponseAction | 'close' | 'unreadable' {
  if (body.trim() === '') return 'close';
  try {
    const parsed: unknown = JSON.parse(body);
    if (isObject(parsed) && parsed['response_action'] === undefined) return 'close';
    return ResponseAction.safeParse(parsed).data ?? 'unreadable';
  } catch {
    return 'unreadable';
  }
}

function carryOut(
  world: World,
  user: SlackUser,
  open: OpenView,
  action: ResponseAction | 'close',
): void {
  if (action === 'close') {
    world.views.close(user.id, false);
    return;
  }
  switch (action.response_action) {
    case 'clear':
      world.views.close(user.id, true);
      return;
    case 'update':
      world.views.update(open.id, checkedView(action.view, 'modal'));
      return;
    case 'push':
      world.views.push(user.id, checkedView(action.view, 'modal'));
      return;
    case 'errors':
      showErrors(world, open, action.errors);
      return;
  }
}

/** Slack takes errors for input blocks only. */
function showErrors(world: World, open: OpenView, errors: Readonly<Record<string, string>>): void {
  const inputs = open.blocks.filter(({ type }) => type === 'input').map(({ block_id }) => block_id);
  const unknown = Object.keys(errors).find((blockId) => !inputs.includes(blockId));
  if (unknown !== undefined || Object.keys(errors).length === 0) {
    const message = `errors must name input blocks, and ${unknown ?? 'at least one'} is missing`;
    throw new SlackError('invalid_errors', [{ pointer: '/errors', message }]);
  }
  world.views.change(open.id, { errors });
}

/** Closes the modal on top, or all of them if it clears on close. The bot hears of it if it asked to. @throws Refusal */
export async function closeView(
  world: World,
  user: SlackUser,
  open: OpenView | null,
): Promise<void> {
  const place = inView(world, user, open);
  if (!place.inModal || open === null) throw new Refusal('Only modals are closed.');
  const clears = open.view['clear_on_close'] === true;
  const payload = viewPayload(world.views.find(open.id) ?? open);
  world.views.close(user.id, clears);
  if (open.view['notify_on_close'] !== true) return;
  await world.bot.interaction({
    type: 'view_closed',
    ...payloadOf(user),
    view: payload,
    is_cleared: clears,
  });
}
