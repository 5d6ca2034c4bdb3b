import type { AnyBlock } from '@slack/types';
import { WebAPIPlatformError } from '@slack/web-api';
import { aModal, workbench } from './workbench.ts';

/** The id of #licenses. */
export const LICENSES = 'C0LICENSES';

/** A slash command that somebody types. */
export const usage = { user: 'requester', channel: 'licenses', text: '/license usage SQL' };

/** A bench whose bot opens a modal at every slash command, and answers submissions as told. */
export async function withModal(view = aModal(), submission: unknown = '') {
  const bench = workbench();
  bench.bot.answer = async ({ body }) => {
    if (body.command === undefined) return submission;
    await bench.web.views.open({ trigger_id: body.trigger_id, view });
    return '';
  };
  const state = await bench.post('command', usage);
  const view_id = String(state.views['requester']?.id);
  const submit = (value: string | null, field = 'reason') =>
    bench.post('submit', {
      user: 'requester',
      view_id,
      values: { [field]: { [field]: { type: 'plain_text_input', value } } },
    });
  return { ...bench, view_id, submit };
}

/** A bench with a message of the bot in #licenses. */
export async function withMessage(blocks: AnyBlock[]) {
  const bench = workbench();
  const { ts } = await bench.web.chat.postMessage({
    channel: LICENSES,
    text: 'x',
    blocks,
  });
  const at = { channel: 'licenses', message_ts: String(ts) };
  return { ...bench, at };
}

/** An actions block. */
export const actions = (...elements: object[]): AnyBlock => {
  return Object.assign({ type: 'actions', block_id: 'acts' }, { elements });
};

/** The `data` of the error that a call ends with. */
export async function refusal(call: Promise<unknown>) {
  const error = await call.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof WebAPIPlatformError) return error.data;
  throw new Error(`expected a refusal, got ${String(error)}`);
}

/** A text input as it is written. */
export function input(action_id: string) {
  return { type: 'plain_text_input', action_id } as const;
}
