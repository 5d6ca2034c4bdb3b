import type { SlackWeb } from '#adapters/slack/slack-web.ts';
import type { CardPlace } from '#ports/notifier.ts';
import type { PlanFile } from '#ports/optimization-answers.ts';
import { DeliveryRefused, Unavailable } from '#src/errors.ts';

const TIMEOUT_MS = 10_000;

/** Upload a text file under a message. What Slack says where to put it is Slack's own word: it is followed to no redirect. */
export async function uploadText(
  web: SlackWeb,
  { name, text, title }: PlanFile,
  { channelId, ts }: CardPlace,
): Promise<void> {
  const bytes = new TextEncoder().encode(text);
  const { upload_url, file_id } = await web((client) =>
    client.files.getUploadURLExternal({ filename: name, length: bytes.length }),
  );
  if (upload_url === undefined || file_id === undefined) {
    throw new DeliveryRefused('Slack does not say where a file is uploaded to');
  }
  const response = await fetch(upload_url, {
    method: 'POST',
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_MS),
    headers: { 'content-type': 'application/octet-stream' },
    body: bytes,
  });
  await response.body?.cancel();
  if (!response.ok) throw new Unavailable(`Slack answers ${response.status} to an upload`);
  await web((client) =>
    client.files.completeUploadExternal({
      files: [{ id: file_id, title }],
      channel_id: channelId,
      thread_ts: ts,
    }),
  );
}
