import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MachinePlan } from '#domain/launch/launch-plan.ts';
import type { Launcher, LaunchOutcome } from '#ports/launcher.ts';
import type { Fault } from '../../../sandbox/faults.ts';
import { A_WHILE, type InstanceWorld, instanceWorld } from './instance-ground.ts';
import { HOST, TICKET } from './launch-ground.ts';

let world: InstanceWorld;
let launcher: Launcher;
beforeEach(async () => {
  world = await instanceWorld();
  world.hub.calls.clear();
  launcher = world.launcherOf();
});
afterEach(() => world.hub.close());

const refuse = (operation: string, code: string, service = 'ec2') =>
  world.hub.faults.replace([{ service, operation, effect: 'error', code, nth: 1 }]);

/** As jobs do it, some minutes apart: until it is done or refused. */
async function finish(plan: MachinePlan): Promise<LaunchOutcome> {
  let outcome = await launcher.launch(plan, TICKET);
  for (let tries = 12; outcome.kind === 'under-way' && tries > 0; tries -= 1) {
    await world.pass();
    outcome = await launcher.launch(plan, TICKET);
  }
  return outcome;
}

async function putBack(plan: MachinePlan) {
  let outcome = await launcher.undo(plan, TICKET);
  for (let tries = 12; outcome.kind === 'under-way' && tries > 0; tries -= 1) {
    await world.pass();
    outcome = await launcher.undo(plan, TICKET);
  }
  await world.pass();
  return outcome;
}

/** From shared hardware onto the host, with the host's license in place of its own. */
function movePlan(): MachinePlan {
  const { instanceId, own, other } = world;
  const { state, tenancy, hostId } = world.now();
  return world.changePlan(
    {
      operation: 'move',
      instanceId,
      affinity: 'host',
      licenses: { add: [other], remove: [own] },
      from: { tenancy, hostId, affinity: 'default' },
      running: state === 'running',
    },
    { tenancy: 'host', hostId: HOST, licenseConfigurationArns: [other] },
  );
}

const MOVED = { state: 'running', tenancy: 'host', hostId: HOST, affinity: 'host' };
const AS_BEFORE = { state: 'running', tenancy: 'default', hostId: null };

function convertPlan(to = 'RunInstances:0002'): MachinePlan {
  const { instanceId } = world;
  const { state, usageOperation: from } = world.now();
  return world.changePlan({
    operation: 'convert',
    instanceId,
    from,
    to,
    running: state === 'running',
  });
}

/** Systems Manager has looked into it. */
function inventory() {
  world.region.inventory.set(world.instanceId, {});
}

describe('moving an instance', () => {
  it('stops it, places it, changes its associations and starts it, bound to its host', async () => {
    expect(await finish(movePlan())).toEqual({
      kind: 'launched',
      instanceIds: [world.instanceId],
    });
    await world.pass();
    expect(world.now()).toMatchObject({
      ...MOVED,
      licenseConfigurationArns: [world.other],
      tags: { 'quartermaster:resize': TICKET.requestId },
    });
    expect(world.calls()).toEqual([
      'CreateTags',
      'StopInstances',
      'ModifyInstancePlacement',
      'UpdateLicenseSpecificationsForResource',
      'StartInstances',
    ]);
  });

  it('moves it off its host again', async () => {
    await finish(movePlan());
    await world.pass();
    const { instanceId } = world;
    const off = world.changePlan(
      {
        operation: 'move',
        instanceId,
        affinity: 'default',
        licenses: { add: [], remove: [] },
        from: { tenancy: 'host', hostId: HOST, affinity: 'host' },
        running: true,
      },
      { tenancy: 'dedicated', hostId: null },
    );

    const ticket = { ...TICKET, requestId: 'req-0000000002' };
    expect(await world.finish(launcher, off, ticket)).toMatchObject({ kind: 'launched' });
    await world.pass();
    expect(world.now()).toMatchObject({ state: 'running', tenancy: 'dedicated', hostId: null });
  });

  it('leaves a stopped one stopped, and does nothing more when it is repeated', async () => {
    await world.stop();
    const plan = movePlan();
    expect(await finish(plan)).toMatchObject({ kind: 'launched' });
    expect(world.now()).toMatchObject({ ...MOVED, state: 'stopped' });

    world.hub.calls.clear();
    expect(await finish(plan)).toMatchObject({ kind: 'launched' });
    expect(await launcher.find(plan, TICKET)).toEqual([world.instanceId]);
    expect(world.calls()).toEqual([]);
  });

  const steps: readonly [string, string, Fault['effect']][] = [
    ['ec2', 'DescribeInstances'] as const,
    ['ec2', 'CreateTags'] as const,
    ['ec2', 'StopInstances'] as const,
    ['ec2', 'ModifyInstancePlacement'] as const,
    ['license-manager', 'UpdateLicenseSpecificationsForResource'] as const,
    ['ec2', 'StartInstances'] as const,
  ].flatMap(([service, operation]): [string, string, Fault['effect']][] => [
    [service, operation, 'lose_request'],
    [service, operation, 'lose_response'],
  ]);
  it.each(steps)(
    'goes on where it stopped when %s %s had %s',
    async (service, operation, effect) => {
      world.hub.faults.replace([{ service, operation, effect, nth: 1 }]);
      const plan = movePlan();

      expect((await finish(plan)).kind).toBe('unclear');
      await world.pass();
      expect(await finish(plan)).toMatchObject({ kind: 'launched' });
      await world.pass();
      expect(world.now()).toMatchObject({ ...MOVED, licenseConfigurationArns: [world.other] });
    },
  );

  it.each([
    ['ec2', 'ModifyInstancePlacement', 'InvalidHostState'],
    ['license-manager', 'UpdateLicenseSpecificationsForResource', 'LicenseUsageException'],
    ['ec2', 'StartInstances', 'InsufficientCapacityOnHost'],
  ])('is put back when %s refuses %s', async (service, operation, code) => {
    refuse(operation, code, service);
    const plan = movePlan();

    expect(await finish(plan)).toMatchObject({ kind: 'refused', code });
    expect(await putBack(plan)).toEqual({ kind: 'undone', left: [] });
    expect(world.now()).toMatchObject({ ...AS_BEFORE, licenseConfigurationArns: [world.own] });
  });

  it.each([
    ['ec2', 'ModifyInstancePlacement', 'stopped-elsewhere'],
    ['license-manager', 'UpdateLicenseSpecificationsForResource', 'licenses-changed'],
    ['ec2', 'StartInstances', 'stopped'],
  ])('says what is left when %s refuses %s back, too', async (service, operation, left) => {
    refuse('StartInstances', 'InsufficientCapacityOnHost');
    const plan = movePlan();
    await finish(plan);
    refuse(operation, 'UnauthorizedOperation', service);

    expect(await putBack(plan)).toEqual({ kind: 'undone', left: [left] });
  });

  it('waits when another delivery of its job came between', async () => {
    const plan = movePlan();
    await launcher.launch(plan, TICKET);
    await world.pass();
    refuse('ModifyInstancePlacement', 'InvalidInstanceState');

    expect(await launcher.launch(plan, TICKET)).toEqual({ kind: 'under-way' });
  });

  it('leaves alone what somebody else changed meanwhile', async () => {
    const plan = movePlan();
    await world.stop();

    expect(await launcher.check(plan, TICKET)).toMatchObject({
      ok: false,
      code: 'instance-changed',
    });
    expect(await launcher.launch(plan, TICKET)).toMatchObject({ code: 'instance-changed' });
    expect(await launcher.undo(plan, TICKET)).toEqual({ kind: 'undone', left: [] });
    expect(world.calls()).toEqual(['StopInstances']);
  });

  it('is checked before: the host is there and has room', async () => {
    const plan = movePlan();
    expect(await launcher.check(plan, TICKET)).toEqual({ ok: true });
    const host = world.region.hosts.get(HOST);
    if (host !== undefined) host.State = 'under-assessment';
    expect(await launcher.check(plan, TICKET)).toMatchObject({ code: 'host-unavailable' });
  });

  it('refuses an instance that is gone', async () => {
    const plan = movePlan();
    await world.call('TerminateInstances', { InstanceIds: [world.instanceId] });
    await world.pass();

    expect(await launcher.launch(plan, TICKET)).toMatchObject({ kind: 'refused' });
  });
});

describe('changing what an instance is associated with', () => {
  const plan = (add: readonly string[], remove: readonly string[]) =>
    world.changePlan(
      { operation: 'associate', instanceId: world.instanceId, licenses: { add, remove } },
      { licenseConfigurationArns: add },
    );

  it('needs no restart, and is done once', async () => {
    const { own, other } = world;
    const sealed = plan([other], [own]);

    expect(await launcher.check(sealed, TICKET)).toEqual({ ok: true });
    expect(await finish(sealed)).toMatchObject({ kind: 'launched' });
    expect(await finish(sealed)).toMatchObject({ kind: 'launched' });
    expect(world.now()).toMatchObject({ state: 'running', licenseConfigurationArns: [other] });
    expect(world.calls()).toEqual(['CreateTags', 'UpdateLicenseSpecificationsForResource']);
    expect(await launcher.find(sealed, TICKET)).toEqual([world.instanceId]);
    expect(await putBack(sealed)).toEqual({ kind: 'undone', left: [] });
    expect(world.now().licenseConfigurationArns).toEqual([own]);
  });

  it('is refused for want of licenses, and leaves what was', async () => {
    const { own, other } = world;
    refuse('UpdateLicenseSpecificationsForResource', 'LicenseUsageException', 'license-manager');

    expect(await finish(plan([other], [own]))).toMatchObject({ code: 'LicenseUsageException' });
    expect(await putBack(plan([other], [own]))).toEqual({ kind: 'undone', left: [] });
    expect(world.now().licenseConfigurationArns).toEqual([own]);
  });
});

describe('converting what is in an instance’s price', () => {
  it('stops it, makes one task, waits for it and starts it', async () => {
    inventory();
    const plan = convertPlan();

    expect(await launcher.check(plan, TICKET)).toEqual({ ok: true });
    expect(await finish(plan)).toMatchObject({ kind: 'launched' });
    await world.pass();
    expect(world.now()).toMatchObject({
      state: 'running',
      usageOperation: 'RunInstances:0002',
      platformDetails: 'Windows',
    });
    expect(world.calls()).toEqual([
      'CreateTags',
      'StopInstances',
      'CreateLicenseConversionTaskForResource',
      'StartInstances',
    ]);
  });

  it.each<Fault['effect']>(['lose_request', 'lose_response'])(
    'makes no second task when its creation had %s',
    async (effect) => {
      inventory();
      const service = 'license-manager';
      const operation = 'CreateLicenseConversionTaskForResource';
      world.hub.faults.replace([{ service, operation, effect, nth: 1 }]);
      const plan = convertPlan();

      expect((await finish(plan)).kind).toBe('unclear');
      expect(await finish(plan)).toMatchObject({ kind: 'launched' });
      expect(world.region.licenseConversions.size).toBe(1);
    },
  );

  it('runs as before when License Manager fails it', async () => {
    const plan = convertPlan();

    expect(await finish(plan)).toMatchObject({
      kind: 'refused',
      code: 'ConversionFailed',
      message: 'No SSM Inventory was found for the instance.',
    });
    expect(await putBack(plan)).toEqual({ kind: 'undone', left: [] });
    expect(world.now()).toMatchObject({ state: 'running', usageOperation: 'RunInstances:0800' });
  });

  it('is converted back when it does not start any more', async () => {
    inventory();
    refuse('StartInstances', 'InsufficientInstanceCapacity');
    const plan = convertPlan();

    expect(await finish(plan)).toMatchObject({ kind: 'refused' });
    expect(await putBack(plan)).toEqual({ kind: 'undone', left: [] });
    expect(world.now()).toMatchObject({ state: 'running', usageOperation: 'RunInstances:0800' });
  });

  it('says that it stays converted when License Manager refuses the way back', async () => {
    inventory();
    refuse('StartInstances', 'InsufficientInstanceCapacity');
    const plan = convertPlan();
    await finish(plan);
    refuse('CreateLicenseConversionTaskForResource', 'ValidationException', 'license-manager');

    expect(await putBack(plan)).toEqual({ kind: 'undone', left: ['stopped-converted'] });
  });
});

describe('stopping an instance', () => {
  const plan = () => world.changePlan({ operation: 'stop', instanceId: world.instanceId });

  it('is done once EC2 shows it stopped, and once', async () => {
    expect(await launcher.check(plan(), TICKET)).toEqual({ ok: true });
    expect(await finish(plan())).toMatchObject({ kind: 'launched' });
    expect(await finish(plan())).toMatchObject({ kind: 'launched' });
    expect(world.now().state).toBe('stopped');
    expect(world.calls()).toEqual(['CreateTags', 'StopInstances']);
  });

  it('is refused where it is protected, and leaves it running', async () => {
    const input = { InstanceId: world.instanceId, DisableApiStop: { Value: true } };
    await world.call('ModifyInstanceAttribute', input);

    expect(await finish(plan())).toMatchObject({ kind: 'refused', code: 'OperationNotPermitted' });
    expect(await putBack(plan())).toEqual({ kind: 'undone', left: [] });
    expect(world.now().state).toBe('running');
    input.DisableApiStop.Value = false;
    await world.call('ModifyInstanceAttribute', input);
    expect(await finish(plan())).toMatchObject({ kind: 'launched' });
  });

  it('leaves alone what somebody else stopped', async () => {
    await world.call('StopInstances', { InstanceIds: [world.instanceId] });
    expect(await finish(plan())).toMatchObject({ code: 'instance-changed' });
    await world.pass(A_WHILE);
    expect(await finish(plan())).toMatchObject({ code: 'instance-changed' });
  });
});
