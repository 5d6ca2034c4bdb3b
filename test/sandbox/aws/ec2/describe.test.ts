import {
  DescribeAvailabilityZonesCommand,
  DescribeHostsCommand,
  DescribeImagesCommand,
  DescribeInstancesCommand,
  DescribeInstanceTypeOfferingsCommand,
  DescribeInstanceTypesCommand,
  DescribeKeyPairsCommand,
  DescribeRegionsCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeTagsCommand,
  type Filter,
  paginateDescribeInstances,
  paginateDescribeInstanceTypes,
} from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { INSTANCE_TYPES } from '../../../../sandbox/aws/ec2/instance-types.ts';
import { errorOf, MEMBER } from '../aws-world.ts';
import { conforms } from '../conformance.ts';
import {
  type Ec2World,
  ec2World,
  GROUP,
  IMAGE,
  putHost,
  putInstance,
  REGION,
  SUBNET,
} from './ec2-world.ts';

let world: Ec2World;
beforeEach(async () => {
  world = await ec2World();
});
afterEach(() => world.server.close());

const idsBy = async (...Filters: Filter[]) => {
  const { Reservations = [] } = await world.ec2.send(new DescribeInstancesCommand({ Filters }));
  return Reservations.flatMap(({ Instances = [] }) =>
    Instances.map(({ InstanceId }) => InstanceId),
  );
};

describe('DescribeInstances', () => {
  it('gives every instance once, page by page', async () => {
    const ids = Array.from({ length: 23 }, () => putInstance(world.region));
    const seen: (string | undefined)[] = [];
    let pages = 0;
    for await (const page of paginateDescribeInstances({ client: world.ec2, pageSize: 5 }, {})) {
      pages += 1;
      seen.push(
        ...(page.Reservations ?? []).flatMap((one) => one.Instances ?? []).map((i) => i.InstanceId),
      );
      if (pages === 2) world.region.instances.delete(ids[0] ?? '');
    }

    expect(pages).toBe(5);
    expect(seen.toSorted()).toEqual(ids.toSorted());
  });

  it.each([
    [{ MaxResults: 4 }, 'InvalidParameterValue'],
    [{ MaxResults: 1001 }, 'InvalidParameterValue'],
    [{ NextToken: 'what' }, 'InvalidParameterValue'],
    [{ InstanceIds: ['i-00000000000000bad'] }, 'InvalidInstanceID.NotFound'],
    [{ InstanceIds: ['i-bad'] }, 'InvalidInstanceID.Malformed'],
    [{ InstanceIds: ['i-00000000000000bad'], MaxResults: 5 }, 'InvalidInstanceID.NotFound'],
    [{ Filters: [{ Name: 'colour', Values: ['red'] }] }, 'InvalidParameterValue'],
    [
      { Filters: [{ Name: 'instance-id', Values: Array.from({ length: 201 }, String) }] },
      'FilterLimitExceeded',
    ],
  ])('refuses %j', async (input, code) => {
    const call = world.ec2.send(new DescribeInstancesCommand(input));
    expect((await errorOf(call)).name).toBe(code);
  });

  it('does not page over ids', async () => {
    const id = putInstance(world.region);
    const call = world.ec2.send(new DescribeInstancesCommand({ InstanceIds: [id], MaxResults: 5 }));
    expect((await errorOf(call)).name).toBe('InvalidParameterCombination');
  });

  it('filters by fields, tags and wildcards: all filters, any value of each', async () => {
    const sql = putInstance(world.region, {
      Tags: [
        { Key: 'Name', Value: 'sql-1' },
        { Key: 'stage', Value: 'prod*' },
      ],
    });
    const web = putInstance(world.region, { Tags: [{ Key: 'Name', Value: 'web-1' }] });
    const off = putInstance(world.region, { State: { Code: 80, Name: 'stopped' } });

    expect(await idsBy({ Name: 'tag:Name', Values: ['sql-?', 'web-*'] })).toEqual([sql, web]);
    expect(await idsBy({ Name: 'tag:Name', Values: ['SQL-1'] })).toEqual([]);
    expect(await idsBy({ Name: 'tag:stage', Values: ['prod\\*'] })).toEqual([sql]);
    expect(await idsBy({ Name: 'tag:stage', Values: ['pro\\*'] })).toEqual([]);
    expect(await idsBy({ Name: 'tag-key', Values: ['stage'] })).toEqual([sql]);
    expect(await idsBy({ Name: 'instance-state-name', Values: ['stopped'] })).toEqual([off]);
    expect(
      await idsBy(
        { Name: 'instance-state-name', Values: ['running'] },
        { Name: 'tag:Name', Values: ['web.1', 'web-1'] },
      ),
    ).toEqual([web]);
  });

  it('sees only its own account and Region', async () => {
    putInstance(world.cloud.region(MEMBER, REGION));
    putInstance(world.cloud.region(world.region.account, 'eu-west-1'));

    expect(await idsBy()).toEqual([]);
  });
});

describe('DescribeInstanceTypes', () => {
  it('gives every type of the facts, as AWS shapes it', async () => {
    const names: (string | undefined)[] = [];
    for await (const page of paginateDescribeInstanceTypes({ client: world.ec2 }, {})) {
      names.push(...(page.InstanceTypes ?? []).map(({ InstanceType }) => InstanceType));
      expect(
        conforms('ec2', 'DescribeInstanceTypes', 'output', { InstanceTypes: page.InstanceTypes }),
      ).toEqual([]);
    }

    expect(names).toEqual([...INSTANCE_TYPES.keys()].toSorted());
  });

  it('tells cores and threads', async () => {
    const { InstanceTypes } = await world.ec2.send(
      new DescribeInstanceTypesCommand({ InstanceTypes: ['m5.2xlarge'] }),
    );

    expect(InstanceTypes?.[0]).toMatchObject({
      VCpuInfo: { DefaultVCpus: 8, DefaultCores: 4, DefaultThreadsPerCore: 2, ValidCores: [2, 4] },
      DedicatedHostsSupported: true,
    });
  });
});

describe('DescribeHosts', () => {
  it('computes what is left from what runs', async () => {
    const HostId = putHost(world.region, 'h-0000000000000beef');
    const Placement = { HostId, Tenancy: 'host' } as const;
    const id = putInstance(world.region, { InstanceType: 'm5.8xlarge', Placement });
    putInstance(world.region, { Placement, State: { Name: 'stopped' } });
    const { $metadata, ...answer } = await world.ec2.send(new DescribeHostsCommand({}));
    const capacity = new Map(
      answer.Hosts?.[0]?.AvailableCapacity?.AvailableInstanceCapacity?.map((row) => [
        row.InstanceType,
        row.AvailableCapacity,
      ]),
    );

    expect(conforms('ec2', 'DescribeHosts', 'output', answer)).toEqual([]);
    expect(answer.Hosts?.[0]?.Instances).toEqual([
      { InstanceId: id, InstanceType: 'm5.8xlarge', OwnerId: world.region.account },
    ]);
    expect(answer.Hosts?.[0]?.AvailableCapacity?.AvailableVCpus).toBe(64);
    expect(capacity.get('m5.8xlarge')).toBe(1);
    expect(capacity.get('m5.4xlarge')).toBe(4);
    expect(capacity.get('m5.24xlarge')).toBe(0);
  });

  it('lists one type for a host of one type, and nothing left for a released one', async () => {
    const only = { Cores: 48, Sockets: 2, TotalVCpus: 96, InstanceType: 'm5.large' };
    putHost(world.region, 'h-0000000000000beef', { HostProperties: only });
    putHost(world.region, 'h-0000000000000cafe', { State: 'released' });
    const { Hosts = [] } = await world.ec2.send(new DescribeHostsCommand({}));

    expect(Hosts[0]?.AvailableCapacity?.AvailableInstanceCapacity).toEqual([
      { InstanceType: 'm5.large', AvailableCapacity: 48, TotalCapacity: 48 },
    ]);
    expect(Hosts[1]?.AvailableCapacity).toBeUndefined();
  });
});

describe('other descriptions', () => {
  it('give what the Region has, as AWS shapes it', async () => {
    const { ec2 } = world;
    putInstance(world.region, { Tags: [{ Key: 'Name', Value: 'sql' }] });
    const answers = {
      DescribeImages: await ec2.send(new DescribeImagesCommand({ Owners: ['self'] })),
      DescribeSubnets: await ec2.send(new DescribeSubnetsCommand({ SubnetIds: [SUBNET] })),
      DescribeSecurityGroups: await ec2.send(
        new DescribeSecurityGroupsCommand({ GroupIds: [GROUP] }),
      ),
      DescribeKeyPairs: await ec2.send(new DescribeKeyPairsCommand({ KeyNames: ['ops'] })),
      DescribeRegions: await ec2.send(new DescribeRegionsCommand({ RegionNames: [REGION] })),
      DescribeAvailabilityZones: await ec2.send(
        new DescribeAvailabilityZonesCommand({ ZoneNames: ['us-east-1a'] }),
      ),
      DescribeTags: await ec2.send(new DescribeTagsCommand({})),
      DescribeInstanceTypeOfferings: await ec2.send(
        new DescribeInstanceTypeOfferingsCommand({
          Filters: [{ Name: 'instance-type', Values: ['m5.large'] }],
        }),
      ),
    };

    for (const [operation, { $metadata, ...answer }] of Object.entries(answers)) {
      expect(conforms('ec2', operation, 'output', answer)).toEqual([]);
      expect(Object.values(answer).find(Array.isArray)).toHaveLength(1);
    }
  });

  it('tell an image of another owner from one of its own', async () => {
    const Owners = ['amazon'];
    expect((await world.ec2.send(new DescribeImagesCommand({ Owners }))).Images).toEqual([]);
    const image = world.region.images.get(IMAGE);
    if (image) image.ImageOwnerAlias = 'amazon';
    expect((await world.ec2.send(new DescribeImagesCommand({ Owners }))).Images).toHaveLength(1);
  });
});

describe('throttling', () => {
  it('lets 100 reads through at once, and more as time passes', async () => {
    const read = () =>
      world.server.call({ service: 'ec2', operation: 'DescribeRegions', input: {} });
    for (let count = 0; count < 100; count += 1) await read();

    let refused = await errorOf(read());
    for (let more = 0; refused.message === 'the call succeeded' && more < 50; more += 1) {
      refused = await errorOf(read());
    }
    expect(refused.name).toBe('RequestLimitExceeded');
    world.clock.advance(60);
    expect((await errorOf(read())).message).toBe('the call succeeded');
  });
});
