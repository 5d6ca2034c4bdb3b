import {
  AllocateHostsCommand,
  CreateTagsCommand,
  DeleteTagsCommand,
  DescribeHostsCommand,
  ReleaseHostsCommand,
} from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { errorOf } from '../aws-world.ts';
import { conforms } from '../conformance.ts';
import { type Ec2World, ec2World, IMAGE, putHost, putInstance } from './ec2-world.ts';

let world: Ec2World;
beforeEach(async () => {
  world = await ec2World();
});
afterEach(() => world.server.close());

describe('tags', () => {
  it('are set on several resources, or on none when one does not exist', async () => {
    const id = putInstance(world.region, { Tags: [{ Key: 'stage', Value: 'dev' }] });
    const Tags = [
      { Key: 'stage', Value: 'prod' },
      { Key: 'owner', Value: 'erp' },
    ];
    await world.ec2.send(new CreateTagsCommand({ Resources: [id, IMAGE], Tags }));
    const gone = ['h-00000000000000bad'];
    const failed = errorOf(
      world.ec2.send(new CreateTagsCommand({ Resources: [id, ...gone], Tags: [{ Key: 'x' }] })),
    );

    expect((await failed).name).toBe('InvalidHostID.NotFound');
    expect(world.region.instances.get(id)?.Tags).toEqual(Tags);
    expect(world.region.images.get(IMAGE)?.Tags).toEqual(Tags);
  });

  it('may not have keys that AWS reserves, nor be more than 50', async () => {
    const Resources = [putInstance(world.region)];
    const set = (keys: string[]) =>
      world.ec2.send(
        new CreateTagsCommand({ Resources, Tags: keys.map((Key) => ({ Key, Value: '' })) }),
      );

    expect((await errorOf(set(['aws:stack']))).name).toBe('InvalidParameterValue');
    const many = Array.from({ length: 51 }, (_, index) => `key-${index}`);
    expect((await errorOf(set(many))).name).toBe('TagLimitExceeded');
  });

  it.each([
    [[{ Key: 'a' }], ['b']],
    [[{ Key: 'a', Value: '1' }], ['b']],
    [[{ Key: 'a', Value: '2' }], ['a', 'b']],
    [undefined, []],
  ])('are deleted by %j, leaving %j', async (Tags, left) => {
    const id = putInstance(world.region, {
      Tags: [
        { Key: 'a', Value: '1' },
        { Key: 'b', Value: '2' },
      ],
    });
    await world.ec2.send(new DeleteTagsCommand({ Resources: [id], Tags }));

    expect(world.region.instances.get(id)?.Tags?.map(({ Key }) => Key)).toEqual(left);
  });
});

describe('Dedicated Hosts', () => {
  const AvailabilityZone = 'us-east-1a';

  it('are allocated empty for a family or for one type', async () => {
    await world.ec2.send(
      new AllocateHostsCommand({ AvailabilityZone, InstanceFamily: 'm5', Quantity: 2 }),
    );
    await world.ec2.send(
      new AllocateHostsCommand({
        AvailabilityZone,
        InstanceType: 'r5.2xlarge',
        AutoPlacement: 'on',
        TagSpecifications: [
          { ResourceType: 'dedicated-host', Tags: [{ Key: 'for', Value: 'oracle' }] },
        ],
      }),
    );
    const { $metadata, ...answer } = await world.ec2.send(new DescribeHostsCommand({}));

    expect(conforms('ec2', 'DescribeHosts', 'output', answer)).toEqual([]);
    const families = answer.Hosts?.map(
      ({ HostProperties: of }) => of?.InstanceFamily ?? of?.InstanceType,
    );
    expect(families?.toSorted()).toEqual(['m5', 'm5', 'r5.2xlarge']);
    expect(answer.Hosts?.find(({ AutoPlacement }) => AutoPlacement === 'on')).toMatchObject({
      State: 'available',
      HostProperties: { Cores: 48, Sockets: 2, TotalVCpus: 96 },
      Tags: [{ Key: 'for', Value: 'oracle' }],
    });
  });

  it.each([
    ['InvalidParameterCombination', {}],
    ['InvalidParameterCombination', { InstanceFamily: 'm5', InstanceType: 'm5.large' }],
    ['UnsupportedHostConfiguration', { InstanceFamily: 'm9' }],
    ['UnsupportedHostConfiguration', { InstanceType: 'm5.huge' }],
  ])('are refused with %s: %j', async (code, input) => {
    const call = world.ec2.send(new AllocateHostsCommand({ AvailabilityZone, ...input }));
    expect((await errorOf(call)).name).toBe(code);
  });

  it('are released only when nothing runs or waits on them', async () => {
    const empty = putHost(world.region, 'h-0000000000000beef');
    const used = putHost(world.region, 'h-0000000000000cafe');
    putInstance(world.region, {
      State: { Name: 'stopped' },
      Placement: { Tenancy: 'host', HostId: used },
    });
    const answer = await world.ec2.send(new ReleaseHostsCommand({ HostIds: [empty, used] }));

    expect(answer.Successful).toEqual([empty]);
    expect(answer.Unsuccessful).toMatchObject([
      { ResourceId: used, Error: { Code: 'Client.InvalidHost.Occupied' } },
    ]);
    expect(world.region.hosts.get(empty)?.State).toBe('released');
  });
});
