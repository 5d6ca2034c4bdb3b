import type {
  BlockAction,
  ButtonAction,
  SlackActionMiddlewareArgs,
  StaticSelectAction,
} from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { FollowUpAction } from '#domain/follow-ups/follow-up.ts';
import type { Queues } from '#ports/queues.ts';
import type { Respond } from '#slack/fallbacks.ts';
import { commandKey } from '#slack/idempotency.ts';
import {
  extendFormView,
  type FollowUpTarget,
  ignoreFormView,
  objectFormView,
} from '#slack/modals/follow-up-form.ts';
import type { OpenView } from '#slack/modals/open-request-form.ts';
import { replyToClick } from '#slack/reply-to.ts';
import { oldButtonMessage } from '#slack/views/apology.ts';
import { parseAssociation, parseFollowUp } from '#slack/views/follow-up-value.ts';

type Click = SlackActionMiddlewareArgs<BlockAction<ButtonAction>>;
type Choice = SlackActionMiddlewareArgs<BlockAction<StaticSelectAction>>;
interface Ports {
  readonly queues: Queues;
  readonly respond: Respond;
}

/** Approve, stop or accept on the click. Who may is decided later, on stored data. */
export function clickFollowUp(
  action: Extract<FollowUpAction, { do: 'approve' | 'stop' | 'accept' }>,
  { queues, respond }: Ports,
) {
  return async ({ ack, action: { value }, body }: Click): Promise<void> => {
    const followUpId = parseFollowUp(value);
    if (followUpId === null) await answerOld(respond, body);
    else await enqueue(queues, followUpId, action, body);
    await ack();
  };
}

/** The menu of configurations that a resource can be associated with. */
export function chooseAssociation({ queues, respond }: Ports) {
  return async ({ ack, action, body }: Choice): Promise<void> => {
    const chosen = parseAssociation(action.selected_option?.value);
    if (chosen === null) await answerOld(respond, body);
    else {
      const { followUpId, configurationArn } = chosen;
      await enqueue(queues, followUpId, { do: 'associate', configurationArn }, body);
    }
    await ack();
  };
}

const FORMS = {
  ignore: ignoreFormView,
  object: objectFormView,
  extend: extendFormView,
} as const satisfies Record<string, (target: FollowUpTarget) => ModalView>;

/** Ignore, Object and Extend ask for a reason first. */
export function openFollowUpForm(
  which: keyof typeof FORMS,
  { openView, respond }: { readonly openView: OpenView; readonly respond: Respond },
) {
  return async ({ ack, action, body }: Click): Promise<void> => {
    const followUpId = parseFollowUp(action.value);
    const channelId = replyToClick(body).channelId ?? '';
    if (followUpId === null) await answerOld(respond, body);
    else await openView(body.trigger_id, FORMS[which]({ followUpId, channelId }));
    await ack();
  };
}

async function enqueue(
  queues: Queues,
  followUpId: string,
  action: FollowUpAction,
  body: BlockAction,
): Promise<void> {
  const key = commandKey(action.do, body.trigger_id);
  const command = {
    kind: 'follow-up' as const,
    key,
    at: new Date(),
    followUpId,
    action,
    by: body.user.id,
    replyTo: replyToClick(body),
  };
  await queues.decide(command, `follow-up/${followUpId}`);
}

/** A value that no card of ours has is answered, and does nothing. */
async function answerOld(respond: Respond, body: BlockAction): Promise<void> {
  if (body.response_url) await respond(body.response_url, oldButtonMessage());
}
