import {
  DescribeInstancesCommand,
  ModifyInstanceAttributeCommand,
  ModifyInstanceCpuOptionsCommand,
  ModifyInstancePlacementCommand,
  type ModifyInstancePlacementCommandInput,
  RunInstancesCommand,
  StartInstancesCommand,
  StopInstancesCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { errorOf } from '../aws-world.ts';
import { conforms } from '../conformance.ts';
import {
  type Ec2World,
  ec2World,
  IMAGE,
  putHost,
  putInstance,
  SHOWS,
  SUBNET,
} from './ec2-world.ts';

let world: Ec2World;
beforeEach(async () => {
  world = await ec2World();
});
afterEach(() => world.server.close());

const MINUTE = 60_000;
const HOST = 'h-0000000000000beef';
const STOPPED = { Code: 80, Name: 'stopped' } as const;
const ON_HOST = { AvailabilityZone: 'us-east-1a', Tenancy: 'host', HostId: HOST } as const;

const start = (...InstanceIds: string[]) =>
  world.ec2.send(new StartInstancesCommand({ InstanceIds }));
const stop = (...InstanceIds: string[]) =>
  world.ec2.send(new StopInstancesCommand({ InstanceIds }));
const terminate = (...InstanceIds: string[]) =>
  world.ec2.send(new TerminateInstancesCommand({ InstanceIds }));
const instance = (id: string) => world.region.instances.get(id);

describe('stopping and starting', () => {
  it('goes through the states in their time, and tells about each', async () => {
    const id = putInstance(world.region);

    const { $metadata, ...stopping } = await stop(id);
    expect(conforms('ec2', 'StopInstances', 'output', stopping)).toEqual([]);
    expect(stopping.StoppingInstances).toEqual([
      {
        InstanceId: id,
        PreviousState: { Code: 16, Name: 'running' },
        CurrentState: { Code: 64, Name: 'stopping' },
      },
    ]);
    expect(instance(id)?.StateReason?.Code).toBe('Client.UserInitiatedShutdown');
    expect((await errorOf(start(id))).name).toBe('IncorrectInstanceState');
    world.pass(MINUTE);
    expect((await start(id)).StartingInstances?.[0]?.CurrentState?.Name).toBe('pending');
    world.pass(MINUTE);

    const states = ['stopping', 'stopped', 'pending', 'running'];
    expect(world.changes()).toEqual(states.map((state) => `${id} ${state}`));
  });

  it('changes nothing that is already so', async () => {
    const running = putInstance(world.region);
    const stopped = putInstance(world.region, { State: STOPPED });
    await start(running);
    await stop(stopped);

    expect(world.changes()).toEqual([]);
  });

  it('starts all or none', async () => {
    putHost(world.region, HOST);
    const place = { State: STOPPED, Placement: { ...ON_HOST, Affinity: 'host' } };
    const first = putInstance(world.region, { ...place, InstanceType: 'm5.12xlarge' });
    const second = putInstance(world.region, { ...place, InstanceType: 'm5.16xlarge' });

    expect((await errorOf(start(first, second))).name).toBe('InsufficientCapacityOnHost');
    expect(instance(first)?.State).toEqual(STOPPED);
    expect(world.changes()).toEqual([]);
  });

  it('moves an instance without affinity to an open host when its own is full', async () => {
    const other = 'h-0000000000000cafe';
    putHost(world.region, HOST);
    putHost(world.region, other, { AutoPlacement: 'on' });
    const free = putInstance(world.region, {
      State: STOPPED,
      Placement: { ...ON_HOST, Affinity: 'default' },
    });
    const bound = putInstance(world.region, {
      State: STOPPED,
      Placement: { ...ON_HOST, Affinity: 'host' },
    });
    putInstance(world.region, { InstanceType: 'm5.metal', Placement: ON_HOST });

    await start(free);
    expect(instance(free)?.Placement?.HostId).toBe(other);
    expect((await errorOf(start(bound))).name).toBe('InsufficientCapacityOnHost');
  });

  it('does not stop a Spot Instance', async () => {
    const id = putInstance(world.region, { InstanceLifecycle: 'spot' });
    expect((await errorOf(stop(id))).name).toBe('UnsupportedOperation');
  });
});

describe('terminating', () => {
  it('leaves the instance to be seen for an hour, and then nothing', async () => {
    const id = putInstance(world.region);
    const see = () => world.ec2.send(new DescribeInstancesCommand({ InstanceIds: [id] }));

    await terminate(id);
    world.pass(MINUTE);
    expect((await see()).Reservations?.[0]?.Instances?.[0]?.State?.Name).toBe('terminated');
    expect((await errorOf(start(id))).name).toBe('IncorrectInstanceState');
    world.pass(60 * MINUTE);
    expect((await errorOf(see())).name).toBe('InvalidInstanceID.NotFound');
  });

  it('wins over a stop that is under way', async () => {
    const id = putInstance(world.region);
    await stop(id);
    await terminate(id);
    world.pass(MINUTE);

    expect(instance(id)?.State?.Name).toBe('terminated');
  });

  it('is refused for a protected instance until the protection is off', async () => {
    await world.ec2.send(
      new RunInstancesCommand({
        ImageId: IMAGE,
        InstanceType: 'm5.large',
        SubnetId: SUBNET,
        MinCount: 1,
        MaxCount: 1,
        DisableApiTermination: true,
      }),
    );
    world.pass(SHOWS);
    const [id = ''] = world.region.instances.keys();

    expect((await errorOf(terminate(id))).name).toBe('OperationNotPermitted');
    await world.ec2.send(
      new ModifyInstanceAttributeCommand({
        InstanceId: id,
        DisableApiTermination: { Value: false },
      }),
    );
    expect((await terminate(id)).TerminatingInstances).toHaveLength(1);
  });
});

describe('changing a stopped instance', () => {
  const cpus = (InstanceId: string, CoreCount: number, ThreadsPerCore: number) =>
    world.ec2.send(new ModifyInstanceCpuOptionsCommand({ InstanceId, CoreCount, ThreadsPerCore }));
  const resize = (InstanceId: string, Value: string) =>
    world.ec2.send(new ModifyInstanceAttributeCommand({ InstanceId, InstanceType: { Value } }));
  const move = (InstanceId: string, input: Partial<ModifyInstancePlacementCommandInput>) =>
    world.ec2.send(new ModifyInstancePlacementCommand({ InstanceId, ...input }));

  it('sets CPU options that the type has', async () => {
    const id = putInstance(world.region, { InstanceType: 'm5.2xlarge', State: STOPPED });

    await cpus(id, 2, 1);
    expect(instance(id)?.CpuOptions).toEqual({ CoreCount: 2, ThreadsPerCore: 1 });
    expect((await errorOf(cpus(id, 3, 1))).name).toBe('InvalidParameterValue');
  });

  it('puts CPU options back to the default with another type', async () => {
    const id = putInstance(world.region, {
      State: STOPPED,
      CpuOptions: { CoreCount: 2, ThreadsPerCore: 1 },
    });
    await resize(id, 'm5.2xlarge');

    expect(instance(id)).toMatchObject({
      InstanceType: 'm5.2xlarge',
      CpuOptions: { CoreCount: 4, ThreadsPerCore: 2 },
    });
    expect((await errorOf(resize(id, 'm5.huge'))).name).toBe('InvalidInstanceAttributeValue');
  });

  it('moves it to a host and back', async () => {
    putHost(world.region, HOST);
    const id = putInstance(world.region, { State: STOPPED });

    await move(id, { HostId: HOST, Affinity: 'host' });
    expect(instance(id)?.Placement).toMatchObject({ ...ON_HOST, Affinity: 'host' });
    await move(id, { Tenancy: 'default' });
    expect(instance(id)?.Placement).not.toHaveProperty('HostId');
    expect((await errorOf(move(id, { Tenancy: 'default', HostId: HOST }))).name).toBe(
      'InvalidParameterCombination',
    );
    expect((await errorOf(move(id, { HostId: 'h-00000000000000bad' }))).name).toBe(
      'InvalidHostID.NotFound',
    );
  });

  it('does not change the tenancy of T3 to host', async () => {
    const id = putInstance(world.region, { InstanceType: 't3.large', State: STOPPED });
    expect((await errorOf(move(id, { Tenancy: 'host' }))).name).toBe('InvalidRequest');
  });

  it('needs it to be stopped', async () => {
    const id = putInstance(world.region);

    expect((await errorOf(cpus(id, 2, 1))).name).toBe('IncorrectInstanceState');
    expect((await errorOf(resize(id, 'm5.large'))).name).toBe('IncorrectInstanceState');
    expect((await errorOf(move(id, { Tenancy: 'dedicated' }))).name).toBe('InvalidInstanceState');
  });
});
