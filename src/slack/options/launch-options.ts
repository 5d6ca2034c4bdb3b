import type { SlackOptionsMiddlewareArgs } from '@slack/bolt';
import type { LaunchTarget } from '#domain/launch/launch-plan.ts';
import { formValues } from '#slack/modals/form-values.ts';
import type { LaunchSelection } from '#slack/options/launch-offer.ts';
import { optionsFor } from '#slack/options/offer-options.ts';
import type { Offers } from '#slack/options/offer-sources.ts';
import type { SelectField } from '#slack/options/selects.ts';
import { CALLBACK } from '#slack/views/action-ids.ts';

/** Answers one select of the request form, while somebody types into it. */
export function launchOptions(field: SelectField, offers: Offers) {
  return async ({
    options,
    ack,
  }: SlackOptionsMiddlewareArgs<'block_suggestion'>): Promise<void> => {
    const { view } = options;
    const chosen = view?.state === undefined ? {} : formValues(view);
    const offer = await offers.offer(selectionOf(chosen, view?.callback_id));
    await ack({ options: offer === null ? [] : optionsFor(field, offer, options.value) });
  };
}

/** What the form's selects hold. */
export function selectionOf(
  values: Readonly<Record<string, string | null | undefined>>,
  callbackId?: string,
): LaunchSelection {
  const operation = operationOf(values, callbackId);
  return {
    account: values['account'] ?? null,
    region: values['region'] ?? null,
    pool: values['pool'] ?? null,
    launchTemplate: values['launch_template'] ?? null,
    instance:
      operation === 'launch' || operation === 'scale'
        ? null
        : { operation, instanceId: values['instance'] ?? null },
  };
}

/** What a form is for: those that change a request have the fields of its operation. */
export function operationOf(
  values: Readonly<Record<string, unknown>>,
  callbackId?: string,
): LaunchTarget['operation'] {
  if (callbackId === CALLBACK.start || callbackId === CALLBACK.resize) {
    return callbackId === CALLBACK.start ? 'start' : 'resize';
  }
  if (callbackId === CALLBACK.scale || 'group' in values) return 'scale';
  if (!('instance' in values)) return 'launch';
  return 'instance_type' in values ? 'resize' : 'start';
}
