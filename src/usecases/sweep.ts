import { later, MINUTE_MS } from '#domain/instant.ts';
import { freeLicenses } from '#domain/licenses/position.ts';
import { decisionGroup } from '#domain/requests/decision-group.ts';
import type { LaunchRequest } from '#domain/requests/launch-request.ts';
import type { Queues } from '#ports/queues.ts';
import type { Outbox, RequestList } from '#ports/request-list.ts';
import type { PoolList } from '#ports/snapshots.ts';
import { sendAll } from '#usecases/commit-change.ts';

export interface SweepPorts {
  readonly requests: Pick<RequestList, 'due' | 'followUpsDue'>;
  readonly pools: PoolList;
  readonly outbox: Outbox;
  readonly queues: Queues;
  readonly now: () => Date;
}

/** The most of each kind in one minute; the rest waits for the next. */
const MOST = 200;

/**
 * Whatever is due: messages that were not sent, requests that are to be asked again or whose time is up,
 * launches to look after, follow-ups, waiting requests for which there is room. Decides nothing itself; repeats do no harm.
 */
export async function sweep(ports: SweepPorts): Promise<void> {
  const now = ports.now();
  await resend(ports, now);
  for (const request of await ports.requests.due(now, MOST)) await actOn(ports, request, now);
  await wakeFollowUps(ports, now);
  await promoteWaiting(ports, now);
}

async function resend({ outbox, queues }: SweepPorts, now: Date): Promise<void> {
  for (const { id, messages } of await outbox.unsent(later(now, -MINUTE_MS), MOST)) {
    await sendAll(queues, messages);
    await outbox.sent(id);
  }
}

async function actOn({ queues }: SweepPorts, request: LaunchRequest, at: Date): Promise<void> {
  const { id: requestId, generation, status } = request;
  if (status === 'launching' || status === 'unknown') {
    return queues.launch({ kind: 'reconcile', requestId, generation });
  }
  if (status === 'launched') {
    const { account, region } = request.plan;
    return queues.collect({ kind: 'collect', scope: { account, region } });
  }
  const kind = request.dueAt === null || at < request.dueAt ? 'remind' : 'expire';
  const key = `${kind}/${requestId}/${generation}/${minuteOf(at)}`;
  return queues.decide({ kind, key, at, requestId, generation }, decisionGroup(request));
}

async function wakeFollowUps({ requests, queues }: SweepPorts, at: Date): Promise<void> {
  for (const { id: followUpId, version } of await requests.followUpsDue(at, MOST)) {
    const key = `${followUpId}/${version}/${minuteOf(at)}`;
    const command = { kind: 'follow-up-due', key, at, followUpId } as const;
    await queues.decide(command, `follow-up/${followUpId}`);
  }
}

async function promoteWaiting({ pools, queues }: SweepPorts, at: Date): Promise<void> {
  for (const pool of await pools.pools()) {
    const { poolId, version, waiting } = pool;
    if (waiting.length === 0 || (freeLicenses(pool) ?? 1) <= 0) continue;
    await queues.decide({ kind: 'promote', key: `${poolId}/${version}`, at, poolId }, poolId);
  }
}

/** A repeat within the minute is the same command to the queue; a later one is another. */
function minuteOf(at: Date): string {
  return at.toISOString().slice(0, 16);
}
