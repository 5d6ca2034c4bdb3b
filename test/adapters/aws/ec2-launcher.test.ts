import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clientToken } from '#adapters/aws/ec2-run.ts';
import type { MachinePlan } from '#domain/launch/launch-plan.ts';
import type { Launcher } from '#ports/launcher.ts';
import type { Fault } from '../../../sandbox/faults.ts';
import { MEMBER } from './deployed-hub.ts';
import { HOST, IMAGE, type LaunchWorld, launchWorld, TEMPLATE, TICKET } from './launch-ground.ts';

const INSTANCE = expect.stringMatching(/^i-[0-9a-f]{17}$/);

describe('launches in EC2', () => {
  let world: LaunchWorld;
  let launcher: Launcher;
  let plan: MachinePlan;
  beforeEach(async () => {
    world = await launchWorld();
    launcher = world.launcherOf();
    plan = world.plan;
  });
  afterEach(() => world.hub.close());

  describe('launching', () => {
    it('starts what the plan says, marked as the request’s, under its licenses', async () => {
      const outcome = await launcher.launch(
        { ...plan, count: 2, cpuOptions: { coreCount: 2, threadsPerCore: 2 } },
        TICKET,
      );

      expect(outcome).toEqual({ kind: 'launched', instanceIds: [INSTANCE, INSTANCE] });
      expect(world.started()).toHaveLength(2);
      expect(world.started()[0]).toMatchObject({
        ImageId: IMAGE,
        InstanceType: 'r6i.2xlarge',
        CpuOptions: { CoreCount: 2, ThreadsPerCore: 2 },
        ClientToken: clientToken(TICKET),
        SubnetId: plan.action.operation === 'launch' ? plan.action.subnetId : null,
        Placement: { Tenancy: 'default' },
        Licenses: [{ LicenseConfigurationArn: plan.licenseConfigurationArns[0] }],
        Tags: expect.arrayContaining([
          { Key: 'team', Value: 'erp' },
          { Key: 'quartermaster:request', Value: 'req-0000000001' },
          { Key: 'quartermaster:requested-by', Value: 'U0REQUEST1' },
        ]),
      });
    });

    it('starts on exactly the host that the plan names', async () => {
      const onHost = { ...plan, tenancy: 'host' as const, hostId: HOST };

      expect(await launcher.launch(onHost, TICKET)).toMatchObject({ kind: 'launched' });
      expect(world.started()[0]?.Placement).toMatchObject({
        Tenancy: 'host',
        HostId: HOST,
        Affinity: 'host',
      });
    });

    it('gives the same instances for the same ticket, and starts nothing more (N16)', async () => {
      const first = await launcher.launch(plan, TICKET);

      expect(await launcher.launch(plan, TICKET)).toEqual(first);
      expect(world.started()).toHaveLength(1);
    });

    it('starts others for the next generation', async () => {
      await launcher.launch(plan, TICKET);

      expect(await launcher.launch(plan, { ...TICKET, generation: 2 })).toMatchObject({
        kind: 'launched',
      });
      expect(world.started()).toHaveLength(2);
    });

    it('does not let a template’s tags pass the launch off as another request’s', async () => {
      const tags = [{ key: 'quartermaster:request', value: 'req-9999999999' }];

      await launcher.launch({ ...plan, tags }, TICKET);

      expect(world.started()[0]?.Tags).toEqual([
        { Key: 'quartermaster:request', Value: 'req-0000000001' },
        { Key: 'quartermaster:requested-by', Value: 'U0REQUEST1' },
      ]);
    });
  });

  describe('a refusal is an outcome', () => {
    it('by a hard limit', async () => {
      expect(await launcher.launch({ ...plan, count: 3 }, TICKET)).toMatchObject({
        kind: 'refused',
        message: expect.stringMatching(/licen[sc]e/i),
      });
      expect(world.started()).toEqual([]);
    });

    it('for want of capacity, though EC2 calls that a fault of its own', async () => {
      world.hub.faults.replace([
        {
          service: 'ec2',
          operation: 'RunInstances',
          effect: 'error',
          code: 'InsufficientInstanceCapacity',
        },
      ]);

      expect(await launcher.launch(plan, TICKET)).toMatchObject({
        kind: 'refused',
        code: 'InsufficientInstanceCapacity',
      });
    });

    it('for want of room on the host', async () => {
      const full = {
        ...plan,
        tenancy: 'host' as const,
        hostId: HOST,
        instanceType: 'r6i.32xlarge',
      };

      expect(await launcher.launch({ ...full, count: 2 }, TICKET)).toMatchObject({
        kind: 'refused',
        code: expect.stringMatching(/^Insufficient/),
      });
    });

    it('by permission, with the reason in AWS’s words', async () => {
      world.hub.iam.attachServiceControlPolicy(MEMBER, {
        Version: '2012-10-17',
        Statement: { Effect: 'Deny', Action: 'ec2:RunInstances', Resource: '*' },
      });

      expect(await launcher.launch(plan, TICKET)).toMatchObject({
        kind: 'refused',
        code: 'UnauthorizedOperation',
        message: expect.stringContaining('explicit deny'),
      });
    });

    it('for an image that vanished', async () => {
      world.region.images.delete(IMAGE);

      expect(await launcher.launch(plan, TICKET)).toMatchObject({
        kind: 'refused',
        code: 'InvalidAMIID.NotFound',
      });
    });

    it('for a template version that vanished', async () => {
      world.region.launchTemplateVersions.set(TEMPLATE, []);

      expect(await launcher.launch(plan, TICKET)).toMatchObject({
        kind: 'refused',
        code: 'InvalidLaunchTemplateId.VersionNotFound',
      });
    });

    it('when what the token started is terminated: nothing of it runs', async () => {
      await launcher.launch(plan, TICKET);
      for (const instance of world.started()) instance.State = { Code: 48, Name: 'terminated' };

      expect(await launcher.launch(plan, TICKET)).toMatchObject({ kind: 'refused' });
    });
  });

  describe('what does not settle it is unclear', () => {
    const run = { service: 'ec2', operation: 'RunInstances' };
    const cases: readonly [string, Fault][] = [
      ['the request was lost', { ...run, effect: 'lose_request' }],
      ['the answer was lost', { ...run, effect: 'lose_response' }],
      ['EC2 throttles', { ...run, effect: 'throttle' }],
      ['EC2 fails inside', { ...run, effect: 'error' }],
      ['EC2 is not available', { ...run, effect: 'error', code: 'Unavailable' }],
      [
        'the token was used with other parameters',
        {
          ...run,
          effect: 'error',
          code: 'IdempotentParameterMismatch',
        },
      ],
      ['STS throttles', { service: 'sts', operation: 'AssumeRole', effect: 'throttle' }],
      ['STS does not answer', { service: 'sts', operation: 'AssumeRole', effect: 'lose_response' }],
    ];
    it.each(cases)('when %s; the same call again then launches once', async (_when, fault) => {
      world.hub.faults.replace([{ ...fault, nth: 1 }]);

      expect(await launcher.launch(plan, TICKET)).toMatchObject({ kind: 'unclear' });
      expect(await launcher.launch(plan, TICKET)).toMatchObject({ kind: 'launched' });
      expect(world.started()).toHaveLength(1);
    });

    it('and nothing at all when the SDK itself repeated it', async () => {
      world.hub.faults.replace([{ ...run, effect: 'lose_response', nth: 1 }]);

      expect(await world.launcherOf({ maxAttempts: 2 }).launch(plan, TICKET)).toMatchObject({
        kind: 'launched',
      });
      expect(world.started()).toHaveLength(1);
    });
  });

  describe('finding', () => {
    it('shows what a lost call started, and only that', async () => {
      world.hub.faults.replace([
        { service: 'ec2', operation: 'RunInstances', effect: 'lose_response', nth: 1 },
      ]);
      await launcher.launch(plan, TICKET);
      const other = { ...TICKET, requestId: 'req-0000000002' };
      await launcher.launch(plan, other);

      expect(await launcher.find(plan, TICKET)).toEqual([INSTANCE]);
      expect(await launcher.find(plan, TICKET)).not.toEqual(await launcher.find(plan, other));
    });

    it('shows nothing where nothing was started', async () => {
      expect(await launcher.find(plan, TICKET)).toEqual([]);
    });

    it('throws when EC2 does not say: nothing is not the same as not known', async () => {
      world.hub.faults.replace([
        { service: 'ec2', operation: 'DescribeInstances', effect: 'error' },
      ]);

      await expect(launcher.find(plan, TICKET)).rejects.toThrow();
    });
  });
});
