import type { Queues } from '#ports/queues.ts';
import type { OpenView } from '#slack/modals/open-request-form.ts';
import { requestForm } from '#slack/modals/open-request-form.ts';
import { submitRequest } from '#slack/modals/submit-request.ts';
import { launchOptions } from '#slack/options/launch-options.ts';
import type { SelectField } from '#slack/options/offer-options.ts';
import { type OfferPorts, offersFrom } from '#slack/options/offer-sources.ts';

/** The request form, its selects and its submission: all that reads policy and inventory. */
export function launchRequests(
  ports: OfferPorts & { readonly queues: Queues; readonly openView: OpenView },
) {
  const { queues, openView } = ports;
  const offers = offersFrom(ports);
  return {
    form: requestForm({ openView, offers }),
    options: (field: SelectField) => launchOptions(field, offers),
    submit: submitRequest({ queues, offers }),
  };
}
