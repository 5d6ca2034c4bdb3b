import type { SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { dayOf } from '#domain/calendar-date.ts';
import { DAY_MS, later } from '#domain/instant.ts';
import type { RecommendationAction } from '#domain/optimization/follow/recommendation-command.ts';
import type { Queues } from '#ports/queues.ts';
import { formValues } from '#slack/modals/form-values.ts';
import { recommendationCommand, recommendationGroup } from '#slack/recommendation-command.ts';
import { directOr } from '#slack/reply-to.ts';
import { CALLBACK } from '#slack/views/action-ids.ts';
import { FORM_UNKNOWN } from '#slack/views/apology.ts';
import { field, words } from '#slack/views/form-field.ts';
import { LIMITS } from '#slack/views/limits.ts';
import { context, plainText } from '#slack/views/message.ts';
import { parseRecommendation } from '#slack/views/optimization-value.ts';
import { mrkdwn } from '#slack/views/text.ts';

/** Which recommendation a form is about, and where its answer goes. */
export interface RecommendationFormTarget {
  readonly recommendationId: string;
  /** Empty: a direct message. */
  readonly channelId: string;
}

/** The form behind Dismiss: why. */
export function dismissForm(target: RecommendationFormTarget): ModalView {
  return form(target, {
    callbackId: CALLBACK.dismissRecommendation,
    title: 'Dismiss this',
    submit: 'Dismiss',
    input: words('reason', 'Reason', 'Why not. Others who look at it see this.', null),
  });
}

/** The form behind Snooze: until when. */
export function snoozeForm(target: RecommendationFormTarget): ModalView {
  return form(target, {
    callbackId: CALLBACK.snoozeRecommendation,
    title: 'Snooze this',
    submit: 'Snooze',
    input: {
      ...field(
        'until',
        'Until',
        false,
        'It comes back on this day, in UTC. At most a year from now.',
      ),
      element: { type: 'datepicker', action_id: 'until' },
    },
  });
}

function form(
  { recommendationId, channelId }: RecommendationFormTarget,
  {
    callbackId,
    title,
    submit,
    input,
  }: {
    readonly callbackId: string;
    readonly title: string;
    readonly submit: string;
    readonly input: ModalView['blocks'][number];
  },
): ModalView {
  return {
    type: 'modal',
    callback_id: callbackId,
    private_metadata: `${channelId} ${recommendationId}`,
    title: plainText(title, LIMITS.modalTitle),
    submit: plainText(submit, LIMITS.modalTitle),
    close: plainText('Close', LIMITS.modalTitle),
    blocks: [input, context(mrkdwn`Recommendation ${recommendationId}`)],
  };
}

type Values = Readonly<Record<string, string | null>>;
type Read = { readonly action: RecommendationAction } | { readonly wrong: string };

/** The form behind Dismiss came back. */
export function submitDismissal(ports: { readonly queues: Queues }) {
  return submit(ports, 'reason', (values) => {
    const reason = values['reason']?.trim() ?? '';
    return reason === ''
      ? { wrong: 'Say why not, so that others understand it later.' }
      : { action: { do: 'dismiss', reason } };
  });
}

/** A year: what is wrong for longer is dismissed. */
const LONGEST_MS = 365 * DAY_MS;

/** The form behind Snooze came back. */
export function submitSnooze(ports: { readonly queues: Queues }) {
  return submit(ports, 'until', (values) => {
    const until = values['until'] ?? '';
    const now = new Date();
    const isGood = until > dayOf(now) && until <= dayOf(later(now, LONGEST_MS));
    return isGood
      ? { action: { do: 'snooze', until } }
      : { wrong: 'Choose a day after today, at most a year from now.' };
  });
}

function submit(
  { queues }: { readonly queues: Queues },
  inputField: string,
  read: (values: Values) => Read,
) {
  return async ({ ack, body, view }: SlackViewMiddlewareArgs<ViewSubmitAction>): Promise<void> => {
    const [channelId = '', value] = view.private_metadata.split(' ');
    const target = parseRecommendation(value);
    const result = target === null ? { wrong: FORM_UNKNOWN } : read(formValues(view));
    if (target === null || 'wrong' in result) {
      const wrong = 'wrong' in result ? result.wrong : FORM_UNKNOWN;
      return ack({ response_action: 'errors', errors: { [inputField]: wrong } });
    }
    const { recommendationId } = target;
    const by = { id: view.id, personId: body.user.id, replyTo: directOr(channelId, body.user.id) };
    await queues.decide(
      recommendationCommand(recommendationId, result.action, by),
      recommendationGroup(recommendationId),
    );
    return ack();
  };
}
