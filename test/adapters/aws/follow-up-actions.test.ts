import { EC2Client } from '@aws-sdk/client-ec2';
import { LicenseManagerClient } from '@aws-sdk/client-license-manager';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { AssumeRole } from '#adapters/aws/assumed-roles.ts';
import { awsFollowUpActions } from '#adapters/aws/follow-up-actions.ts';
import { MEMBER, REGION } from './deployed-hub.ts';
import { createConfiguration, type LaunchWorld, launchWorld, TEMPLATE } from './launch-ground.ts';

const SCOPE = { account: MEMBER, region: REGION };
const ID = 'fol-0000000000000001';
const Launched = z.object({ Instances: z.array(z.object({ InstanceId: z.string() })) });

describe('what is done for a follow-up', () => {
  let world: LaunchWorld;
  let instanceId: string;
  beforeEach(async () => {
    world = await launchWorld();
    instanceId = await launched(1);
  });
  afterEach(() => world.hub.close());

  const actionsBy = (assume: AssumeRole) => {
    const endpoint = world.hub.aws.url;
    return awsFollowUpActions(assume, {
      ec2: (session) => new EC2Client({ endpoint, ...session, maxAttempts: 1 }),
      licenses: (session) => new LicenseManagerClient({ endpoint, ...session, maxAttempts: 1 }),
    });
  };
  const actions = () => actionsBy(world.assume);

  /** Somebody launches past the bot; answers the last id. */
  async function launched(count: number): Promise<string> {
    const output = await world.hub.aws.call({
      service: 'ec2',
      operation: 'RunInstances',
      input: {
        LaunchTemplate: { LaunchTemplateId: TEMPLATE, Version: '3' },
        MinCount: count,
        MaxCount: count,
      },
      ...SCOPE,
    });
    return Launched.parse(output).Instances.at(-1)?.InstanceId ?? '';
  }

  it('stops instances in a session of its own, until they are stopped', async () => {
    world.hub.clock.advance(10_000);
    expect(await actions().stop(SCOPE, [instanceId], ID)).toEqual({ kind: 'under-way' });
    world.hub.clock.advance(60_000);
    expect(await actions().stop(SCOPE, [instanceId], ID)).toEqual({ kind: 'done' });

    expect(world.hub.calls.list('sts').map(({ input }) => input)).toContainEqual(
      expect.objectContaining({ RoleSessionName: ID, SourceIdentity: ID }),
    );
  });

  it('waits for what still starts', async () => {
    expect(await actions().stop(SCOPE, [instanceId], ID)).toEqual({ kind: 'not-yet' });
  });

  it('says what AWS refuses, in its words', async () => {
    const gone = 'i-0000000000000000f';

    expect(await actions().stop(SCOPE, [gone], ID)).toEqual({
      kind: 'refused',
      code: 'InvalidInstanceID.NotFound',
      message: expect.stringContaining(gone),
    });
  });

  it('leaves to the queue what AWS does not answer', async () => {
    world.hub.faults.replace([{ service: 'ec2', operation: '*', effect: 'throttle' }]);

    await expect(actions().stop(SCOPE, [instanceId], ID)).rejects.toThrow();
  });

  it('associates a resource with a configuration', async () => {
    const arn = await createConfiguration(world.hub, 100, 'Another');
    const resource = `arn:aws:ec2:${REGION}:${MEMBER}:instance/${instanceId}`;
    world.hub.clock.advance(10_000);

    expect(await actions().associate(SCOPE, [resource], arn, ID)).toEqual({ kind: 'done' });

    const listed = await world.hub.aws.call({
      service: 'license-manager',
      operation: 'ListLicenseSpecificationsForResource',
      input: { ResourceArn: resource },
      ...SCOPE,
    });
    expect(JSON.stringify(listed)).toContain(arn);
  });

  it('is refused beyond what the session is for', async () => {
    const other = `arn:aws:license-manager:${REGION}:${MEMBER}:license-configuration:lic-${'f'.repeat(32)}`;
    const arn = await createConfiguration(world.hub, 100, 'Another');
    const narrowed = actionsBy((account, purpose) => {
      const policy = purpose.policy?.replace(arn, other) ?? '';
      return world.assume(account, { ...purpose, policy });
    });
    const resource = `arn:aws:ec2:${REGION}:${MEMBER}:instance/${instanceId}`;

    expect(await narrowed.associate(SCOPE, [resource], arn, ID)).toMatchObject({ kind: 'refused' });
  });

  it('stays within AWS’s 2,048 characters for a session policy', async () => {
    const policies: (string | undefined)[] = [];
    const ids = Array.from({ length: 20 }, (_, index) => `i-0123456789abcde${index + 10}`);
    const spy = actionsBy(async (_account, { policy }) => {
      policies.push(policy);
      throw new Error('far enough');
    });

    const far = { account: MEMBER, region: 'ap-southeast-2' };
    await expect(spy.stop(far, ids, ID)).rejects.toThrow('far enough');

    expect(policies[0]?.length).toBeLessThanOrEqual(2048);
  });
});
