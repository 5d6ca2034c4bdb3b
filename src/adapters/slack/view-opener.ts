import type { ModalView } from '@slack/types';
import type { SlackWeb } from '#adapters/slack/slack-web.ts';

/** Opens forms. A trigger is good once and for three seconds. */
export function viewOpener(web: SlackWeb): (triggerId: string, view: ModalView) => Promise<void> {
  return async (triggerId, view) => {
    await web((client) => client.views.open({ trigger_id: triggerId, view }));
  };
}
