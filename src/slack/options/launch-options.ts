import type { SlackOptionsMiddlewareArgs } from '@slack/bolt';
import { formValues } from '#slack/modals/form-values.ts';
import type { LaunchSelection } from '#slack/options/launch-offer.ts';
import { optionsFor, type SelectField } from '#slack/options/offer-options.ts';
import type { Offers } from '#slack/options/offer-sources.ts';

/** Answers one select of the request form, while somebody types into it. */
export function launchOptions(field: SelectField, offers: Offers) {
  return async ({
    options,
    ack,
  }: SlackOptionsMiddlewareArgs<'block_suggestion'>): Promise<void> => {
    const { view } = options;
    const chosen = view?.state === undefined ? {} : formValues(view);
    const offer = await offers.offer(selectionOf(chosen));
    await ack({ options: offer === null ? [] : optionsFor(field, offer, options.value) });
  };
}

/** What the form's selects hold. */
export function selectionOf(
  values: Readonly<Record<string, string | null | undefined>>,
): LaunchSelection {
  return {
    account: values['account'] ?? null,
    region: values['region'] ?? null,
    pool: values['pool'] ?? null,
    launchTemplate: values['launch_template'] ?? null,
  };
}
