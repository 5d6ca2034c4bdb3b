import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ec2Launcher } from '#adapters/aws/ec2-launcher.ts';
import type { MachinePlan } from '#domain/launch/launch-plan.ts';
import type { Launcher } from '#ports/launcher.ts';
import { aConversion, aMove, aResize, aStart } from '../../builders.ts';
import { MEMBER } from './deployed-hub.ts';
import { IMAGE, type LaunchWorld, launchWorld, TICKET } from './launch-ground.ts';

describe('the session of a launch', () => {
  let world: LaunchWorld;
  let launcher: Launcher;
  let plan: MachinePlan;
  beforeEach(async () => {
    world = await launchWorld();
    launcher = world.launcherOf();
    plan = world.plan;
  });
  afterEach(() => world.hub.close());

  const assumed = () => world.hub.calls.list('sts').map(({ input }) => input);

  it('is the request’s by name and source identity, and short (T30)', async () => {
    await launcher.launch(plan, TICKET);

    expect(assumed()).toEqual([
      expect.objectContaining({
        RoleArn: `arn:aws:iam::${MEMBER}:role/quartermaster-launch`,
        RoleSessionName: 'req-0000000001',
        SourceIdentity: 'req-0000000001',
        DurationSeconds: 900,
      }),
    ]);
  });

  it.each([
    ['as it is', {}],
    ['with the longest names', { region: 'ap-southeast-2', imageId: `ami-${'f'.repeat(17)}` }],
    ['for a start', { action: aStart() }],
    ['for a resize', { region: 'ap-southeast-2', action: aResize() }],
    ['for a move', { region: 'ap-southeast-2', action: aMove() }],
    ['for a conversion', { region: 'ap-southeast-2', action: aConversion() }],
  ])('has a policy within AWS’s 2,048 characters %s', async (_how, changes) => {
    const policies: (string | undefined)[] = [];
    const spy = ec2Launcher(async (_account, { policy }) => {
      policies.push(policy);
      throw new Error('far enough');
    }, world.createClient);

    await spy.launch({ ...plan, ...changes }, TICKET);

    expect(policies[0]?.length).toBeLessThanOrEqual(2048);
    expect(JSON.parse(policies[0] ?? '')).toMatchObject({ Version: '2012-10-17' });
  });

  it('cannot launch another image than the plan’s (N09 T11)', async () => {
    const other = `ami-${'b'.repeat(17)}`;
    const { images } = world.region;
    images.set(other, { ...images.get(IMAGE), ImageId: other });
    const mixed = ec2Launcher((account, purpose) => {
      const policy = purpose.policy?.replace(other, IMAGE) ?? '';
      return world.assume(account, { ...purpose, policy });
    }, world.createClient);

    expect(await mixed.launch({ ...plan, imageId: other }, TICKET)).toMatchObject({
      kind: 'refused',
      code: 'UnauthorizedOperation',
      message: expect.stringContaining('session policy'),
    });
  });

  it.each([
    ['another external id', { externalId: 'somebody-else' }],
    ['another function’s role', { as: 'collect' as const }],
  ])('is refused with %s (T30)', async (_what, options) => {
    expect(await world.launcherOf(options).launch(plan, TICKET)).toMatchObject({
      kind: 'refused',
      code: 'AccessDenied',
    });
    expect(world.started()).toEqual([]);
  });

  it('is refused without a source identity that is a request', async () => {
    expect(await launcher.launch(plan, { ...TICKET, requestId: 'U0REQUEST1' })).toMatchObject({
      kind: 'refused',
      code: 'AccessDenied',
    });
  });
});
