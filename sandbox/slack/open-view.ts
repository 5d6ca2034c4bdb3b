import { withIds } from './block-kit/element-tree.ts';
import { type JsonObject, objectsIn } from './json.ts';
import { carriedState, initialState, type StateValues } from './view-state.ts';
import { APP, TEAM } from './workspace.ts';

/** A modal or Home as one person has it open. */
export interface OpenView {
  readonly id: string;
  readonly user: string;
  /** The view object of Slack's payloads, without `state`. */
  readonly view: JsonObject;
  readonly blocks: readonly JsonObject[];
  readonly state: StateValues;
  /** Messages under fields, by block_id. */
  readonly errors: Readonly<Record<string, string>>;
  /** What Slack's client says in the view when the app did not answer; null otherwise. */
  readonly notice: string | null;
}

/** A fresh identity for a view: its hash changes with every version. */
export interface ViewIds {
  readonly id: string;
  readonly hash: string;
  nextBlockId(): string;
}

/** The first version of a view; `below` is the modal that it is pushed upon. */
export function firstVersion(
  user: string,
  given: JsonObject,
  ids: ViewIds,
  below: OpenView | null,
): OpenView {
  const blocks = withIds(objectsIn(given['blocks']), ids.nextBlockId);
  const view = {
    ...DEFAULTS,
    ...given,
    id: ids.id,
    hash: ids.hash,
    blocks,
    previous_view_id: below?.id ?? null,
    root_view_id: below?.view['root_view_id'] ?? ids.id,
  };
  const state = initialState(blocks);
  return { id: ids.id, user, view, blocks, state, errors: {}, notice: null };
}

/** The next version of a view: what is entered stays in the fields that stay. */
export function nextVersion(old: OpenView, given: JsonObject, ids: ViewIds): OpenView {
  const next = firstVersion(old.user, given, ids, null);
  const { previous_view_id, root_view_id } = old.view;
  return {
    ...next,
    view: { ...next.view, previous_view_id, root_view_id },
    state: carriedState(next.blocks, old.state),
  };
}

/** The members that Slack fills in around what the app gave. */
const DEFAULTS: JsonObject = {
  team_id: TEAM.id,
  app_id: APP.id,
  app_installed_team_id: TEAM.id,
  bot_id: APP.botId,
  private_metadata: '',
  callback_id: '',
  external_id: '',
  clear_on_close: false,
  notify_on_close: false,
  close: null,
  submit: null,
  title: { type: 'plain_text', text: 'View Title', emoji: true },
};

/** The view as payloads and API answers carry it. */
export function viewPayload({ view, state }: OpenView): JsonObject {
  return { ...view, state: { values: state } };
}
