import type { Queues } from '#ports/queues.ts';
import type { OpenView } from '#slack/modals/open-request-form.ts';
import { requestForm } from '#slack/modals/open-request-form.ts';
import { submitChange, submitRequest } from '#slack/modals/submit-request.ts';
import { launchOptions } from '#slack/options/launch-options.ts';
import { type OfferPorts, offersFrom } from '#slack/options/offer-sources.ts';
import type { SelectField } from '#slack/options/selects.ts';

/** The request forms, their selects and their submissions: all that reads policy and inventory. */
export function launchRequests(
  ports: OfferPorts & { readonly queues: Queues; readonly openView: OpenView },
) {
  const { queues, openView } = ports;
  const offers = offersFrom(ports);
  return {
    form: requestForm({ openView, queues, offers }),
    options: (field: SelectField) => launchOptions(field, offers),
    submit: submitRequest({ queues, offers }),
    edit: submitChange('edit', { queues, offers }),
    counter: submitChange('counter', { queues, offers }),
  };
}
