import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Launcher } from '#ports/launcher.ts';
import type { Fault } from '../../../sandbox/faults.ts';
import { MEMBER } from './deployed-hub.ts';
import { type InstanceWorld, instanceWorld } from './instance-ground.ts';
import { TICKET } from './launch-ground.ts';

describe('starting a stopped instance', () => {
  let world: InstanceWorld;
  let launcher: Launcher;
  beforeEach(async () => {
    world = await instanceWorld();
    await world.stop();
    world.hub.calls.clear();
    launcher = world.launcherOf();
  });
  afterEach(() => world.hub.close());

  const start = (attach: readonly string[] = []) =>
    launcher.launch(world.startPlan(attach), TICKET);

  it('marks it as the request’s, and starts it as it is', async () => {
    expect(await start()).toEqual({ kind: 'launched', instanceIds: [world.instanceId] });
    expect(world.now()).toMatchObject({
      state: 'pending',
      instanceType: 'r6i.2xlarge',
      tags: { 'quartermaster:request': TICKET.requestId, team: 'erp' },
      licenseConfigurationArns: [world.own],
    });
    expect(world.calls()).toEqual(['CreateTags', 'StartInstances']);
  });

  it('associates it first with what was approved beside its own licenses', async () => {
    expect(await start([world.other])).toMatchObject({ kind: 'launched' });
    expect(world.now().licenseConfigurationArns.toSorted()).toEqual(
      [world.own, world.other].toSorted(),
    );
    expect(world.calls()).toEqual([
      'CreateTags',
      'UpdateLicenseSpecificationsForResource',
      'StartInstances',
    ]);
  });

  it('does nothing more when it is repeated', async () => {
    await start();
    await world.pass();
    world.hub.calls.clear();

    expect(await start()).toMatchObject({ kind: 'launched' });
    expect(await launcher.find(world.startPlan(), TICKET)).toEqual([world.instanceId]);
    expect(world.calls()).toEqual([]);
  });

  it.each<[string, Fault]>([
    ['marked', { service: 'ec2', operation: 'CreateTags', effect: 'lose_response' }],
    [
      'associated',
      {
        service: 'license-manager',
        operation: 'UpdateLicenseSpecificationsForResource',
        effect: 'lose_response',
      },
    ],
    ['started', { service: 'ec2', operation: 'StartInstances', effect: 'lose_response' }],
    ['looked at', { service: 'ec2', operation: 'DescribeInstances', effect: 'throttle' }],
  ])('goes on after a crash when it was %s', async (_step, fault) => {
    world.hub.faults.replace([{ ...fault, nth: 1 }]);

    expect(await start([world.other])).toMatchObject({ kind: 'unclear' });
    expect(await start([world.other])).toMatchObject({ kind: 'launched' });
    expect(world.now()).toMatchObject({ state: 'pending' });
  });

  it('leaves alone what somebody else started', async () => {
    await world.call('StartInstances', { InstanceIds: [world.instanceId] });

    expect(await start()).toMatchObject({
      kind: 'refused',
      code: 'instance-changed',
      advice: { code: 'request-again', changed: 'instance' },
    });
    expect(await launcher.find(world.startPlan(), TICKET)).toEqual([]);
    expect(world.now().tags['quartermaster:request']).toBe(world.first.requestId);
  });

  it('is refused by a hard limit, and then has the licenses of before', async () => {
    const ten = { LicenseConfigurationArn: world.other, LicenseCount: 1 };
    await world.call('UpdateLicenseConfiguration', ten, 'license-manager');

    expect(await start([world.other])).toMatchObject({
      kind: 'refused',
      advice: { code: 'free-licenses' },
    });
    expect(await launcher.undo(world.startPlan([world.other]), TICKET)).toEqual({
      kind: 'undone',
      left: [],
    });
    expect(world.now()).toMatchObject({
      state: 'stopped',
      licenseConfigurationArns: [world.own],
    });
  });

  it('says which licenses stayed when they cannot be taken away', async () => {
    await launcher.launch(world.startPlan([world.other]), TICKET);
    await world.pass();
    await world.stop();
    world.hub.faults.replace([
      {
        service: 'license-manager',
        operation: 'UpdateLicenseSpecificationsForResource',
        effect: 'error',
        code: 'AccessDeniedException',
      },
    ]);

    expect(await launcher.undo(world.startPlan([world.other]), TICKET)).toEqual({
      kind: 'undone',
      left: ['licenses-attached'],
    });
  });

  it('puts nothing back that it did not do, or that runs', async () => {
    expect(await launcher.undo(world.startPlan([world.own]), TICKET)).toEqual({
      kind: 'undone',
      left: [],
    });
    expect(world.now().licenseConfigurationArns).toEqual([world.own]);
    await start();
    expect(await launcher.undo(world.startPlan(), TICKET)).toEqual({
      kind: 'undone',
      left: ['as-others-left-it'],
    });
  });

  describe('is checked before', () => {
    const check = () => launcher.check(world.startPlan(), TICKET);

    it('and passes when it is as it was approved', async () => {
      expect(await check()).toEqual({ ok: true });
    });

    it.each<[string, (world: InstanceWorld) => Promise<unknown>]>([
      ['started', ({ call, instanceId }) => call('StartInstances', { InstanceIds: [instanceId] })],
      [
        'resized',
        ({ call, instanceId: InstanceId }) =>
          call('ModifyInstanceAttribute', { InstanceId, InstanceType: { Value: 'r6i.4xlarge' } }),
      ],
      [
        'associated with more licenses',
        ({ call, region, instanceId, other }) =>
          call(
            'UpdateLicenseSpecificationsForResource',
            {
              ResourceArn: `arn:aws:ec2:${region.region}:${MEMBER}:instance/${instanceId}`,
              AddLicenseSpecifications: [{ LicenseConfigurationArn: other }],
            },
            'license-manager',
          ),
      ],
      [
        'terminated',
        async ({ call, instanceId, pass }) => {
          await call('TerminateInstances', { InstanceIds: [instanceId] });
          await pass();
        },
      ],
    ])('and fails when somebody %s it', async (_what, change) => {
      await change(world);

      expect(await check()).toMatchObject({
        ok: false,
        advice: { code: 'request-again', changed: 'instance' },
      });
    });

    it('and fails when it is gone', async () => {
      world.region.instances.clear();

      expect(await check()).toMatchObject({ ok: false, code: 'instance-gone' });
    });
  });

  it('may do nothing to another instance', async () => {
    await world.launcherOf().launch(world.plan, { ...TICKET, requestId: 'req-0000000008' });
    const other = world.started().find(({ InstanceId }) => InstanceId !== world.instanceId);
    const assumed = world.hub.calls.list('sts').map(({ input }) => JSON.stringify(input));
    await start();

    expect(other?.InstanceId).toBeDefined();
    const [policy = ''] = world.hub.calls
      .list('sts')
      .map(({ input }) => JSON.stringify(input))
      .slice(assumed.length);
    expect(policy).toContain(`instance/${world.instanceId}`);
    expect(policy).not.toContain('RunInstances');
    expect(policy).not.toContain('StopInstances');
  });
});
