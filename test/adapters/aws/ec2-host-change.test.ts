import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HostPlan } from '#domain/launch/launch-plan.ts';
import type { Launcher } from '#ports/launcher.ts';
import type { Fault } from '../../../sandbox/faults.ts';
import { aHostPlan } from '../../builders.ts';
import { type InstanceWorld, instanceWorld } from './instance-ground.ts';
import { HOST, TICKET } from './launch-ground.ts';

let world: InstanceWorld;
let launcher: Launcher;
beforeEach(async () => {
  world = await instanceWorld();
  launcher = world.launcherOf();
});
afterEach(() => world.hub.close());

const hosts = () => [...world.region.hosts.values()];
const release = (hostId = HOST): HostPlan =>
  aHostPlan({ action: { operation: 'release-host', hostId } });

describe('allocating a host', () => {
  it('gets one for what names it, marked with its request', async () => {
    const outcome = await launcher.launch(aHostPlan(), TICKET);

    const [, host] = hosts();
    expect(outcome).toEqual({ kind: 'launched', instanceIds: [host?.HostId] });
    expect(host).toMatchObject({
      AutoPlacement: 'off',
      HostRecovery: 'on',
      AvailabilityZone: 'us-east-1a',
      HostProperties: { InstanceFamily: 'r6i' },
      Tags: [
        { Key: 'quartermaster:request', Value: TICKET.requestId },
        { Key: 'quartermaster:requested-by', Value: TICKET.requestedBy },
      ],
    });
    expect(await launcher.find(aHostPlan(), TICKET)).toEqual([host?.HostId]);
    expect(await launcher.undo(aHostPlan(), TICKET)).toEqual({ kind: 'undone', left: [] });
  });

  it.each<Fault['effect']>(['lose_request', 'lose_response'])(
    'gets one host however often it is asked, also when the first call had %s',
    async (effect) => {
      world.hub.faults.replace([{ service: 'ec2', operation: 'AllocateHosts', effect, nth: 1 }]);

      expect(await launcher.check(aHostPlan(), TICKET)).toEqual({ ok: true });
      expect(await launcher.launch(aHostPlan(), TICKET)).toMatchObject({ kind: 'unclear' });
      await launcher.launch(aHostPlan(), TICKET);
      await launcher.launch(aHostPlan(), TICKET);
      expect(hosts()).toHaveLength(2);
    },
  );

  it('gets none that was not asked for in the plan', async () => {
    expect(await launcher.find(aHostPlan(), TICKET)).toEqual([]);
    await world.launcherOf().launch(aHostPlan(), { ...TICKET, requestId: 'req-0000000002' });
    expect(await launcher.find(aHostPlan(), TICKET)).toEqual([]);
  });
});

describe('releasing a host', () => {
  it('gives back one that is empty, once', async () => {
    expect(await launcher.check(release(), TICKET)).toEqual({ ok: true });
    expect(await launcher.find(release(), TICKET)).toEqual([]);
    expect(await launcher.launch(release(), TICKET)).toEqual({
      kind: 'launched',
      instanceIds: [HOST],
    });
    expect(await launcher.launch(release(), TICKET)).toMatchObject({ kind: 'launched' });
    expect(await launcher.find(release(), TICKET)).toEqual([HOST]);
    expect(hosts()[0]?.State).toBe('released');
    expect(await launcher.undo(release(), TICKET)).toEqual({ kind: 'undone', left: [] });
  });

  it('leaves one alone that has something on it by now', async () => {
    const instance = world.region.instances.get(world.instanceId);
    if (instance !== undefined) instance.Placement = { Tenancy: 'host', HostId: HOST };

    expect(await launcher.check(release(), TICKET)).toMatchObject({ code: 'host-not-empty' });
    expect(await launcher.launch(release(), TICKET)).toMatchObject({
      kind: 'refused',
      code: 'host-not-empty',
    });
    expect(hosts()[0]?.State).toBe('available');
  });

  it('says AWS’s own words about one that a stopped instance is bound to', async () => {
    await world.stop();
    const instance = world.region.instances.get(world.instanceId);
    if (instance !== undefined) instance.Placement = { Tenancy: 'host', HostId: HOST };

    expect(await launcher.launch(release(), TICKET)).toMatchObject({
      kind: 'refused',
      code: 'Client.InvalidHost.Occupied',
    });
  });

  it('is refused for one that is gone', async () => {
    expect(await launcher.check(release('h-0000000000000000b'), TICKET)).toMatchObject({
      ok: false,
      code: 'host-gone',
    });
  });
});
