import type { BlockAction, SlackActionMiddlewareArgs, SlackEventMiddlewareArgs } from '@slack/bolt';
import type { Queues } from '#ports/queues.ts';
import { NO_PREFILL } from '#slack/commands/license-command.ts';
import type { RequestForm } from '#slack/modals/open-request-form.ts';
import { directOr } from '#slack/reply-to.ts';

/** App Home is drawn when somebody opens it. */
export function homeOpened({ queues }: { readonly queues: Queues }) {
  return async ({ event }: SlackEventMiddlewareArgs<'app_home_opened'>): Promise<void> => {
    if (event.tab === 'home') await queues.answer({ kind: 'home', personId: event.user });
  };
}

/** The Refresh button of App Home. */
export function refreshHome({ queues }: { readonly queues: Queues }) {
  return async ({ ack, body }: SlackActionMiddlewareArgs<BlockAction>): Promise<void> => {
    await queues.answer({ kind: 'home', personId: body.user.id });
    await ack();
  };
}

/** The Request button of App Home: the form, whose answers go to direct messages. */
export function openRequest({ requestForm }: { readonly requestForm: RequestForm }) {
  return async ({ ack, body }: SlackActionMiddlewareArgs<BlockAction>): Promise<void> => {
    await requestForm.open(body.trigger_id, directOr('', body.user.id), NO_PREFILL);
    await ack();
  };
}
