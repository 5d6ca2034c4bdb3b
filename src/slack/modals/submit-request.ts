import type { SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import type { LaunchChoice } from '#domain/launch-plan.ts';
import type { Queues } from '#ports/queues.ts';
import { commandKey, requestIdOf } from '#slack/idempotency.ts';
import { fieldErrors, formValues } from '#slack/modals/form-values.ts';
import { LaunchForm } from '#slack/modals/launch-form.ts';
import { type FieldErrors, launchFormErrors } from '#slack/modals/launch-form-check.ts';
import { selectionOf } from '#slack/options/launch-options.ts';
import type { Offers } from '#slack/options/offer-sources.ts';
import { directOr } from '#slack/reply-to.ts';
import { VIA_SLACK } from '#slack/via-slack.ts';

/**
 * The request form came back. What is wrong is said under its field; else it is queued and the form
 * closes. The request's id follows from the form, so that a repeat is the same request.
 */
export function submitRequest(ports: { readonly queues: Queues; readonly offers: Offers }) {
  return async ({ ack, body, view }: SlackViewMiddlewareArgs<ViewSubmitAction>): Promise<void> => {
    const values = formValues(view);
    const parsed = LaunchForm.safeParse(values);
    if (!parsed.success) return ack(errors(fieldErrors(parsed.error)));
    const form = parsed.data;
    const offer = await ports.offers.offer(selectionOf(values), { fresh: true });
    const wrong = launchFormErrors(form, offer);
    if (Object.keys(wrong).length > 0) return ack(errors(wrong));

    const by = body.user.id;
    await ports.queues.decide(
      {
        kind: 'submit',
        key: commandKey('submit', view.id),
        at: new Date(),
        requestId: requestIdOf(body.team?.id ?? view.team_id, view.id),
        by,
        for: form.for ?? by,
        choice: choiceOf(form),
        reason: form.reason,
        retryOf: null,
        ...VIA_SLACK,
        replyTo: directOr(view.private_metadata, by),
      },
      form.pool,
    );
    return ack();
  };
}

function choiceOf(form: LaunchForm): LaunchChoice {
  return {
    account: form.account,
    region: form.region,
    poolId: form.pool,
    otherPoolIds: [],
    target: { operation: 'launch', launchTemplateId: form.launch_template },
    instanceType: form.instance_type,
    count: form.count,
    cores: form.cores,
    threadsPerCore: form.threads,
    hostId: null,
    until: null,
  };
}

function errors(fields: FieldErrors) {
  return { response_action: 'errors' as const, errors: { ...fields } };
}
