import type { SlackOptionsMiddlewareArgs, ViewOutput } from '@slack/bolt';
import type { LaunchTarget } from '#domain/launch/launch-plan.ts';
import { formValues, isTicked } from '#slack/modals/form-values.ts';
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
    const { view, user } = options;
    const selection = selectionOf(view?.state && { ...view, state: view.state }, user.id);
    const offer = await offers.offer(selection);
    await ack({ options: offer === null ? [] : optionsFor(field, offer, options.value) });
  };
}

type Form = Pick<ViewOutput, 'callback_id' | 'state'>;

/** What a form is for, and what its selects hold. @param by who fills it in */
export function selectionOf(view: Form | undefined, by: string): LaunchSelection {
  const values = view === undefined ? {} : formValues(view);
  const callbackId = view?.callback_id;
  const { account, region, pool, launch_template, instance } = values;
  const isIncluded = view !== undefined && isTicked(view, 'license_included');
  const isOthers = callbackId === CALLBACK.edit || callbackId === CALLBACK.counter;
  return {
    operation: operationOf(values, callbackId),
    personId: isOthers ? null : by,
    account: account ?? null,
    region: region ?? null,
    pool: isIncluded ? null : (pool ?? null),
    launchTemplate: launch_template ?? null,
    instance: instance ?? null,
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
