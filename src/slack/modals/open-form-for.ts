import type { FormPurpose } from '#domain/jobs/form-purpose.ts';
import type { ReplyTo } from '#domain/jobs/reply-to.ts';
import type { Queues } from '#ports/queues.ts';
import { commandKey } from '#slack/idempotency.ts';
import type { OpenView } from '#slack/modals/open-request-form.ts';
import { waitingForm } from '#slack/views/waiting-form.ts';

/** Opens an empty form for a purpose; it is filled behind the queue, from what is stored. */
export async function openFormFor(
  ports: { readonly openView: OpenView; readonly queues: Queues },
  triggerId: string,
  purpose: FormPurpose,
  replyTo: ReplyTo,
): Promise<void> {
  const viewKey = commandKey('request-form', triggerId);
  await ports.openView(triggerId, waitingForm(viewKey));
  await ports.queues.answer({ kind: 'request-form', key: viewKey, viewKey, purpose, replyTo });
}
