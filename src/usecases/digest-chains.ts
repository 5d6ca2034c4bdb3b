import {
  type DayHeads,
  DIGEST_STREAM,
  daysToDigest,
  digestEvent,
  headsHash,
  headsOf,
} from '#domain/audit/chain-digest.ts';
import type { OutboxMessage } from '#domain/jobs/outbox.ts';
import { NO_STEP } from '#domain/requests/change.ts';
import type { DigestLog } from '#ports/digest-log.ts';
import { type CommitPorts, decideAndCommit } from '#usecases/commit-change.ts';

export interface DigestPorts extends CommitPorts {
  readonly digests: DigestLog;
}

/**
 * Digest every day that is over and was not digested yet: each once, however often and late this
 * runs. The newest is posted, because it covers those before, unless nothing happened on any of them.
 */
export async function digestChains(ports: DigestPorts): Promise<void> {
  const newest = await ports.store.auditHead(DIGEST_STREAM);
  const days = daysToDigest(newest, ports.now());
  let anythingNew = false;
  for (const day of days) {
    const heads = headsOf(day, await ports.digests.audited(day));
    anythingNew ||= heads.heads.length > 0;
    await ports.digests.keep(headsHash(heads, ports.sha256), heads);
    await digestDay(ports, heads, anythingNew && day === days.at(-1));
  }
}

async function digestDay(ports: DigestPorts, heads: DayHeads, isPosted: boolean): Promise<void> {
  const { day } = heads;
  const messages: OutboxMessage[] = isPosted
    ? [{ queue: 'answers', message: { kind: 'chain-digest', day } }]
    : [];
  await decideAndCommit(ports, async () => {
    const last = await ports.store.auditHead(DIGEST_STREAM);
    // Another run was first.
    if (last !== null && String(last.details['day']) >= day) return null;
    return { ...NO_STEP, audit: [digestEvent(heads, ports.now(), ports.sha256)], messages };
  });
}
