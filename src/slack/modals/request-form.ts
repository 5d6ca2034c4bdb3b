import type { InputBlock, ModalView, PlainTextOption } from '@slack/types';
import { CALLBACK } from '#slack/views/action-ids.ts';
import { LIMITS } from '#slack/views/limits.ts';
import { context, type MessageBlock, plainText } from '#slack/views/message.ts';
import { mrkdwn } from '#slack/views/text.ts';

/** What the form shows when it opens. */
export interface InitialFields {
  readonly account: PlainTextOption | undefined;
  readonly region: PlainTextOption | undefined;
  readonly pool: PlainTextOption | undefined;
  readonly instanceType: PlainTextOption | undefined;
  readonly count: number | null;
  /** What the command named and policy does not offer. */
  readonly unknown: readonly string[];
}

/** The most instances that a form takes; policy may allow fewer. */
export const COUNT_MAXIMUM = 100;

/** The request form: one step, every field an input whose block_id is its action_id. */
export function requestFormView(initial: InitialFields, metadata: string): ModalView {
  const blocks: MessageBlock[] = [
    ...initial.unknown.map((what) => context(mrkdwn`Not found among what you may choose: ${what}`)),
    select('account', 'Account', 'Choose an account', initial.account),
    select('region', 'Region', 'Choose a Region', initial.region),
    select('pool', 'License pool', 'Choose a license pool', initial.pool),
    select('launch_template', 'Launch template', 'Choose a launch template', undefined),
    select('instance_type', 'Instance type', 'Choose an instance type', initial.instanceType),
    number('count', 'Instances', false, initial.count ?? 1),
    number('cores', 'Cores for each instance', true, null, 'Empty: the type’s default.'),
    number('threads', 'Threads for each core', true, null, 'Empty: the type’s default.'),
    {
      ...field('for', 'For whom', true, 'Empty: for yourself. Whom it is for may not approve it.'),
      element: {
        type: 'users_select',
        action_id: 'for',
        placeholder: plainText('Choose a person', LIMITS.placeholder),
      },
    },
    {
      ...field('reason', 'Reason', false, 'What it is for. Approvers see this.'),
      element: {
        type: 'plain_text_input',
        action_id: 'reason',
        multiline: true,
        min_length: 1,
        max_length: REASON_MAXIMUM,
      },
    },
  ];
  return {
    type: 'modal',
    callback_id: CALLBACK.request,
    private_metadata: metadata,
    title: plainText('Request a launch', LIMITS.modalTitle),
    submit: plainText('Request', LIMITS.modalTitle),
    close: plainText('Close', LIMITS.modalTitle),
    blocks,
  };
}

/** Code points of a reason that a form takes. */
export const REASON_MAXIMUM = 1000;

function select(
  id: string,
  label: string,
  placeholder: string,
  initial: PlainTextOption | undefined,
): InputBlock {
  return {
    ...field(id, label, false),
    element: {
      type: 'external_select',
      action_id: id,
      min_query_length: 0,
      placeholder: plainText(placeholder, LIMITS.placeholder),
      ...(initial === undefined ? {} : { initial_option: initial }),
    },
  };
}

function number(
  id: string,
  label: string,
  optional: boolean,
  initial: number | null,
  hint?: string,
): InputBlock {
  return {
    ...field(id, label, optional, hint),
    element: {
      type: 'number_input',
      action_id: id,
      is_decimal_allowed: false,
      min_value: '1',
      ...(id === 'count' ? { max_value: String(COUNT_MAXIMUM) } : {}),
      ...(initial === null ? {} : { initial_value: String(initial) }),
    },
  };
}

/** An input without its element. */
export function field(
  id: string,
  label: string,
  optional: boolean,
  hint?: string,
): Omit<InputBlock, 'element'> {
  return {
    type: 'input',
    block_id: id,
    optional,
    label: plainText(label, LIMITS.label),
    ...(hint === undefined ? {} : { hint: plainText(hint, LIMITS.hint) }),
  };
}
