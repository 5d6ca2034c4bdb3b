import type {
  BlockAction,
  ButtonAction,
  SlackActionMiddlewareArgs,
  StaticSelectAction,
  ViewOutput,
} from '@slack/bolt';
import type { Queues } from '#ports/queues.ts';
import type { Respond } from '#slack/fallbacks.ts';
import { commandKey } from '#slack/idempotency.ts';
import { openFormFor } from '#slack/modals/open-form-for.ts';
import type { OpenView } from '#slack/modals/open-request-form.ts';
import { directOr, replyToClick } from '#slack/reply-to.ts';
import { VIA_SLACK } from '#slack/via-slack.ts';
import { CALLBACK } from '#slack/views/action-ids.ts';
import { oldButtonMessage } from '#slack/views/apology.ts';
import { type ButtonTarget, parseButtonValue } from '#slack/views/button-value.ts';
import { parseFormTarget, parseStartingForm } from '#slack/views/form-target.ts';
import { type ReasonForm, reasonFormView } from '#slack/views/reason-forms.ts';

type Click = SlackActionMiddlewareArgs<BlockAction<ButtonAction>>;

interface FormPorts {
  readonly openView: OpenView;
  readonly queues: Queues;
  readonly respond: Respond;
}

/** Decided on the click. Who may is decided later, on stored data. */
export function clickDecision(
  kind: 'approve' | 'cancel' | 'accept' | 'decline',
  { queues, respond }: { readonly queues: Queues; readonly respond: Respond },
) {
  return onTarget(respond, async (target, body) => {
    const command = {
      kind,
      key: commandKey(kind, body.trigger_id),
      at: new Date(),
      requestId: target.requestId,
      planHash: target.planHash,
      by: body.user.id,
      ...VIA_SLACK,
      replyTo: replyToClick(body),
    };
    await queues.decide(command, target.group);
  });
}

/** Deny, Override and Add a note ask for words first. */
export function clickReason(
  form: ReasonForm,
  { openView, respond }: Pick<FormPorts, 'openView' | 'respond'>,
) {
  return onTarget(respond, (target, body) => {
    const channelId = replyToClick(body).channelId ?? '';
    return openView(body.trigger_id, reasonFormView(form, { target, channelId }));
  });
}

/** Edit, Offer something else and Ask again open the request's own form, filled from what is stored. */
export function clickForm(kind: 'edit' | 'counter' | 'again', ports: FormPorts) {
  return onTarget(ports.respond, ({ requestId }, body) => {
    const purpose = { kind, requestId, alternative: null };
    return openFormFor(ports, body.trigger_id, purpose, directReply(body));
  });
}

/** One of the alternatives in a request's own form: the form is filled with it. */
export function chooseAlternative({ queues }: Pick<FormPorts, 'queues'>) {
  return async ({
    ack,
    action,
    body,
  }: SlackActionMiddlewareArgs<BlockAction<StaticSelectAction>>): Promise<void> => {
    const { view } = body;
    const about = view === undefined ? null : formAbout(view);
    const alternative = /^\d{1,2}$/.exec(action.selected_option.value)?.[0];
    if (about !== null && alternative !== undefined && view?.external_id) {
      const { kind, requestId, channelId } = about;
      await queues.answer({
        kind: 'request-form',
        key: commandKey('request-form', body.trigger_id),
        viewKey: view.external_id,
        purpose: { kind, requestId, alternative: Number(alternative) },
        replyTo: directOr(channelId, body.user.id),
      });
    }
    await ack();
  };
}

/** Which request a form was filled from, and what for; `null` when it is none of these forms. */
function formAbout({ callback_id, private_metadata }: ViewOutput) {
  if (callback_id === CALLBACK.edit || callback_id === CALLBACK.counter) {
    const about = parseFormTarget(private_metadata);
    const kind = callback_id === CALLBACK.edit ? ('edit' as const) : ('counter' as const);
    return about && { kind, requestId: about.target.requestId, channelId: about.channelId };
  }
  const starting = parseStartingForm(private_metadata);
  if (starting === null || starting.retryOf === null) return null;
  return { kind: 'again' as const, requestId: starting.retryOf, channelId: starting.channelId };
}

/** Forms outlive the response URL of the click that opened them. */
function directReply(body: BlockAction) {
  return { ...replyToClick(body), responseUrl: null };
}

/** Reads what a button carries; a value that no card of ours has is answered, and does nothing. */
function onTarget(
  respond: Respond,
  act: (target: ButtonTarget, body: BlockAction) => Promise<void>,
) {
  return async ({ ack, action, body }: Click): Promise<void> => {
    const target = parseButtonValue(action.value);
    if (target !== null) await act(target, body);
    else if (body.response_url) await respond(body.response_url, oldButtonMessage());
    await ack();
  };
}
