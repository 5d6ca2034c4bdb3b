import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MachinePlan } from '#domain/launch/launch-plan.ts';
import type { Launcher } from '#ports/launcher.ts';
import type { RegionState } from '../../../sandbox/aws/cloud/cloud.ts';
import { HOST, IMAGE, type LaunchWorld, launchWorld, TEMPLATE, TICKET } from './launch-ground.ts';

describe('checking a plan before it is launched', () => {
  let world: LaunchWorld;
  let launcher: Launcher;
  let plan: MachinePlan;
  beforeEach(async () => {
    world = await launchWorld();
    launcher = world.launcherOf();
    plan = world.plan;
  });
  afterEach(() => world.hub.close());

  it('passes a plan that is still as it was', async () => {
    expect(await launcher.check(plan, TICKET)).toEqual({ ok: true });
  });

  it('passes an image that is deprecated but there', async () => {
    const image = world.region.images.get(IMAGE);
    world.region.images.set(IMAGE, { ...image, DeprecationTime: '2026-01-01T00:00:00Z' });

    expect(await launcher.check(plan, TICKET)).toEqual({ ok: true });
  });

  it.each<[string, (state: RegionState) => void, string]>([
    ['an image that is gone', ({ images }) => images.delete(IMAGE), 'image-unavailable'],
    [
      'an image that failed',
      ({ images }) => images.set(IMAGE, { ...images.get(IMAGE), State: 'failed' }),
      'image-unavailable',
    ],
    [
      'a template that is gone',
      ({ launchTemplates }) => launchTemplates.delete(TEMPLATE),
      'InvalidLaunchTemplateId.NotFound',
    ],
    [
      'a template version that is gone',
      ({ launchTemplateVersions }) => launchTemplateVersions.set(TEMPLATE, []),
      'InvalidLaunchTemplateId.VersionNotFound',
    ],
  ])('finds %s (T11)', async (_what, change, code) => {
    change(world.region);

    expect(await launcher.check(plan, TICKET)).toMatchObject({ ok: false, code });
  });

  it.each([
    [true, 'not for Spot'],
    [false, 'for Spot'],
  ])('finds a template that does not buy as the plan says: Spot %s', async (spot, says) => {
    const versions = world.region.launchTemplateVersions;
    const [version] = versions.get(TEMPLATE) ?? [];
    const market = spot ? {} : { InstanceMarketOptions: { MarketType: 'spot' as const } };
    const data = { ...version?.LaunchTemplateData, ...market };
    versions.set(TEMPLATE, [{ ...version, LaunchTemplateData: data }]);

    expect(await launcher.check({ ...plan, spot }, TICKET)).toMatchObject({
      ok: false,
      code: 'template-changed',
      message: expect.stringContaining(says),
    });
    expect(await launcher.check({ ...plan, spot: !spot }, TICKET)).toEqual({ ok: true });
  });

  const onHost = () => ({ ...plan, tenancy: 'host' as const, hostId: HOST });

  it('passes a host with room', async () => {
    expect(await launcher.check({ ...onHost(), count: 16 }, TICKET)).toEqual({ ok: true });
  });

  it('finds a host that is full, and says for how many it has room', async () => {
    expect(await launcher.check({ ...onHost(), count: 17 }, TICKET)).toEqual({
      ok: false,
      code: 'host-full',
      message: `The Dedicated Host ${HOST} has room for 16 more.`,
      advice: { code: 'find-capacity', on: 'host' },
    });
  });

  it('finds a host that is released', async () => {
    const { hosts } = world.region;
    hosts.set(HOST, { ...hosts.get(HOST), State: 'released' });

    expect(await launcher.check(onHost(), TICKET)).toMatchObject({
      ok: false,
      code: 'host-unavailable',
    });
  });

  it('finds a host that is gone', async () => {
    world.region.hosts.delete(HOST);

    expect(await launcher.check(onHost(), TICKET)).toMatchObject({
      ok: false,
      code: 'InvalidHostID.NotFound',
    });
  });

  it('throws when EC2 does not say: a plan is not void because AWS is busy', async () => {
    world.hub.faults.replace([{ service: 'ec2', operation: 'DescribeImages', effect: 'throttle' }]);

    await expect(launcher.check(plan, TICKET)).rejects.toThrow();
  });
});
