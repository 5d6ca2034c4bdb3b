import type { Delivery } from '#slack/envelope.ts';
import { ephemeral } from '#slack/ephemeral.ts';
import { acknowledged, empty, type HttpResult } from '#slack/http.ts';
import type { OpenView } from '#slack/modals/open-request-form.ts';
import { failureMessage, failureView, oldButtonMessage } from '#slack/views/apology.ts';
import { helpMessage } from '#slack/views/help.ts';
import type { Message } from '#slack/views/message.ts';

/** Posts a message that one person sees, to a response URL that Slack gave; in place of what was clicked where it says so. */
export type Respond = (
  responseUrl: string,
  message: Message,
  replaces?: boolean,
) => Promise<unknown>;

/** What people get when no listener answers: never silence. */
export interface Fallbacks {
  /** Nobody listens for this: a button or form of another version. */
  unhandled(delivery: Delivery): Promise<HttpResult>;
  /** A listener failed, and nothing of what was asked is done. */
  failed(delivery: Delivery, reference: string): Promise<HttpResult>;
}

type Interaction = Extract<Delivery, { readonly kind: 'interaction' }>['body'];

const NOTHING_DONE = 'I could not take that on, and nothing was sent or changed.';

/** Answers in the shape that Slack shows for each kind of request. */
export function fallbacks(ports: {
  readonly respond: Respond;
  readonly openView: OpenView;
}): Fallbacks {
  return {
    async unhandled({ kind, body }) {
      if (kind === 'command') return acknowledged(ephemeral(helpMessage()));
      if (kind === 'interaction' && body.type === 'block_actions' && body.response_url) {
        await ports.respond(body.response_url, oldButtonMessage());
      }
      return empty(200);
    },

    async failed({ kind, body }, reference) {
      switch (kind) {
        case 'command':
          return acknowledged(ephemeral(failureMessage(NOTHING_DONE, reference)));
        case 'interaction':
          return failedInteraction(ports, body, reference);
        case 'event':
          return empty(500); // Slack sends events again
      }
    },
  };
}

async function failedInteraction(
  { respond, openView }: { readonly respond: Respond; readonly openView: OpenView },
  body: Interaction,
  reference: string,
): Promise<HttpResult> {
  switch (body.type) {
    case 'view_submission': {
      const { text } = failureMessage(NOTHING_DONE, reference);
      // A form with a field for it keeps what was typed.
      return 'reason' in body.view.state.values
        ? acknowledged({ response_action: 'errors', errors: { reason: text } })
        : acknowledged({ response_action: 'update', view: failureView(NOTHING_DONE, reference) });
    }
    case 'block_suggestion':
      return acknowledged({ options: [] });
    case 'block_actions':
      if (body.response_url) {
        await respond(body.response_url, failureMessage(NOTHING_DONE, reference));
      } else {
        await openView(body.trigger_id, failureView(NOTHING_DONE, reference));
      }
      return empty(200);
    case 'view_closed':
    case 'shortcut':
    case 'message_action':
      return empty(500);
  }
}
