import type { Queues } from '#ports/queues.ts';
import { commandKey } from '#slack/idempotency.ts';
import type { OpenView } from '#slack/modals/open-request-form.ts';
import { directOr } from '#slack/reply-to.ts';
import { importView } from '#slack/views/import-view.ts';

/** Opens the form of an import for a person. */
export type OpenImportForm = (triggerId: string, personId: string) => Promise<void>;

/** Opens an empty form at once; who the person is, and whether they may, is found out behind the queue. */
export function openImportForm(ports: {
  readonly openView: OpenView;
  readonly queues: Queues;
}): OpenImportForm {
  return async (triggerId, personId) => {
    const key = commandKey('import-form', triggerId);
    await ports.openView(triggerId, importView(key, { kind: 'opening' }));
    await ports.queues.answer({
      kind: 'import-form',
      key,
      viewKey: key,
      replyTo: directOr('', personId),
    });
  };
}
