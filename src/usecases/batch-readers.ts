import type { DecisionCommand } from '#domain/jobs/decision-command.ts';
import { type Scope, scopeKey } from '#domain/scope.ts';
import type { DecisionStore } from '#ports/decision-store.ts';
import type { DecidePorts } from '#usecases/decide-request.ts';
import { readOnce } from '#usecases/read-once.ts';

type Readers = Pick<DecidePorts, 'people' | 'snapshots' | 'channels' | 'shown'>;

/** Who somebody is, what an account holds, who is in a channel: asked once for a whole batch. */
export function batchReaders({ people, snapshots, channels, shown }: Readers): Readers {
  return {
    people: { ...people, get: readOnce((id: string) => people.get(id)) },
    channels: { ...channels, isShared: readOnce((id: string) => channels.isShared(id)) },
    shown: { ...shown, newestHash: readOnce((id: string) => shown.newestHash(id)) },
    snapshots: {
      ...snapshots,
      shard: readOnce((scope: Scope) => snapshots.shard(scope), scopeKey),
      termsView: readOnce((scope: Scope) => snapshots.termsView(scope), scopeKey),
      launchRoleRefusedAt: readOnce((account: string) => snapshots.launchRoleRefusedAt(account)),
    },
  };
}

/** Begin to read what a command will need, while those before it are decided. */
export function readAhead(
  { people, channels, shown, snapshots }: Readers,
  store: DecisionStore,
  command: DecisionCommand,
): void {
  const reads: Promise<unknown>[] = [];
  if ('by' in command) reads.push(people.get(command.by));
  if ('replyTo' in command && command.replyTo.channelId !== null) {
    reads.push(channels.isShared(command.replyTo.channelId));
  }
  if ('requestId' in command) {
    const { requestId } = command;
    reads.push(shown.newestHash(requestId), store.auditTrail(`request/${requestId}`));
    reads.push(readAround(snapshots, store, command));
  }
  // Whoever comes to need it hears of a failure.
  for (const read of reads) read.catch(() => undefined);
}

/** A request, and what an approval of it is judged on. */
async function readAround(
  snapshots: Readers['snapshots'],
  store: DecisionStore,
  { kind, requestId }: Extract<DecisionCommand, { requestId: string }>,
): Promise<void> {
  const request = await store.request(requestId);
  if (request === null) return;
  const reads: Promise<unknown>[] = [store.quota(request.requestedBy)];
  if (kind === 'approve') {
    const { choice } = request;
    reads.push(snapshots.shard(choice), snapshots.termsView(choice));
    reads.push(snapshots.launchRoleRefusedAt(choice.account));
  }
  await Promise.all(reads);
}
