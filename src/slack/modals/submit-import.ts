import type { SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import type { Queues } from '#ports/queues.ts';
import { commandKey } from '#slack/idempotency.ts';
import { directOr } from '#slack/reply-to.ts';
import { parseImportTarget } from '#slack/views/import-target.ts';
import { importView } from '#slack/views/import-view.ts';

type Submission = SlackViewMiddlewareArgs<ViewSubmitAction>;

/** The decision queue's group of everything about the register. */
export const REGISTER_GROUP = 'register';

/** A file was chosen: reading it is queued, and the form says so until the preview takes its place. */
export function submitImport({ queues }: { readonly queues: Queues }) {
  return async ({ ack, body, view }: Submission): Promise<void> => {
    const fileId = view.state.values['file']?.['file']?.files?.[0]?.id;
    const viewKey = view.external_id ?? '';
    if (fileId === undefined || viewKey === '') {
      return ack({ response_action: 'errors', errors: { file: 'Choose one CSV file.' } });
    }
    await queues.answer({
      kind: 'import-preview',
      key: commandKey('import-preview', `${view.id} ${fileId}`),
      viewKey,
      fileId,
      replyTo: directOr('', body.user.id),
    });
    return ack({
      response_action: 'update',
      view: importView(viewKey, { kind: 'reading' }),
    });
  };
}

/** The preview was confirmed. Who may, and whether it still holds, is decided on stored data. */
export function submitImportConfirmation({ queues }: { readonly queues: Queues }) {
  return async ({ ack, body, view }: Submission): Promise<void> => {
    const target = parseImportTarget(view.private_metadata);
    if (target === null) return ack({ response_action: 'update', view: TOO_OLD });
    const by = body.user.id;
    await queues.decide(
      {
        kind: 'import-register',
        key: commandKey('import-register', view.id),
        at: new Date(),
        ...target,
        by,
        replyTo: directOr('', by),
      },
      REGISTER_GROUP,
    );
    return ack({ response_action: 'clear' });
  };
}

const TOO_OLD = importView('', { kind: 'refused', why: { code: 'draft-missing' } });
