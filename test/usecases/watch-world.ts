import type { DedicatedHost } from '#domain/estate/dedicated-host.ts';
import type { Instance } from '#domain/estate/instance.ts';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import type { Unrequested } from '#domain/follow-ups/follow-up.ts';
import type { CallEvent, InstanceStateEvent } from '#domain/follow-ups/launch-event.ts';
import { later } from '#domain/instant.ts';
import type { LaunchRequest } from '#domain/requests/launch-request.ts';
import { reconcileUsage } from '#usecases/reconcile-usage.ts';
import { type WatchPorts, watchEvent } from '#usecases/watch-event.ts';
import { ACCOUNT, anInstance, aPublishedPolicy, aShard, NOW, REGION, sha256 } from '../builders.ts';
import { memoryPolicies } from '../fakes/memory-policies.ts';
import { memoryQueues } from '../fakes/memory-queues.ts';
import { memorySnapshots } from '../fakes/memory-snapshots.ts';
import { memoryTable } from '../fakes/memory-table.ts';
import { memoryWatchMarks } from '../fakes/memory-watch-marks.ts';

export const SCOPE = { account: ACCOUNT, region: REGION };
export const JANE = { arn: `arn:aws:sts::${ACCOUNT}:assumed-role/Admin/jane`, name: 'jane' };

/** What EC2 shows, and functions/watch looking at it. Everything of one reservation unless said otherwise. */
export function watchWorld(shard: InventoryShard = aShard()) {
  const ec2 = {
    instances: [] as Instance[],
    hosts: [] as DedicatedHost[],
    /** How many more looks show nothing. */
    hidden: 0,
    reservationOf: (_instance: Instance) => 'r-1',
  };
  let at = NOW;
  let ids = 0;
  const now = () => at;
  const table = memoryTable({ now });
  const snapshots = memorySnapshots(shard);
  const { queues, sent } = memoryQueues();
  const dropped: string[] = [];
  const ports: WatchPorts = {
    store: table,
    outbox: table,
    requests: table,
    queues,
    snapshots,
    policies: memoryPolicies(aPublishedPolicy()),
    marks: memoryWatchMarks(),
    lookup: {
      async reservation(_scope, instanceId) {
        if (ec2.hidden > 0) {
          ec2.hidden -= 1;
          return null;
        }
        const named = ec2.instances.find((instance) => instance.instanceId === instanceId);
        if (named === undefined) return null;
        const id = ec2.reservationOf(named);
        const instances = ec2.instances.filter((one) => ec2.reservationOf(one) === id);
        return { id, instances };
      },
      instances: async (_scope, instanceIds) =>
        ec2.instances.filter(({ instanceId }) => instanceIds.includes(instanceId)),
      host: async (_scope, hostId) => ec2.hosts.find((host) => host.hostId === hostId) ?? null,
    },
    now,
    sha256,
    newId: () => `outbox-${ids++}`,
    pause: async () => undefined,
    dropped: (why, { account }) => {
      dropped.push(`${why} ${account}`);
    },
  };
  return {
    ports,
    ec2,
    table,
    dropped,
    cards: sent.answers,
    wait(ms: number) {
      at = later(at, ms);
    },
    see: (event: Partial<InstanceStateEvent> = {}) =>
      watchEvent(ports, {
        kind: 'instance-state',
        scope: SCOPE,
        instanceId: anInstance().instanceId,
        state: 'pending',
        at: NOW,
        ...event,
      }),
    hear: (call: Partial<CallEvent>) =>
      watchEvent(ports, {
        kind: 'call',
        scope: SCOPE,
        name: 'RunInstances',
        eventId: 'event-1',
        principal: JANE,
        instanceIds: [],
        hostIds: [],
        image: null,
        association: null,
        at: NOW,
        ...call,
      }),
    reconcile: () => reconcileUsage(ports),
    /** A collection has seen this. */
    async collected(changes: Partial<InventoryShard>) {
      const instances = { asOf: at, error: null, state: 'read' as const };
      const sources = { ...shard.sources, instances };
      await snapshots.put({ ...shard, ...changes, sources });
    },
    async requested(request: LaunchRequest) {
      await table.commit({
        request,
        ledgers: [],
        quotas: [],
        audit: [],
        outbox: null,
        notAfter: null,
      });
    },
    async found(): Promise<readonly Unrequested[]> {
      const all = new Set(
        sent.answers.flatMap((job) => (job.kind === 'follow-up-card' ? [job.followUpId] : [])),
      );
      const followUps = await Promise.all([...all].map((id) => table.followUp(id)));
      return followUps.flatMap((one) => (one?.kind === 'unrequested' ? [one] : []));
    },
  };
}
