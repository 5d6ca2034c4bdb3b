import { describe, expect, it } from 'vitest';
import { dueSources } from '#domain/estate/collection-round.ts';
import { type InventoryShard, InventorySource } from '#domain/estate/inventory.ts';
import { DAY_MS, HOUR_MS, later, MINUTE_MS } from '#domain/instant.ts';
import type { LicenseAssociation } from '#domain/licenses/license-configuration.ts';
import { OutOfTime } from '#src/errors.ts';
import { emptyShard, readInventory } from '#usecases/read-inventory.ts';
import {
  ACCOUNT,
  aConfiguration,
  aHost,
  anImage,
  anInstance,
  aTemplate,
  aType,
  aUsage,
  configurationArn,
  NOW,
  REGION,
} from '../builders.ts';
import { awsError, inventorySources } from '../fakes/inventory-sources.ts';

const SCOPE = { account: ACCOUNT, region: REGION };
const keepAll = () => true;

function anAssociation(kind: 'host' | 'image', id: string): LicenseAssociation {
  const part = kind === 'host' ? `${ACCOUNT}:dedicated-host/${id}` : `:image/${id}`;
  return {
    configurationArn: configurationArn('1'),
    resourceArn: `arn:aws:ec2:${REGION}:${part}`,
    resourceType: kind === 'host' ? 'EC2_HOST' : 'EC2_AMI',
    ownerAccount: ACCOUNT,
    associatedAt: null,
  };
}

const CONTENTS: Partial<InventoryShard> = {
  configurations: [aConfiguration(), aConfiguration({ digit: '2' })],
  usage: [aUsage()],
  associations: [anAssociation('host', aHost().hostId), anAssociation('image', 'ami-old')],
  instances: [anInstance({ imageId: 'ami-new' })],
  instanceTypes: [aType()],
  hosts: [aHost({ licenseConfigurationArns: [] })],
  images: [
    anImage({ imageId: 'ami-new', copiedFrom: 'ami-old', licenseConfigurationArns: [] }),
    anImage({ imageId: 'ami-old', copiedFrom: 'ami-oldest', licenseConfigurationArns: [] }),
    anImage({ imageId: 'ami-unused', licenseConfigurationArns: [] }),
    anImage({ licenseConfigurationArns: [] }),
  ],
  launchTemplates: [aTemplate()],
};

/** One account and Region; what fails, and what was called. */
function world(contents: Partial<InventoryShard> = CONTENTS) {
  const failing = new Map<string, () => void>();
  let calls: string[] = [];
  let now = NOW;
  const sources = inventorySources(
    () => contents,
    async (_scope, service, operation) => {
      calls.push(operation);
      failing.get('*')?.();
      failing.get(service)?.();
      failing.get(operation)?.();
    },
    SCOPE,
  );
  return {
    /** Reads at that time; a call that `fails` does as it says. */
    async read(
      before: InventoryShard,
      {
        at = NOW,
        roundStart = at,
        until = null,
      }: {
        readonly at?: Date;
        readonly roundStart?: Date;
        readonly until?: Date | null;
      } = {},
    ) {
      calls = [];
      now = at;
      const ports = { ...sources, now: () => now };
      return readInventory(ports, before, { roundStart, until }, keepAll);
    },
    fails(call: string, name: string) {
      failing.set(call, () => {
        throw awsError(name);
      });
    },
    does: (call: string, what: () => void) => failing.set(call, what),
    heals: () => failing.clear(),
    tick: (ms: number) => {
      now = later(now, ms);
    },
    calls: () => calls.toSorted(),
  };
}

const empty = emptyShard(SCOPE);
const IN_FIVE = later(NOW, 5 * MINUTE_MS);

describe('an inventory', () => {
  it('has every source, and when it was true', async () => {
    const shard = await world().read(empty);

    expect(shard.sources).toEqual(
      Object.fromEntries(
        InventorySource.options.map((source) => [
          source,
          { asOf: NOW, error: null, state: 'read' },
        ]),
      ),
    );
    expect(shard).toMatchObject({ ...CONTENTS, hosts: [{}], images: [{}, {}, {}] });
  });

  it('has the images in use and what they were copied from, as far as they can be seen', async () => {
    const { images } = await world().read(empty);

    expect(images.map(({ imageId }) => imageId)).toEqual(['ami-new', anImage().imageId, 'ami-old']);
  });

  it('follows copies only so far, and never in a circle', async () => {
    const copies = Array.from({ length: 9 }, (_, n) =>
      anImage({ imageId: `ami-${n}`, copiedFrom: `ami-${n + 1}` }),
    );
    const circle = [
      anImage({ imageId: 'ami-a', copiedFrom: 'ami-b' }),
      anImage({ imageId: 'ami-b', copiedFrom: 'ami-a' }),
    ];
    const using = (imageId: string) => ({ instances: [anInstance({ imageId })] });

    const long = await world({ ...using('ami-0'), images: copies }).read(empty);
    const round = await world({ ...using('ami-a'), images: circle }).read(empty);

    expect(long.images).toHaveLength(4);
    expect(round.images).toHaveLength(2);
  });

  it('has what is attached to hosts and images from the lists of the configurations', async () => {
    const { hosts, images } = await world().read(empty);

    expect(hosts).toMatchObject([{ licenseConfigurationArns: [configurationArn('1')] }]);
    expect(images).toMatchObject([
      { imageId: 'ami-new', licenseConfigurationArns: [] },
      { licenseConfigurationArns: [] },
      { imageId: 'ami-old', licenseConfigurationArns: [configurationArn('1')] },
    ]);
  });

  it('takes one call for each page and no other', async () => {
    const { read, calls } = world();
    await read(empty);

    expect(calls()).toEqual([
      'DescribeAutoScalingGroups',
      'DescribeDBInstances',
      'DescribeHostReservations',
      'DescribeHosts',
      'DescribeImages',
      'DescribeImages',
      'DescribeImages',
      'DescribeInstanceInformation',
      'DescribeInstanceSqlHaStates',
      'DescribeInstanceTypes',
      'DescribeInstances',
      'DescribeLaunchTemplateVersions',
      'GetCostAndUsage',
      'GetEC2InstanceRecommendations',
      'GetInventory',
      'GetLicenseRecommendations',
      'GetMetricData',
      'GetRightsizingRecommendation',
      'ListAssociationsForLicenseConfiguration',
      'ListAssociationsForLicenseConfiguration',
      'ListClusters',
      'ListLicenseConfigurations',
      'ListLinuxSubscriptionInstances',
      'ListMemoryMetrics',
      'ListMemoryMetrics',
      'ListMetrics',
      'ListProductSubscriptions',
      'ListReceivedLicenses',
      'ListRecommendations',
      'ListUsageForLicenseConfiguration',
      'ListUsageForLicenseConfiguration',
    ]);
  });

  it('asks for no history where there is no configuration', async () => {
    const { read, calls } = world({});
    const shard = await read(empty);

    expect(calls()).not.toContain('ListMetrics');
    expect(shard.sources['usage-trends']).toEqual({ asOf: NOW, error: null, state: 'read' });
  });

  it.each`
    operation                             | source                  | part                   | error                           | state
    ${'DescribeHosts'}                    | ${'hosts'}              | ${'hosts'}             | ${'InternalError'}              | ${'failed'}
    ${'DescribeDBInstances'}              | ${'databases'}          | ${'databases'}         | ${'AccessDenied'}               | ${'refused'}
    ${'ListMetrics'}                      | ${'usage-trends'}       | ${'trends'}            | ${'InternalError'}              | ${'failed'}
    ${'ListProductSubscriptions'}         | ${'user-subscriptions'} | ${'userSubscriptions'} | ${'SourceOff'}                  | ${'off'}
    ${'ListUsageForLicenseConfiguration'} | ${'license-usage'}      | ${'usage'}             | ${'RateLimitExceededException'} | ${'failed'}
  `(
    'keeps the $source that it had when $operation fails',
    async ({ operation, source, part, error, state }) => {
      const { read, fails } = world();
      const before = await read(empty);
      fails(operation, error);
      const tomorrow = later(NOW, DAY_MS);

      const after = await read(before, { at: tomorrow });

      expect(Reflect.get(after, part)).toEqual(Reflect.get(before, part));
      expect(after.sources[InventorySource.parse(source)]).toEqual({
        asOf: NOW,
        error,
        state,
        triedAt: tomorrow,
      });
      const others = Object.entries(after.sources).filter(([name]) => name !== source);
      expect(others.map(([, note]) => note.state)).toEqual(others.map(() => 'read'));
    },
  );

  it('is refused as a whole when its role cannot be assumed', async () => {
    const { read, fails } = world();
    fails('*', 'AccessDenied');

    const shard = await read(empty);

    expect(Object.keys(shard.sources)).toHaveLength(InventorySource.options.length);
    for (const note of Object.values(shard.sources)) {
      expect(note).toEqual({ asOf: null, error: 'AccessDenied', state: 'refused', triedAt: NOW });
    }
  });

  it('shows no host and no image without knowing what is attached to them', async () => {
    const { read, fails, heals } = world();
    fails('ListAssociationsForLicenseConfiguration', 'InternalError');
    const first = await read(empty);
    heals();
    const second = await read(first, { at: IN_FIVE });
    fails('ListAssociationsForLicenseConfiguration', 'InternalError');
    const third = await read(second, { at: later(IN_FIVE, MINUTE_MS) });

    expect([first.hosts, first.images]).toEqual([[], []]);
    expect([first.sources.hosts, first.sources.images]).toMatchObject([
      { asOf: null, error: 'InternalError', state: 'failed' },
      { asOf: null, error: 'InternalError', state: 'failed' },
    ]);
    expect(third.sources.hosts?.state).toBe('read');
    expect(third.hosts).toMatchObject([{ licenseConfigurationArns: [configurationArn('1')] }]);
  });

  it('reads what hardly changes once a day', async () => {
    const { read, calls } = world();
    const first = await read(empty);

    await read(first, { at: IN_FIVE });
    expect(calls()).not.toContain('DescribeInstanceTypes');
    expect(calls()).not.toContain('ListMetrics');
    expect(calls()).toContain('DescribeInstances');

    await read(first, { at: later(NOW, DAY_MS) });
    expect(calls()).toContain('DescribeInstanceTypes');
    expect(calls()).toContain('ListMetrics');
  });

  it('reads the types again for an instance of one that it does not know', async () => {
    const known = await world().read(empty);
    const { read, calls } = world({
      ...CONTENTS,
      instances: [anInstance({ instanceType: 'm9i.large' })],
    });

    await read(known, { at: later(NOW, HOUR_MS) });

    expect(calls()).toContain('DescribeInstanceTypes');
  });

  it('reads nothing twice in a round', async () => {
    const { read, calls } = world();
    const first = await read(empty);
    const again = await read(first, { at: IN_FIVE, roundStart: NOW });

    expect(calls()).toEqual([]);
    expect(again).toBe(first);
  });

  it('does not try again in a round what failed in it', async () => {
    const { read, fails, calls } = world();
    fails('DescribeHosts', 'InternalError');
    const first = await read(empty);
    await read(first, { at: IN_FIVE, roundStart: NOW });

    expect(calls()).toEqual([]);
  });

  it('leaves due what the time was not enough for, and reads just that later', async () => {
    const { read, does, heals, calls } = world();
    does('license-manager', () => {
      throw new OutOfTime('No time is left for another call');
    });
    const first = await read(empty, { until: IN_FIVE });
    const left = dueSources(first, NOW, SCOPE);
    heals();
    const second = await read(first, { at: IN_FIVE, roundStart: NOW });

    expect(left).toEqual([
      'license-configurations',
      'license-usage',
      'hosts',
      'images',
      'license-associations',
      'received-licenses',
      'usage-trends',
      'prices',
    ]);
    expect(dueSources(second, NOW, SCOPE)).toEqual([]);
    expect(calls()).not.toContain('DescribeInstances');
    expect(second.hosts).toMatchObject([{ licenseConfigurationArns: [configurationArn('1')] }]);
  });

  it('takes no failure after the time was over for one of the source', async () => {
    const { read, does, tick } = world();
    does('DescribeDBInstances', () => {
      tick(10 * MINUTE_MS);
      throw awsError('TimeoutError');
    });
    const shard = await read(empty, { until: IN_FIVE });

    expect(shard.sources.databases).toBeUndefined();
  });

  it('lets no older figures win when the clock went back', async () => {
    const { read, calls } = world();
    const first = await read(empty);
    const earlier = await read(first, { at: later(NOW, -HOUR_MS) });

    expect(earlier).toBe(first);
    expect(calls()).toEqual([]);
  });
});
