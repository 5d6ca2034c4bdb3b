import { CollectJob } from '#domain/jobs/collection-job.ts';
import { type Scope, scopeKey } from '#domain/scope.ts';
import { messagesSent, redeliver } from './redelivery.ts';
import type { SandboxClient } from './sandbox-client.ts';

/** Reads one account and Region once more, now: its job without the round, which has read it already. */
export async function collectAgain(client: SandboxClient, wanted: Scope): Promise<void> {
  for (const sent of await messagesSent(client)) {
    const job =
      sent.MessageBody.includes('"collect"') && CollectJob.parse(JSON.parse(sent.MessageBody));
    if (!job || scopeKey(job.scope) !== scopeKey(wanted)) continue;
    const { kind, scope } = job;
    return redeliver(client, { ...sent, MessageBody: JSON.stringify({ kind, scope }) }, 1);
  }
  throw new Error(`${scopeKey(wanted)} was never collected`);
}
