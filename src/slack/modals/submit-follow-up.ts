import type { SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import type { FollowUpAction } from '#domain/follow-ups/follow-up.ts';
import { DAY_MS, later } from '#domain/instant.ts';
import type { Queues } from '#ports/queues.ts';
import { commandKey } from '#slack/idempotency.ts';
import { parseFollowUpTarget } from '#slack/modals/follow-up-form.ts';
import { formValues } from '#slack/modals/form-values.ts';
import { directOr } from '#slack/reply-to.ts';

type Submission = SlackViewMiddlewareArgs<ViewSubmitAction>;
type Values = Readonly<Record<string, string | null>>;

/** What a form says, or what is wrong in it, by field. */
type Read = { readonly action: FollowUpAction } | { readonly errors: Record<string, string> };

/** The form behind Ignore came back. */
export function submitIgnore({ queues }: { readonly queues: Queues }) {
  return submitForm(queues, readDated('ignore'));
}

/** The form behind Extend came back. */
export function submitExtension({ queues }: { readonly queues: Queues }) {
  return submitForm(queues, readDated('extend'));
}

/** The form behind Object came back. */
export function submitObjection({ queues }: { readonly queues: Queues }) {
  return submitForm(queues, (values) => {
    const reason = reasonIn(values);
    return reason === ''
      ? { errors: { reason: REASON_MISSING } }
      : { action: { do: 'object', reason } };
  });
}

function readDated(what: 'ignore' | 'extend') {
  return (values: Values): Read => {
    const reason = reasonIn(values);
    const until = new Date(`${values['until'] ?? ''}T00:00:00Z`);
    const now = new Date();
    const errors = {
      ...(until > now && until <= later(now, LONGEST_MS) ? {} : { until: DATE_WRONG }),
      ...(reason === '' ? { reason: REASON_MISSING } : {}),
    };
    return Object.keys(errors).length > 0 ? { errors } : { action: { do: what, until, reason } };
  };
}

function submitForm(queues: Queues, read: (values: Values) => Read) {
  return async ({ ack, body, view }: Submission): Promise<void> => {
    const target = parseFollowUpTarget(view.private_metadata);
    const result = target === null ? { errors: { reason: FORM_UNKNOWN } } : read(formValues(view));
    if (target === null || 'errors' in result) {
      return ack({ response_action: 'errors', errors: 'errors' in result ? result.errors : {} });
    }
    const { followUpId, channelId } = target;
    await queues.decide(
      {
        kind: 'follow-up',
        key: commandKey(result.action.do, view.id),
        at: new Date(),
        followUpId,
        action: result.action,
        by: body.user.id,
        replyTo: directOr(channelId, body.user.id),
      },
      `follow-up/${followUpId}`,
    );
    return ack();
  };
}

function reasonIn(values: Values): string {
  return values['reason']?.trim() ?? '';
}

/** A year: what is right for longer is approved. */
const LONGEST_MS = 365 * DAY_MS;
const DATE_WRONG = 'Choose a day after today, at most a year from now.';
const REASON_MISSING = 'Say why, so that others understand it later.';
const FORM_UNKNOWN = 'This form is too old. Nothing was done. Please use the newest card.';
