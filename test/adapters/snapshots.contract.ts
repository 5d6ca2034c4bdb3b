import { beforeEach, describe, expect, it } from 'vitest';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import { later } from '#domain/instant.ts';
import type { Snapshots } from '#ports/snapshots.ts';
import { aHost, anInstance, aShard, aUsage, NOW } from '../builders.ts';

/** A shard that was read so many minutes after NOW. */
export function aShardAt(minutes: number, changes: Partial<InventoryShard> = {}): InventoryShard {
  const asOf = later(NOW, minutes * 60_000);
  return aShard({ sources: { instances: { asOf, error: null, state: 'read' } }, ...changes });
}

/** Instances whose ids do not compress away: so many of them are about 50 bytes each when stored. */
export function manyInstances(count: number) {
  return Array.from({ length: count }, () => {
    const hex = crypto.randomUUID().replaceAll('-', '');
    return anInstance({ instanceId: `i-${hex.slice(0, 17)}`, name: hex, tags: { Name: hex } });
  });
}

/** What every Snapshots promises. */
export function snapshotsContract(make: () => Promise<Snapshots>): void {
  let snapshots: Snapshots;
  beforeEach(async () => {
    snapshots = await make();
  });

  describe('snapshots', () => {
    it('are none before the first collection', async () => {
      expect(await snapshots.shard(aShard())).toBeNull();
      expect(await snapshots.shards()).toEqual([]);
    });

    it('come back as they were put', async () => {
      const shard = aShardAt(0, {
        sources: {
          instances: { asOf: NOW, error: null, state: 'read' },
          hosts: { asOf: null, error: 'AccessDenied', state: 'refused' },
        },
        usage: [aUsage({ associatedAt: NOW })],
        instances: [anInstance({ name: 'Ünïcode <!channel> 💥', tags: { '': '' } })],
        hosts: [aHost({ allocatedAt: NOW })],
        managedServers: [
          {
            id: 'mi-0000000000000000a',
            computerName: null,
            platformName: 'Windows',
            platformVersion: null,
            pingStatus: 'Online',
            lastPingAt: NOW,
            applications: [{ name: 'SQL Server', publisher: 'Microsoft', version: '16' }],
            sqlServers: [],
            hardware: null,
          },
        ],
      });
      await snapshots.put(shard);

      expect(await snapshots.shard(shard)).toEqual(shard);
    });

    it('are one for each account and Region', async () => {
      const shards = [
        aShardAt(0),
        aShardAt(0, { region: 'eu-west-1' }),
        aShardAt(0, { account: '333344445555' }),
      ];
      for (const shard of shards) await snapshots.put(shard);

      expect(await snapshots.shard({ account: '333344445555', region: 'us-east-1' })).toEqual(
        shards[2],
      );
      expect(await snapshots.shard({ account: '333344445555', region: 'eu-west-1' })).toBeNull();
      expect(await snapshots.shards()).toHaveLength(3);
    });

    it('are replaced whole', async () => {
      await snapshots.put(aShardAt(0, { instances: manyInstances(3) }));
      await snapshots.put(aShardAt(5));

      expect(await snapshots.shards()).toEqual([aShardAt(5)]);
    });
  });
}
