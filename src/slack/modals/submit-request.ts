import type { SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import type { Queues } from '#ports/queues.ts';
import { commandKey, requestIdOf } from '#slack/idempotency.ts';
import type { FieldErrors } from '#slack/modals/form-choice.ts';
import { readForm } from '#slack/modals/read-form.ts';
import type { Offers } from '#slack/options/offer-sources.ts';
import { directOr } from '#slack/reply-to.ts';
import { VIA_SLACK } from '#slack/via-slack.ts';
import { FORM_UNKNOWN } from '#slack/views/apology.ts';
import { parseFormTarget, parseStartingForm } from '#slack/views/form-target.ts';

interface Ports {
  readonly queues: Queues;
  readonly offers: Offers;
}
type Submission = SlackViewMiddlewareArgs<ViewSubmitAction>;

/**
 * A form that asks for something new came back. What is wrong is said under its field; else it is
 * queued and the form closes. The request's id follows from the form, so that a repeat is the same.
 */
export function submitRequest({ queues, offers }: Ports) {
  return async ({ ack, body, view }: Submission): Promise<void> => {
    const starting = parseStartingForm(view.private_metadata);
    const read = await readForm(view, offers, body.user.id);
    if (starting === null) return ack(errors({ reason: FORM_UNKNOWN }));
    if (!read.ok) return ack(errors(read.wrong));

    const by = body.user.id;
    await queues.decide(
      {
        kind: 'submit',
        key: commandKey('submit', view.id),
        at: new Date(),
        requestId: requestIdOf(body.team?.id ?? view.team_id, view.id),
        by,
        for: read.for ?? by,
        choice: read.choice,
        reason: read.reason,
        retryOf: starting.retryOf,
        ...VIA_SLACK,
        replyTo: directOr(starting.channelId, by),
      },
      read.choice.poolId,
    );
    return ack();
  };
}

/** A form that changes a request, or offers something else instead of it, came back. */
export function submitChange(kind: 'edit' | 'counter', { queues, offers }: Ports) {
  return async ({ ack, body, view }: Submission): Promise<void> => {
    const about = parseFormTarget(view.private_metadata);
    if (about === null) return ack(errors({ reason: FORM_UNKNOWN }));
    const read = await readForm(view, offers, body.user.id);
    if (!read.ok) return ack(errors(read.wrong));

    const { requestId, planHash, group } = about.target;
    await queues.decide(
      {
        kind,
        key: commandKey(kind, view.id),
        at: new Date(),
        requestId,
        planHash,
        by: body.user.id,
        choice: read.choice,
        reason: read.reason,
        ...VIA_SLACK,
        replyTo: directOr(about.channelId, body.user.id),
      },
      group,
    );
    return ack();
  };
}

function errors(fields: FieldErrors) {
  return { response_action: 'errors' as const, errors: { ...fields } };
}
