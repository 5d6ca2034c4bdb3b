import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { MachinePlan } from '#domain/launch/launch-plan.ts';
import { MEMBER, REGION } from './deployed-hub.ts';
import {
  createConfiguration,
  IMAGE,
  type LaunchWorld,
  launchWorld,
  TEMPLATE,
  TICKET,
} from './launch-ground.ts';
import { sourcesOf } from './sources.ts';

const GROUP = 'month-end';
const SCOPE = { account: MEMBER, region: REGION };
let world: LaunchWorld;
let plan: MachinePlan;

beforeAll(async () => {
  world = await launchWorld();
});
afterAll(() => world.hub.close());

/** A group of no instances, from version 3 of the template, under so many vCPUs. */
beforeEach(async () => {
  const { region, hub } = world;
  region.instances.clear();
  const arn = await createConfiguration(hub, 20);
  const [version] = region.launchTemplateVersions.get(TEMPLATE) ?? [];
  if (version?.LaunchTemplateData === undefined) throw new Error('no template');
  version.LaunchTemplateData.LicenseSpecifications = [{ LicenseConfigurationArn: arn }];
  region.autoScalingGroups.set(GROUP, {
    group: {
      AutoScalingGroupName: GROUP,
      AutoScalingGroupARN: `arn:aws:autoscaling:${REGION}:${MEMBER}:autoScalingGroup:1:autoScalingGroupName/${GROUP}`,
      LaunchTemplate: { LaunchTemplateId: TEMPLATE, Version: '3' },
      MinSize: 0,
      MaxSize: 1,
      DesiredCapacity: 0,
      DefaultCooldown: 300,
      AvailabilityZones: ['us-east-1a'],
      HealthCheckType: 'EC2',
      CreatedTime: new Date('2026-01-01T00:00:00Z'),
      Instances: [],
      Tags: [],
    },
    activities: [],
    actsAt: null,
  });
  plan = growth(2, arn);
});

/** The next growth of the group is lost on the way there, or its answer on the way back. */
function growthIs(effect: 'lose_request' | 'lose_response'): void {
  const call = { service: 'autoscaling', operation: 'UpdateAutoScalingGroup' };
  world.hub.faults.replace([{ ...call, nth: 1, effect }]);
}

function growth(count: number, arn: string): MachinePlan {
  return {
    ...world.plan,
    action: {
      operation: 'scale',
      autoScalingGroupName: GROUP,
      fromCapacity: 0,
      toCapacity: count,
      maximum: count > 1 ? { from: 1, to: count } : null,
      launchTemplate: { id: TEMPLATE, name: 'sql-server', version: 3 },
    },
    imageId: IMAGE,
    instanceType: 'r6i.2xlarge',
    count,
    licenseConfigurationArns: [arn],
  };
}

const group = () => {
  const record = world.region.autoScalingGroups.get(GROUP);
  if (record === undefined) throw new Error('no group');
  return record.group;
};
const numbers = () => [group().DesiredCapacity, group().MaxSize];
const alive = () =>
  world.started().filter(({ State }) => State?.Name === 'pending' || State?.Name === 'running');
const ticket = () => ({ ...TICKET, approvedAt: world.hub.now() });
const actsNow = () => world.hub.clock.advance(5_000);

describe('growing an Auto Scaling group', () => {
  it('raises desired capacity, and the maximum where it is below, and is launched when the instances are there', async () => {
    const launcher = world.launcherOf();
    const approved = ticket();

    expect(await launcher.check(plan, approved)).toEqual({ ok: true });
    expect(await launcher.launch(plan, approved)).toEqual({ kind: 'under-way' });
    expect(numbers()).toEqual([2, 2]);
    expect(await launcher.find(plan, approved)).toEqual([]);
    actsNow();

    const outcome = await launcher.launch(plan, approved);
    const ids = alive().map(({ InstanceId }) => InstanceId);
    expect(ids).toHaveLength(2);
    expect(outcome).toEqual({ kind: 'launched', instanceIds: ids });
    expect(await launcher.find(plan, approved)).toEqual(ids);
  });

  it('goes on after a crash between mark and growth, and never grows twice', async () => {
    const launcher = world.launcherOf();
    const approved = ticket();
    growthIs('lose_request');
    expect((await launcher.launch(plan, approved)).kind).toBe('unclear');
    world.hub.faults.replace([]);
    expect(numbers()).toEqual([0, 1]);

    await launcher.launch(plan, approved);
    await launcher.launch(plan, approved);
    actsNow();
    await launcher.launch(plan, approved);
    await launcher.launch(plan, approved);

    expect(numbers()).toEqual([2, 2]);
    expect(alive()).toHaveLength(2);
  });

  it('finds what a call launched whose answer was lost', async () => {
    const launcher = world.launcherOf();
    const approved = ticket();
    growthIs('lose_response');
    expect((await launcher.launch(plan, approved)).kind).toBe('unclear');
    world.hub.faults.replace([]);
    actsNow();

    expect(await launcher.launch(plan, approved)).toMatchObject({ kind: 'launched' });
    expect(alive()).toHaveLength(2);
  });

  it.each([
    ['another size', () => Object.assign(group(), { DesiredCapacity: 1 }), 'group-changed'],
    [
      'another version',
      () =>
        Object.assign(group(), {
          LaunchTemplate: { LaunchTemplateId: TEMPLATE, Version: '$Latest' },
        }),
      'group-changed',
    ],
    ['gone', () => world.region.autoScalingGroups.delete(GROUP), 'group-gone'],
  ])('is void for a group of %s', async (_what, change, code) => {
    change();

    expect(await world.launcherOf().check(plan, ticket())).toMatchObject({
      ok: false,
      code,
      advice: { code: 'request-again', changed: 'group' },
    });
    expect(await world.launcherOf().launch(plan, ticket())).toMatchObject({
      kind: 'refused',
      code,
    });
    expect(alive()).toEqual([]);
  });

  it('takes no group that another request grows', async () => {
    const launcher = world.launcherOf();
    await launcher.launch(plan, ticket());

    const other = { ...ticket(), requestId: 'req-0000000002' };
    expect(await launcher.launch(plan, other)).toMatchObject({ kind: 'refused' });
    expect(await launcher.undo(plan, other)).toEqual({ kind: 'undone', left: [] });
    expect(numbers()).toEqual([2, 2]);
  });

  it('is refused with what EC2 said, and puts numbers and instances back', async () => {
    const launcher = world.launcherOf();
    const [arn = ''] = plan.licenseConfigurationArns;
    const three = growth(3, arn);
    const approved = ticket();
    await launcher.launch(three, approved);
    actsNow();

    const refused = await launcher.launch(three, approved);
    expect(refused).toMatchObject({
      kind: 'refused',
      code: 'ScalingActivityFailed',
      advice: { code: 'free-licenses' },
    });
    expect(alive()).toHaveLength(2);

    expect(await launcher.undo(three, approved)).toEqual({ kind: 'undone', left: [] });
    expect(await launcher.undo(three, approved)).toEqual({ kind: 'undone', left: [] });
    expect(numbers()).toEqual([0, 1]);
    actsNow();
    await launcher.find(three, approved);
    expect(alive()).toEqual([]);
  });

  it('leaves numbers alone that somebody else has set since', async () => {
    const launcher = world.launcherOf();
    const approved = ticket();
    await launcher.launch(plan, approved);
    Object.assign(group(), { DesiredCapacity: 5, MaxSize: 5 });

    expect(await launcher.undo(plan, approved)).toEqual({
      kind: 'undone',
      left: ['as-others-left-it'],
    });
    expect(numbers()).toEqual([5, 5]);
  });
});

describe('collecting Auto Scaling groups', () => {
  const collected = () => sourcesOf(world.hub).groups.autoScalingGroups(SCOPE);

  it('reads each with the template version that it is pinned to, under the read role', async () => {
    expect(await collected()).toEqual([
      expect.objectContaining({
        name: GROUP,
        minimum: 0,
        maximum: 1,
        desired: 0,
        obstacle: null,
        launchTemplate: expect.objectContaining({
          version: 3,
          imageId: IMAGE,
          licenseConfigurationArns: plan.licenseConfigurationArns,
        }),
        availabilityZones: ['us-east-1a'],
        instanceIds: [],
        requestId: null,
      }),
    ]);
  });

  it.each`
    changes                                                                        | obstacle
    ${{ LaunchTemplate: { LaunchTemplateId: TEMPLATE, Version: '$Latest' } }}      | ${'moving-version'}
    ${{ LaunchTemplate: { LaunchTemplateId: TEMPLATE, Version: '$Default' } }}     | ${'moving-version'}
    ${{ LaunchTemplate: { LaunchTemplateId: TEMPLATE } }}                          | ${'moving-version'}
    ${{ LaunchTemplate: undefined, LaunchConfigurationName: 'old' }}               | ${'no-template'}
    ${{ LaunchTemplate: undefined, MixedInstancesPolicy: {} }}                     | ${'mixed-instances'}
    ${{ SuspendedProcesses: [{ ProcessName: 'Launch', SuspensionReason: 'me' }] }} | ${'launch-suspended'}
    ${{ Status: 'Delete in progress' }}                                            | ${'being-deleted'}
  `('says what keeps one from growing: $obstacle', async ({ changes, obstacle }) => {
    Object.assign(group(), changes);

    expect(await collected()).toEqual([expect.objectContaining({ obstacle })]);
  });

  it('goes on where the version of one group is gone', async () => {
    const { region } = world;
    const record = region.autoScalingGroups.get(GROUP);
    if (record === undefined) throw new Error('no group');
    const LaunchTemplate = { LaunchTemplateId: TEMPLATE, Version: '7' };
    const other = { ...record.group, AutoScalingGroupName: 'old', LaunchTemplate };
    region.autoScalingGroups.set('old', { ...record, group: other });

    const found = await collected();
    region.autoScalingGroups.delete('old');

    expect(found.map(({ name, launchTemplate }) => [name, launchTemplate?.version])).toEqual([
      [GROUP, 3],
      ['old', undefined],
    ]);
  });
});
