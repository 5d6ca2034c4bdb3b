import { describe, expect, it } from 'vitest';
import { type InventoryShard, InventorySource } from '#domain/estate/inventory.ts';
import { HOUR_MS, later, MINUTE_MS } from '#domain/instant.ts';
import type { CollectJob } from '#domain/jobs/collection-job.ts';
import { OutOfTime } from '#src/errors.ts';
import { type CollectPorts, collectScope } from '#usecases/collect-scope.ts';
import {
  ACCOUNT,
  aConfiguration,
  anInstance,
  aPublishedPolicy,
  aTemplate,
  aUsage,
  NOW,
  poolId,
  REGION,
  sha256,
} from '../builders.ts';
import { awsError, inventorySources } from '../fakes/inventory-sources.ts';
import { memoryPolicies } from '../fakes/memory-policies.ts';
import { memoryQueues } from '../fakes/memory-queues.ts';
import { memorySnapshots } from '../fakes/memory-snapshots.ts';
import { memoryTable } from '../fakes/memory-table.ts';

const SCOPE = { account: ACCOUNT, region: REGION };
const JOB: CollectJob = { kind: 'collect', scope: SCOPE, round: NOW };
const SERVER = {
  id: 'mi-0000000000000000a',
  computerName: null,
  platformName: 'Windows',
  platformVersion: null,
  pingStatus: 'Online',
  lastPingAt: null,
  applications: [
    {
      name: 'Microsoft SQL Server 2019 (64-bit)',
      publisher: 'Microsoft Corporation',
      version: '15',
    },
    { name: 'Payroll Pro', publisher: 'Us', version: '1' },
    { name: 'Google Chrome', publisher: 'Google LLC', version: '1' },
  ],
  sqlServers: [],
  hardware: null,
};
const CONTENTS: Partial<InventoryShard> = {
  configurations: [aConfiguration({ consumed: 8 }), aConfiguration({ digit: '2' })],
  usage: [aUsage()],
  instances: [anInstance()],
  launchTemplates: [aTemplate()],
  managedServers: [SERVER],
};

/** One account and Region, calls of a second each, and as much time a run as is said. */
function world({ callsARun = Number.POSITIVE_INFINITY, policy = aPublishedPolicy() } = {}) {
  let now = NOW;
  let left = callsARun;
  const calls: string[] = [];
  const failing = new Map<string, string>();
  const { queues, sent } = memoryQueues();
  const snapshots = memorySnapshots();
  const table = memoryTable({ now: () => now });
  let contents = CONTENTS;
  let meanwhile = async () => {};
  const sources = inventorySources(
    () => contents,
    async (_scope, service, operation) => {
      if (left <= 0) throw new OutOfTime('No time is left for another call');
      left -= 1;
      calls.push(operation);
      await meanwhile();
      const error = failing.get(operation) ?? failing.get(service) ?? failing.get('*');
      if (error !== undefined) throw awsError(error);
    },
    SCOPE,
  );
  const stops: (Date | null)[] = [];
  const ports: CollectPorts = {
    ...sources,
    snapshots,
    queues,
    store: table,
    requests: table,
    outbox: table,
    policies: memoryPolicies(policy),
    stopAt: (until) => stops.push(until),
    now: () => now,
    sha256,
    newId: () => crypto.randomUUID(),
  };
  async function run(job: CollectJob, until: Date | null = null): Promise<void> {
    left = callsARun;
    await collectScope(ports, job, until);
  }
  return {
    ports,
    snapshots,
    table,
    stops,
    run,
    /** Runs the job, and whatever comes back to the queue, until nothing does. */
    async settle(job: CollectJob) {
      let runs = 0;
      for (let next: CollectJob | undefined = job; next !== undefined; runs += 1) {
        await run(next, later(NOW, HOUR_MS));
        next = sent.collections.filter((sending) => sending.kind === 'collect').pop();
        sent.collections.splice(0);
      }
      return runs;
    },
    shard: () => snapshots.shard(SCOPE),
    sent,
    fails: (call: string, name: string) => failing.set(call, name),
    heals: () => failing.clear(),
    advance: (ms: number) => {
      now = later(now, ms);
    },
    holds: (next: Partial<InventoryShard>) => {
      contents = next;
    },
    meanwhile: (does: () => Promise<void>) => {
      meanwhile = does;
    },
    /** What was called since the last time. */
    calls: () => calls.splice(0).toSorted(),
  };
}

describe('a collection', () => {
  it('keeps what it read and brings the ledgers up to date', async () => {
    const { run, shard, table, sent } = world();
    await run(JOB);

    expect(await shard()).toMatchObject({ configurations: CONTENTS.configurations });
    expect(table.peekLedgers()).toMatchObject([
      { poolId: poolId('1'), consumed: 8, asOf: NOW },
      { poolId: poolId('2'), consumed: 0, asOf: NOW },
    ]);
    expect(sent.collections).toEqual([]);
  });

  it('tells pacing until when it may call', async () => {
    const { run, stops } = world();
    await run(JOB, later(NOW, HOUR_MS));

    expect(stops).toEqual([later(NOW, HOUR_MS)]);
  });

  it('keeps of the software on servers what may need a license, by the policy in force too', async () => {
    const payroll = {
      id: 'payroll',
      name: 'Payroll',
      vendor: 'Us',
      installedAs: ['Payroll*'],
      counts: 'core',
      source: 'contract 7',
      asOf: '2026-01-01',
    };
    const names = async (licensing: object) => {
      const { run, shard } = world({ policy: aPublishedPolicy({ licensing }) });
      await run(JOB);
      const [server] = (await shard())?.managedServers ?? [];
      return server?.applications.map(({ name }) => name);
    };

    expect(await names({})).toEqual(['Microsoft SQL Server 2019 (64-bit)']);
    expect(await names({ products: [payroll] })).toEqual([
      'Microsoft SQL Server 2019 (64-bit)',
      'Payroll Pro',
    ]);
  });

  it('delivered twice makes no call twice', async () => {
    const { run, calls, shard } = world();
    await run(JOB);
    expect(calls().length).toBeGreaterThan(0);
    const first = await shard();
    await run(JOB);

    expect(calls()).toEqual([]);
    expect(await shard()).toBe(first);
  });

  it('of an older round makes no call after a newer one', async () => {
    const { run, calls, advance } = world();
    advance(10 * MINUTE_MS);
    await run({ ...JOB, round: later(NOW, 10 * MINUTE_MS) });
    calls();
    await run(JOB);

    expect(calls()).toEqual([]);
  });

  it('without a round reads everything that the moment has not brought', async () => {
    const { run, calls, advance } = world();
    await run(JOB);
    calls();
    advance(1);
    await run({ kind: 'collect', scope: SCOPE });

    expect(calls()).toContain('DescribeInstances');
  });

  it('of a round from a clock ahead of ours ends all the same', async () => {
    const { run, sent, calls } = world();
    await run({ ...JOB, round: later(NOW, HOUR_MS) });
    expect(sent.collections).toEqual([]);
    calls();
    await run(JOB);

    expect(calls()).toEqual([]);
  });

  it.each([4, 6, 8, 12, 16, 100])(
    'with time for %i calls comes back to the queue until every source is read',
    async (callsARun) => {
      const whole = world();
      await whole.run(JOB);
      const fewest = whole.calls();
      const { settle, calls, shard } = world({ callsARun });
      const runs = await settle(JOB);
      const made = calls();

      const sources = Object.values((await shard())?.sources ?? {});
      expect(sources.map(({ state }) => state)).toEqual(sources.map(() => 'read'));
      expect(sources).toHaveLength(InventorySource.options.length);
      expect(new Set(made)).toEqual(new Set(fewest));
      expect(runs).toBeLessThanOrEqual(Math.ceil((2 * fewest.length) / callsARun));
      // Twice is called only what was under way when the time was over.
      expect(made.length - fewest.length).toBeLessThanOrEqual(2 * (runs - 1));
    },
  );

  it('carries the start of its round back to the queue', async () => {
    const { run, sent } = world({ callsARun: 8 });
    await run(JOB, later(NOW, HOUR_MS));

    expect(sent.collections).toEqual([{ kind: 'collect', scope: SCOPE, round: NOW }]);
  });

  it('gives up what a whole run is not enough for, and says so', async () => {
    const { run, sent, shard } = world({ callsARun: 0 });
    await run(JOB, later(NOW, HOUR_MS));

    expect(sent.collections).toEqual([]);
    expect((await shard())?.sources.instances).toEqual({
      asOf: null,
      error: 'OutOfTime',
      state: 'failed',
      triedAt: NOW,
    });
  });

  it('in an account that refuses its role calls each service and keeps what it had', async () => {
    const { run, fails, advance, shard, table } = world();
    await run(JOB);
    fails('*', 'AccessDenied');
    advance(5 * MINUTE_MS);
    const round = later(NOW, 5 * MINUTE_MS);
    await run({ ...JOB, round });

    const after = await shard();
    expect(after?.instances).toHaveLength(1);
    expect(after?.sources.instances).toEqual({
      asOf: NOW,
      error: 'AccessDenied',
      state: 'refused',
      triedAt: round,
    });
    expect(table.peekLedgers()).toMatchObject([{ asOf: NOW }, { asOf: NOW }]);
  });

  it('throttled for long fails what was throttled and reads the rest', async () => {
    const { run, fails, heals, advance, shard } = world();
    fails('license-manager', 'RateLimitExceededException');
    await run(JOB);
    const throttled = await shard();
    heals();
    advance(5 * MINUTE_MS);
    await run({ ...JOB, round: later(NOW, 5 * MINUTE_MS) });

    expect(throttled?.sources['license-usage']).toMatchObject({
      state: 'failed',
      error: 'RateLimitExceededException',
    });
    expect(throttled?.sources.instances).toMatchObject({ state: 'read' });
    expect(Object.values((await shard())?.sources ?? {}).map(({ state }) => state)).toEqual(
      InventorySource.options.map(() => 'read'),
    );
  });

  it('does not bring figures back that another one read later meanwhile', async () => {
    const slow = world({ callsARun: 8 });
    const { ports, snapshots } = slow;
    let done = false;
    slow.meanwhile(async () => {
      if (done) return;
      done = true;
      // By then every source that nothing else waits for is under way.
      await new Promise(setImmediate);
      slow.advance(10 * MINUTE_MS);
      const newer = inventorySources(
        () => ({ ...CONTENTS, instances: [anInstance({ instanceId: 'i-newer' })] }),
        async () => {},
      );
      const round = later(NOW, 10 * MINUTE_MS);
      await collectScope({ ...ports, ...newer }, { ...JOB, round }, null);
    });
    await slow.run(JOB, later(NOW, HOUR_MS));

    expect((await snapshots.shard(SCOPE))?.instances).toMatchObject([{ instanceId: 'i-newer' }]);
  });

  it('whose clock went back lets the newer figures stand', async () => {
    const { run, holds, advance, shard, table } = world();
    await run(JOB);
    advance(-HOUR_MS);
    holds({ ...CONTENTS, configurations: [], instances: [] });
    await run({ ...JOB, round: later(NOW, -HOUR_MS) });

    expect((await shard())?.instances).toHaveLength(1);
    expect(table.peekLedgers()).toMatchObject([{ consumed: 8 }, {}]);
  });
});
