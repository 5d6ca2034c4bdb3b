import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MEMBER } from './deployed-hub.ts';
import { type LaunchWorld, launchWorld, TICKET } from './launch-ground.ts';

describe('a launch that may not use a license configuration', () => {
  let world: LaunchWorld;
  beforeEach(async () => {
    world = await launchWorld();
    world.hub.iam.attachServiceControlPolicy(MEMBER, {
      Version: '2012-10-17',
      Statement: {
        Effect: 'Deny',
        Action: 'ec2:RunInstances',
        Resource: 'arn:aws:license-manager:*:*:license-configuration:*',
      },
    });
  });
  afterEach(() => world.hub.close());

  const launch = () => world.launcherOf().launch(world.plan, TICKET);

  it('is told which one, though EC2 only encodes it', async () => {
    expect(await launch()).toEqual({
      kind: 'refused',
      code: 'UnauthorizedOperation',
      message: 'You are not authorized to perform this operation.',
      advice: {
        code: 'permit',
        action: 'ec2:RunInstances',
        resource: world.plan.licenseConfigurationArns[0],
        explicitDeny: true,
        policy: null,
      },
    });
  });

  it('is told what is known where the role may not decode it', async () => {
    world.hub.iam.attachServiceControlPolicy(MEMBER, {
      Version: '2012-10-17',
      Statement: { Effect: 'Deny', Action: 'sts:DecodeAuthorizationMessage', Resource: '*' },
    });

    expect(await launch()).toMatchObject({
      kind: 'refused',
      message: 'You are not authorized to perform this operation.',
      advice: { code: 'permit', action: null, resource: null },
    });
  });

  it('is told nothing more where STS does not answer', async () => {
    world.hub.faults.replace([
      { service: 'sts', operation: 'DecodeAuthorizationMessage', effect: 'error' },
    ]);

    expect(await launch()).toMatchObject({ kind: 'refused', advice: { resource: null } });
  });
});
