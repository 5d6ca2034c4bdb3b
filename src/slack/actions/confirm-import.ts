import type { BlockAction, ButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import type { Queues } from '#ports/queues.ts';
import type { Respond } from '#slack/fallbacks.ts';
import { commandKey } from '#slack/idempotency.ts';
import { REGISTER_GROUP } from '#slack/modals/submit-import.ts';
import { replyToClick } from '#slack/reply-to.ts';
import { oldButtonMessage } from '#slack/views/apology.ts';
import { parseImportTarget } from '#slack/views/import-target.ts';

/** Confirm an import whose preview came as a message. Who may is decided later, on stored data. */
export function clickImport({
  queues,
  respond,
}: {
  readonly queues: Queues;
  readonly respond: Respond;
}) {
  return async ({
    ack,
    action,
    body,
  }: SlackActionMiddlewareArgs<BlockAction<ButtonAction>>): Promise<void> => {
    const target = parseImportTarget(action.value);
    const key = commandKey('import-register', body.trigger_id);
    const replyTo = replyToClick(body);
    if (target !== null) {
      await queues.decide(
        { kind: 'import-register', key, at: new Date(), ...target, by: body.user.id, replyTo },
        REGISTER_GROUP,
      );
    } else if (replyTo.responseUrl !== null) {
      await respond(replyTo.responseUrl, oldButtonMessage());
    }
    await ack();
  };
}
