import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { failureOf } from '#adapters/aws/source-failure.ts';
import { ContainerTask } from '#domain/estate/container-task.ts';
import { Database } from '#domain/estate/database.ts';
import {
  LinuxSubscription,
  ReceivedLicense,
  UserSubscription,
} from '#domain/estate/subscriptions.ts';
import { UsageTrend } from '#domain/licenses/usage-trend.ts';
import type { Scope } from '#domain/scope.ts';
import type { RegionState } from '../../../sandbox/aws/cloud/cloud.ts';
import { ESTATE } from '../../../sandbox/estate/company.ts';
import { buildEstate } from '../../../sandbox/estate/estate.ts';
import { type DeployedHub, deployedHub, HUB, REGION } from './deployed-hub.ts';
import { expectDomain } from './expect-domain.ts';
import { sourcesOf } from './sources.ts';

describe('the sources beside compute and License Manager, on the default estate', () => {
  let hub: DeployedHub;
  let states: readonly RegionState[];
  let sources: ReturnType<typeof sourcesOf>;
  beforeAll(async () => {
    hub = await deployedHub({ cloudOf: (clock) => buildEstate('sources', clock) });
    states = hub.cloud.regions();
    sources = sourcesOf(hub);
  });
  afterAll(() => hub.close());

  /** What a source gives of each account and Region, and what the estate has there. */
  async function everywhere<Item, Truth>(
    read: (scope: Scope) => Promise<readonly Item[]>,
    truth: (state: RegionState) => readonly Truth[],
  ) {
    const found: { readonly items: readonly Item[]; readonly expected: readonly Truth[] }[] = [];
    for (const state of states) {
      const { account, region } = state;
      found.push({ items: await read({ account, region }), expected: truth(state) });
    }
    return found;
  }

  it('give every database, with the options of its group and its processors', async () => {
    const found = await everywhere(
      (scope) => sources.databases.databases(scope),
      ({ databases }) => [...databases.values()],
    );

    expectDomain(
      Database,
      found.flatMap(({ items }) => items),
    );
    for (const { items, expected } of found) {
      expect(items).toHaveLength(expected.length);
      for (const raw of expected) {
        expect(items.find(({ id }) => id === raw.DBInstanceIdentifier)).toMatchObject({
          arn: raw.DBInstanceArn,
          engine: raw.Engine,
          licenseModel: raw.LicenseModel,
          multiAz: raw.MultiAZ,
          readReplicaOf: raw.ReadReplicaSourceDBInstanceIdentifier ?? null,
          options: raw.options,
          createdAt: raw.InstanceCreateTime,
          tags: Object.fromEntries(raw.TagList.map(({ Key, Value }) => [Key, Value])),
        });
      }
    }
  });

  it('give every running task, and the instance or server below it', async () => {
    const found = await everywhere(
      (scope) => sources.containers.containers(scope),
      ({ instances, managedInstances }) => [...instances.keys(), ...managedInstances.keys()],
    );

    expectDomain(
      ContainerTask,
      found.flatMap(({ items }) => items),
    );
    for (const { items, expected } of found) {
      const machines = new Set(expected);
      for (const { hostId, launchType } of items) {
        expect(hostId !== null && machines.has(hostId)).toBe(launchType !== 'FARGATE');
      }
    }
  });

  it('give thirteen weeks of every configuration', async () => {
    const found = await everywhere(
      (scope) => sources.trends.trends(scope, hub.now()),
      ({ licenseConfigurations }) => [...licenseConfigurations.keys()],
    );

    expectDomain(
      UsageTrend,
      found.flatMap(({ items }) => items),
    );
    for (const { items, expected } of found) {
      expect(items.map(({ configurationArn }) => configurationArn).toSorted()).toEqual(
        expected.toSorted(),
      );
    }
    const trends = found.flatMap(({ items }) => items);
    expect(trends.some(({ weeks }) => weeks.length === 13)).toBe(true);
  });

  it('give what was granted, with the state of the grant', async () => {
    const found = await everywhere(
      (scope) => sources.licenses.receivedLicenses(scope),
      ({ receivedLicenses }) => [...receivedLicenses.keys()],
    );

    expectDomain(
      ReceivedLicense,
      found.flatMap(({ items }) => items),
    );
    for (const { items, expected } of found) {
      expect(items.map(({ arn }) => arn).toSorted()).toEqual(expected.toSorted());
      expect(items.every(({ grantStatus }) => grantStatus !== null)).toBe(true);
    }
  });

  it('give Linux subscriptions where discovery is on, and elsewhere say that it is off', async () => {
    const found: unknown[] = [];
    for (const { account, region, linuxDiscovery } of states) {
      const reading = sources.subscriptions.linuxSubscriptions({ account, region });
      const outcome = await reading.catch(failureOf);

      expect(Array.isArray(outcome)).toBe(linuxDiscovery.enabled);
      if (Array.isArray(outcome)) found.push(...outcome);
      else expect(outcome).toEqual({ state: 'off', error: 'LinuxSubscriptionsDiscovery' });
    }
    expectDomain(LinuxSubscription, found);
  });

  it('give user subscriptions where a directory is registered, and elsewhere say it is off', async () => {
    for (const { account, region, directories } of states) {
      const reading = sources.subscriptions.userSubscriptions({ account, region });
      const outcome = await reading.catch(failureOf);

      if (directories.size === 0) {
        expect(outcome).toEqual({ state: 'off', error: 'IdentityProvider' });
      } else {
        const users = [...directories.values()].flatMap((directory) => directory.users);
        expectDomain(UserSubscription, Array.isArray(outcome) ? outcome : []);
        expect(outcome).toHaveLength(users.length);
      }
    }
    expect(new Set(states.map(({ directories }) => directories.size > 0)).size).toBe(2);
  });

  it('give the organization’s accounts to its delegated administrator', async () => {
    const found = await sources.directory.accounts({ account: HUB, region: REGION });

    expect(found).toEqual(
      expect.arrayContaining(ESTATE.accounts.map(({ id, name }) => ({ account: id, name }))),
    );
  });

  it('give License Manager’s own view of the organization', async () => {
    const scope = { account: HUB, region: REGION };
    const [discovery, configurations, groups] = await Promise.all([
      sources.organizationLicenses.discovery(scope),
      sources.organizationLicenses.organizationConfigurations(scope),
      sources.organizationLicenses.assetGroups(scope),
    ]);

    expect(discovery.organization).toBe(true);
    expect(new Set(configurations.map(({ account }) => account)).size).toBeGreaterThan(1);
    expect(groups.length).toBeGreaterThan(0);
  });
});
