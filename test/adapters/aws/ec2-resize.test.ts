import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MachinePlan } from '#domain/launch/launch-plan.ts';
import type { Launcher } from '#ports/launcher.ts';
import type { Fault } from '../../../sandbox/faults.ts';
import { type InstanceWorld, instanceWorld } from './instance-ground.ts';
import { TICKET } from './launch-ground.ts';

const BIGGER = { instanceType: 'r6i.4xlarge', cpuOptions: { coreCount: 4, threadsPerCore: 2 } };
const FEWER = { cpuOptions: { coreCount: 2, threadsPerCore: 2 } };

describe('resizing an instance', () => {
  let world: InstanceWorld;
  let launcher: Launcher;
  let plan: MachinePlan;
  beforeEach(async () => {
    world = await instanceWorld();
    world.hub.calls.clear();
    launcher = world.launcherOf();
    plan = world.resizePlan(BIGGER);
  });
  afterEach(() => world.hub.close());

  const finish = (of = plan) => world.finish(launcher, of);
  const refuse = (operation: string, code: string, nth = 1) =>
    world.hub.faults.replace([{ service: 'ec2', operation, effect: 'error', code, nth }]);

  it('stops one that runs, changes type and then options, and starts it again', async () => {
    expect(await launcher.launch(plan, TICKET)).toEqual({ kind: 'under-way' });
    expect(world.now().state).toBe('stopping');
    expect(await finish()).toEqual({ kind: 'launched', instanceIds: [world.instanceId] });
    expect(world.now()).toMatchObject({
      ...BIGGER,
      state: 'pending',
      tags: {
        'quartermaster:resize': TICKET.requestId,
        'quartermaster:request': world.first.requestId,
      },
    });
    expect(world.calls()).toEqual([
      'CreateTags',
      'StopInstances',
      'ModifyInstanceAttribute',
      'ModifyInstanceCpuOptions',
      'StartInstances',
    ]);
  });

  it('does nothing more when it is repeated', async () => {
    await finish();
    await world.pass();
    world.hub.calls.clear();

    expect(await launcher.launch(plan, TICKET)).toMatchObject({ kind: 'launched' });
    expect(await launcher.find(plan, TICKET)).toEqual([world.instanceId]);
    expect(world.calls()).toEqual([]);
  });

  it('changes CPU options alone', async () => {
    expect(await finish(world.resizePlan(FEWER))).toMatchObject({ kind: 'launched' });
    expect(world.now()).toMatchObject({ instanceType: 'r6i.2xlarge', ...FEWER });
    expect(world.calls()).not.toContain('ModifyInstanceAttribute');
  });

  it('leaves a stopped one stopped, under the licenses of its plan', async () => {
    await world.stop();
    const stopped = world.resizePlan(BIGGER, [world.other]);

    expect(await launcher.launch(stopped, TICKET)).toMatchObject({ kind: 'launched' });
    expect(world.now()).toMatchObject({ ...BIGGER, state: 'stopped' });
    expect(world.now().licenseConfigurationArns).toContain(world.other);
    expect(await launcher.find(stopped, TICKET)).toEqual([world.instanceId]);
  });

  const steps: readonly [string, Fault['effect']][] = [
    'DescribeInstances',
    'CreateTags',
    'StopInstances',
    'ModifyInstanceAttribute',
    'ModifyInstanceCpuOptions',
    'StartInstances',
  ].flatMap((operation): [string, Fault['effect']][] => [
    [operation, 'lose_request'],
    [operation, 'lose_response'],
  ]);
  it.each(steps)('goes on where it stopped when %s had %s', async (operation, effect) => {
    world.hub.faults.replace([{ service: 'ec2', operation, effect, nth: 1 }]);

    const crashed = await finish();
    expect(crashed.kind).toBe('unclear');
    await world.pass();
    expect(await finish()).toMatchObject({ kind: 'launched' });
    await world.pass();
    expect(world.now()).toMatchObject({ ...BIGGER, state: 'running' });
    expect(world.calls().filter((operation) => operation === 'StopInstances').length).toBeLessThan(
      3,
    );
  });

  it('is never started at the old size', async () => {
    await launcher.launch(plan, TICKET);
    await world.pass();
    const sizes: string[] = [];
    world.hub.cloud.onInstanceStateChange(({ instance }) => {
      if (instance.State?.Name === 'pending') sizes.push(String(instance.InstanceType));
    });
    refuse('ModifyInstanceAttribute', 'InternalError');
    await finish();
    await finish();

    expect(sizes).toEqual(['r6i.4xlarge']);
  });

  it('waits when another delivery of its job came between', async () => {
    await launcher.launch(plan, TICKET);
    await world.pass();
    refuse('ModifyInstanceAttribute', 'IncorrectInstanceState');

    expect(await launcher.launch(plan, TICKET)).toEqual({ kind: 'under-way' });
  });

  describe('that AWS refuses', () => {
    it('half-way gets its old size and its licenses back, and runs again', async () => {
      const both = world.resizePlan(BIGGER, [world.other]);
      refuse('StartInstances', 'InsufficientInstanceCapacity');

      expect(await finish(both)).toMatchObject({
        kind: 'refused',
        advice: { code: 'find-capacity', on: 'shared' },
      });
      expect(await launcher.undo(both, TICKET)).toEqual({ kind: 'undone', left: [] });
      await world.pass();
      expect(world.now()).toMatchObject({
        state: 'running',
        instanceType: 'r6i.2xlarge',
        cpuOptions: { coreCount: 4, threadsPerCore: 2 },
        licenseConfigurationArns: [world.own],
      });
      expect(await launcher.undo(both, TICKET)).toEqual({ kind: 'undone', left: [] });
    });

    it('for want of licenses says so, and runs at its old size', async () => {
      const all = { ...BIGGER, instanceType: 'r6i.8xlarge', cpuOptions: null };
      const tooBig = world.resizePlan(all);

      expect(await finish(tooBig)).toMatchObject({
        kind: 'refused',
        advice: { code: 'free-licenses' },
      });
      expect(await launcher.undo(tooBig, TICKET)).toEqual({ kind: 'undone', left: [] });
      await world.pass();
      expect(world.now()).toMatchObject({ state: 'running', instanceType: 'r6i.2xlarge' });
    });

    it.each([
      ['StartInstances', 'stopped', 'InsufficientInstanceCapacity'],
      ['ModifyInstanceAttribute', 'stopped-at-new-size', 'UnauthorizedOperation'],
    ])('says what is left when %s back is refused too', async (operation, left, code) => {
      refuse('StartInstances', 'InsufficientInstanceCapacity');
      await finish();
      refuse(operation, code);

      expect(await launcher.undo(plan, TICKET)).toEqual({ kind: 'undone', left: [left] });
    });

    it('is put back further after a crash', async () => {
      refuse('StartInstances', 'InsufficientInstanceCapacity');
      await finish();
      world.hub.faults.replace([
        { service: 'ec2', operation: 'StartInstances', effect: 'lose_response', nth: 1 },
      ]);

      expect(await launcher.undo(plan, TICKET)).toMatchObject({ kind: 'unclear' });
      expect(await launcher.undo(plan, TICKET)).toEqual({ kind: 'under-way' });
      await world.pass();
      expect(await launcher.undo(plan, TICKET)).toEqual({ kind: 'undone', left: [] });
    });

    it('before anything is done leaves nothing to put back', async () => {
      refuse('CreateTags', 'UnauthorizedOperation');

      expect(await launcher.launch(plan, TICKET)).toMatchObject({
        kind: 'refused',
        advice: { code: 'permit' },
      });
      expect(await launcher.undo(plan, TICKET)).toEqual({ kind: 'undone', left: [] });
      expect(world.now().state).toBe('running');
    });

    it('is left alone where somebody else changed it meanwhile', async () => {
      await finish();
      await world.pass();

      expect(await launcher.undo(plan, TICKET)).toEqual({
        kind: 'undone',
        left: ['as-others-left-it'],
      });
    });
  });

  describe('is checked before', () => {
    it('and passes when it is as it was approved', async () => {
      expect(await launcher.check(plan, TICKET)).toEqual({ ok: true });
    });

    it.each<[string, (world: InstanceWorld) => Promise<unknown>]>([
      ['stopped', ({ stop }) => stop()],
      [
        'terminated',
        ({ call, instanceId }) => call('TerminateInstances', { InstanceIds: [instanceId] }),
      ],
    ])('and fails when somebody %s it', async (_what, change) => {
      await change(world);

      expect(await launcher.check(plan, TICKET)).toMatchObject({
        ok: false,
        code: 'instance-changed',
      });
      expect(await launcher.launch(plan, TICKET)).toMatchObject({
        kind: 'refused',
        code: 'instance-changed',
      });
      expect(world.calls()).not.toContain('StartInstances');
    });
  });
});
