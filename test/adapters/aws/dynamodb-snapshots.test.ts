import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dynamodbSnapshots } from '#adapters/aws/dynamodb-snapshots.ts';
import type { OrganizationKeeper, Snapshots, TermsViewKeeper } from '#ports/snapshots.ts';
import { BadDocument } from '#src/errors.ts';
import { NOW } from '../../builders.ts';
import { anEntitlement } from '../../register-builders.ts';
import { aShardAt, manyInstances, snapshotsContract } from '../snapshots.contract.ts';
import { type DeployedHub, deployedHub } from './deployed-hub.ts';

let hub: DeployedHub;
let snapshots: Snapshots & OrganizationKeeper & TermsViewKeeper;
beforeEach(async () => {
  hub = await deployedHub();
  snapshots = dynamodbSnapshots(hub.tableAs('collect'));
});
afterEach(() => hub.close());

/** The keys of the parts that the table holds. */
const parts = () =>
  hub
    .items()
    .filter(({ pk }) => String(pk).startsWith('SNAPSHOT#'))
    .map(({ sk }) => String(sk));

describe('snapshots in DynamoDB, under the role of functions/collect', () => {
  snapshotsContract(async () => {
    const eventual = dynamodbSnapshots(hub.tableAs('collect'));
    return {
      ...eventual,
      async put(shard) {
        await eventual.put(shard);
        await hub.settle();
      },
    };
  });

  it('are stored in parts when one item has no room, and leave nothing behind', async () => {
    const large = aShardAt(0, { instances: manyInstances(12_000) });
    await snapshots.put(large);
    expect(parts().length).toBeGreaterThan(1);
    expect(await snapshots.shard(large)).toEqual(large);

    await snapshots.put(aShardAt(5));
    expect(parts()).toHaveLength(1);
  });

  it('show a reader a whole generation while collectors replace it over and over', async () => {
    const generation = (minutes: number) =>
      aShardAt(minutes, { instances: manyInstances(minutes) });
    await snapshots.put(generation(1));
    const collectors = [snapshots, dynamodbSnapshots(hub.tableAs('collect'))].map(
      async (collector, first) => {
        for (let minutes = first + 2; minutes < 22; minutes += 2) {
          await collector.put(generation(minutes));
        }
      },
    );
    const seen: number[] = [];
    let done = false;
    const reading = dynamodbSnapshots(hub.tableAs('slack'));
    async function look(): Promise<void> {
      const shard = await reading.shard(aShardAt(0));
      const count = shard?.instances.length ?? 0;
      expect(shard?.sources).toEqual(aShardAt(count).sources);
      seen.push(count);
    }
    const reader = (async () => {
      while (!done) await look();
    })();
    await Promise.all(collectors);
    done = true;
    await reader;

    expect(new Set(seen).size).toBeGreaterThan(2);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect((await snapshots.shard(aShardAt(0)))?.instances).toHaveLength(21);
    expect(parts()).toHaveLength(1);
  });

  it('are read once by each reader, until a newer one is there', async () => {
    await snapshots.put(aShardAt(1));
    const reading = dynamodbSnapshots(hub.tableAs('slack'));
    const first = await reading.shard(aShardAt(1));

    expect(await reading.shard(aShardAt(1))).toBe(first);
    await snapshots.put(aShardAt(5));
    expect(await reading.shard(aShardAt(1))).toEqual(aShardAt(5));
  });

  it('keep the newest when an older collection ends later', async () => {
    await snapshots.put(aShardAt(5));
    await snapshots.put(aShardAt(0, { instances: manyInstances(1) }));

    expect(await snapshots.shard(aShardAt(0))).toEqual(aShardAt(5));
    expect(parts()).toHaveLength(1);
  });

  it('are replaced also by a collection in which nothing could be read', async () => {
    await snapshots.put(aShardAt(5));
    const failed = aShardAt(5, {
      sources: {
        instances: {
          asOf: aShardAt(5).sources.instances?.asOf ?? null,
          error: 'Busy',
          state: 'failed',
        },
      },
    });
    await snapshots.put(failed);

    expect(await snapshots.shard(failed)).toEqual(failed);
  });

  it('survive a put whose answers were lost and that the SDK repeated', async () => {
    await snapshots.put(aShardAt(0));
    hub.faults.replace([
      { service: 'dynamodb', operation: 'PutItem', effect: 'lose_response', nth: 1 },
      { service: 'dynamodb', operation: 'PutItem', effect: 'lose_response', nth: 3 },
    ]);
    const stubborn = dynamodbSnapshots(hub.tableAs('collect', { maxAttempts: 3 }));
    await stubborn.put(aShardAt(5));

    expect(await snapshots.shard(aShardAt(0))).toEqual(aShardAt(5));
  });

  it('stay as they were when a put fails half way', async () => {
    await snapshots.put(aShardAt(0));
    hub.faults.replace([{ service: 'dynamodb', operation: 'PutItem', effect: 'error', nth: 2 }]);

    await expect(
      snapshots.put(aShardAt(5, { instances: manyInstances(12_000) })),
    ).rejects.toThrow();

    expect(await snapshots.shard(aShardAt(0))).toEqual(aShardAt(0));
  });

  it('are forgotten a month after the last collection, the head before its parts', async () => {
    await snapshots.put(aShardAt(0));

    const expiry = (prefix: string) =>
      hub.items().find(({ pk }) => String(pk).startsWith(prefix))?.['expiresAtSeconds'];
    const days = (seconds: unknown) => (Number(seconds) * 1000 - hub.clock.now()) / 86_400_000;
    expect(days(expiry('SNAPSHOTS'))).toBeCloseTo(30, 1);
    expect(days(expiry('SNAPSHOT#'))).toBeCloseTo(40, 1);
  });

  it('keep what launches draw on by terms beside them, for whoever decides', async () => {
    const entitlements = Array.from({ length: 3000 }, (_, n) =>
      anEntitlement({ contract: `EA-${n}`, quantity: n }),
    );
    const pool = { id: 'EA', configurations: ['arn:1'], entitlements };
    const products = [{ product: 'sql-server', edition: null }];
    const view = { configurations: [{ arn: 'arn:1', products }], pools: [pool], spending: [] };
    expect(await snapshots.termsView(aShardAt(0))).toBeNull();

    await snapshots.keepTermsView(aShardAt(0), view);

    const elsewhere = { account: '999988887777', region: 'eu-west-1' };
    const decide = dynamodbSnapshots(hub.tableAs('decide'));
    expect(await decide.termsView(aShardAt(0))).toEqual(view);
    expect(await decide.termsView(elsewhere)).toBeNull();
    await expect(decide.keepTermsView(elsewhere, view)).rejects.toThrow();
  });

  it('keep when a launch role let nobody in, as functions/launch saw it', async () => {
    const account = '222233334444';
    expect(await snapshots.launchRoleRefusedAt(account)).toBeNull();

    await dynamodbSnapshots(hub.tableAs('launch')).noteLaunchRoleRefused(account, NOW);

    const decide = dynamodbSnapshots(hub.tableAs('decide'));
    expect(await decide.launchRoleRefusedAt(account)).toEqual(NOW);
    expect(await decide.launchRoleRefusedAt('999988887777')).toBeNull();
    await expect(decide.noteLaunchRoleRefused(account, NOW)).rejects.toThrow();
  });

  it('say of terms that take more than an item has room for', async () => {
    const entitlements = Array.from({ length: 12_000 }, () =>
      anEntitlement({ contract: crypto.randomUUID(), owner: crypto.randomUUID() }),
    );
    const pools = [{ id: 'EA', configurations: [], entitlements }];
    const view = { configurations: [], pools, spending: [] };

    await expect(snapshots.keepTermsView(aShardAt(0), view)).rejects.toThrow(BadDocument);
  });

  it('keep what is seen of the organization beside them, for whoever answers', async () => {
    const accounts = Array.from({ length: 5000 }, (_, n) => ({
      account: String(100_000_000_000 + n),
      name: `team ${n}`,
    }));
    const read = { asOf: NOW, error: null, state: 'read' as const };
    const uncollected = [
      { arn: 'arn:1', account: '111122223333', region: 'eu-west-1', name: null },
    ];
    const view = { accounts, uncollected, notes: { accounts: read, licenses: read } };
    expect(await snapshots.organization()).toBeNull();

    await snapshots.keepOrganization(view);

    expect(await dynamodbSnapshots(hub.tableAs('answer')).organization()).toEqual(view);
    expect(await snapshots.shards()).toEqual([]);
  });

  it('refuse a list of accounts that no item takes', async () => {
    const read = { asOf: NOW, error: null, state: 'read' as const };
    const accounts = Array.from({ length: 12_000 }, (_, n) => ({
      account: String(100_000_000_000 + n),
      name: crypto.randomUUID() + crypto.randomUUID(),
    }));

    await expect(
      snapshots.keepOrganization({
        accounts,
        uncollected: [],
        notes: { accounts: read, licenses: read },
      }),
    ).rejects.toThrow('takes');
  });
});
