import { EC2Client } from '@aws-sdk/client-ec2';
import { STSClient } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { assumedRoles } from '#adapters/aws/assumed-roles.ts';
import { clientToken, ec2Launcher } from '#adapters/aws/ec2-launcher.ts';
import type { LaunchPlan } from '#domain/launch-plan.ts';
import type { Launcher } from '#ports/launcher.ts';
import type { RegionState } from '../../../sandbox/aws/cloud/cloud.ts';
import type { Fault } from '../../../sandbox/faults.ts';
import { type DeployedHub, deployedHub, type FunctionName, MEMBER } from './deployed-hub.ts';
import {
  aPlanUnder,
  createConfiguration,
  furnish,
  HOST,
  IMAGE,
  TEMPLATE,
} from './launch-ground.ts';

const TICKET = { requestId: 'req-0000000001', generation: 1, requestedBy: 'U0REQUEST1' };
const INSTANCE = expect.stringMatching(/^i-[0-9a-f]{17}$/);

describe('launches in EC2', () => {
  let hub: DeployedHub;
  let region: RegionState;
  let launcher: Launcher;
  let plan: LaunchPlan;
  beforeEach(async () => {
    hub = await deployedHub();
    region = furnish(hub);
    plan = aPlanUnder(await createConfiguration(hub, 20));
    launcher = launcherOf({});
  });
  afterEach(() => hub.close());

  function launcherOf({
    externalId = hub.deployment.externalId,
    maxAttempts = 1,
    functionName = 'launch',
  }: {
    externalId?: string;
    maxAttempts?: number;
    functionName?: FunctionName;
  }): Launcher {
    const settings = hub.clientAs(functionName);
    const role = { name: 'quartermaster-launch', externalId };
    return ec2Launcher(assumedRoles(new STSClient(settings), role), (session) => {
      const { endpoint } = settings;
      return new EC2Client({ endpoint, ...session, maxAttempts });
    });
  }
  const fail = (...faults: readonly Fault[]) => hub.faults.replace(faults);
  const running = () => [...region.instances.values()];

  describe('launching', () => {
    it('starts what the plan says, marked as the request’s, under its licenses', async () => {
      const outcome = await launcher.launch(
        { ...plan, count: 2, cpuOptions: { coreCount: 2, threadsPerCore: 2 } },
        TICKET,
      );

      expect(outcome).toEqual({ kind: 'launched', instanceIds: [INSTANCE, INSTANCE] });
      expect(running()).toHaveLength(2);
      expect(running()[0]).toMatchObject({
        ImageId: IMAGE,
        InstanceType: 'r6i.2xlarge',
        CpuOptions: { CoreCount: 2, ThreadsPerCore: 2 },
        ClientToken: clientToken(TICKET),
        SubnetId: plan.subnetId,
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
      expect(running()[0]?.Placement).toMatchObject({
        Tenancy: 'host',
        HostId: HOST,
        Affinity: 'host',
      });
    });

    it('gives the same instances for the same ticket, and starts nothing more', async () => {
      const first = await launcher.launch(plan, TICKET);

      expect(await launcher.launch(plan, TICKET)).toEqual(first);
      expect(running()).toHaveLength(1);
    });

    it('starts others for the next generation', async () => {
      await launcher.launch(plan, TICKET);

      expect(await launcher.launch(plan, { ...TICKET, generation: 2 })).toMatchObject({
        kind: 'launched',
      });
      expect(running()).toHaveLength(2);
    });

    it('does not let a template’s tags pass the launch off as another request’s', async () => {
      const tags = [{ key: 'quartermaster:request', value: 'req-9999999999' }];

      await launcher.launch({ ...plan, tags }, TICKET);

      expect(running()[0]?.Tags).toEqual([
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
      expect(running()).toEqual([]);
    });

    it('for want of capacity, though EC2 calls that a fault of its own', async () => {
      fail({
        service: 'ec2',
        operation: 'RunInstances',
        effect: 'error',
        code: 'InsufficientInstanceCapacity',
      });

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
      hub.iam.attachServiceControlPolicy(MEMBER, {
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
      region.images.delete(IMAGE);

      expect(await launcher.launch(plan, TICKET)).toMatchObject({
        kind: 'refused',
        code: 'InvalidAMIID.NotFound',
      });
    });

    it('for a template version that vanished', async () => {
      region.launchTemplateVersions.set(TEMPLATE, []);

      expect(await launcher.launch(plan, TICKET)).toMatchObject({
        kind: 'refused',
        code: 'InvalidLaunchTemplateId.VersionNotFound',
      });
    });

    it('when what the token started is terminated: nothing of it runs', async () => {
      await launcher.launch(plan, TICKET);
      for (const instance of running()) instance.State = { Code: 48, Name: 'terminated' };

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
      fail({ ...fault, nth: 1 });

      expect(await launcher.launch(plan, TICKET)).toMatchObject({ kind: 'unclear' });
      expect(await launcher.launch(plan, TICKET)).toMatchObject({ kind: 'launched' });
      expect(running()).toHaveLength(1);
    });

    it('and nothing at all when the SDK itself repeated it', async () => {
      fail({ ...run, effect: 'lose_response', nth: 1 });

      expect(await launcherOf({ maxAttempts: 2 }).launch(plan, TICKET)).toMatchObject({
        kind: 'launched',
      });
      expect(running()).toHaveLength(1);
    });
  });

  describe('finding', () => {
    it('shows what a lost call started, and only that', async () => {
      fail({ service: 'ec2', operation: 'RunInstances', effect: 'lose_response', nth: 1 });
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
      fail({ service: 'ec2', operation: 'DescribeInstances', effect: 'error' });

      await expect(launcher.find(plan, TICKET)).rejects.toThrow();
    });
  });

  describe('checking', () => {
    it('passes a plan that is still as it was', async () => {
      expect(await launcher.check(plan, TICKET)).toEqual({ ok: true });
    });

    it('passes an image that is deprecated but there', async () => {
      const image = region.images.get(IMAGE);
      region.images.set(IMAGE, { ...image, DeprecationTime: '2026-01-01T00:00:00Z' });

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
    ])('finds %s', async (_what, change, code) => {
      change(region);

      expect(await launcher.check(plan, TICKET)).toMatchObject({ ok: false, code });
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
      });
    });

    it('finds a host that is released', async () => {
      region.hosts.set(HOST, { ...region.hosts.get(HOST), State: 'released' });

      expect(await launcher.check(onHost(), TICKET)).toMatchObject({
        ok: false,
        code: 'host-unavailable',
      });
    });

    it('finds a host that is gone', async () => {
      region.hosts.delete(HOST);

      expect(await launcher.check(onHost(), TICKET)).toMatchObject({
        ok: false,
        code: 'InvalidHostID.NotFound',
      });
    });

    it('throws when EC2 does not say: a plan is not void because AWS is busy', async () => {
      fail({ service: 'ec2', operation: 'DescribeImages', effect: 'throttle' });

      await expect(launcher.check(plan, TICKET)).rejects.toThrow();
    });
  });

  describe('the session', () => {
    const assumed = () => hub.calls.list('sts').map(({ input }) => input);

    it('is the request’s by name and source identity, and short', async () => {
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
    ])('has a policy within AWS’s 2,048 characters %s', async (_how, changes) => {
      const policies: (string | undefined)[] = [];
      const spy = ec2Launcher(
        async (_account, { policy }) => {
          policies.push(policy);
          throw new Error('far enough');
        },
        (session) => new EC2Client({ endpoint: hub.aws.url, ...session, maxAttempts: 1 }),
      );

      await spy.launch({ ...plan, ...changes }, TICKET);

      expect(policies[0]?.length).toBeLessThanOrEqual(2048);
      expect(JSON.parse(policies[0] ?? '')).toMatchObject({ Version: '2012-10-17' });
    });

    it('cannot launch another image than the plan’s', async () => {
      const role = { name: 'quartermaster-launch', externalId: hub.deployment.externalId };
      const settings = hub.clientAs('launch');
      const assume = assumedRoles(new STSClient(settings), role);
      const { endpoint } = settings;
      const other = `ami-${'b'.repeat(17)}`;
      region.images.set(other, { ...region.images.get(IMAGE), ImageId: other });
      const mixed = ec2Launcher(
        (account, purpose) => {
          const policy = purpose.policy?.replace(other, IMAGE) ?? '';
          return assume(account, { ...purpose, policy });
        },
        (session) => new EC2Client({ endpoint, ...session, maxAttempts: 1 }),
      );

      expect(await mixed.launch({ ...plan, imageId: other }, TICKET)).toMatchObject({
        kind: 'refused',
        code: 'UnauthorizedOperation',
        message: expect.stringContaining('session policy'),
      });
    });

    it.each([
      ['another external id', { externalId: 'somebody-else' }],
      ['another function’s role', { functionName: 'collect' as const }],
    ])('is refused with %s', async (_what, options) => {
      expect(await launcherOf(options).launch(plan, TICKET)).toMatchObject({
        kind: 'refused',
        code: 'AccessDenied',
      });
      expect(running()).toEqual([]);
    });

    it('is refused without a source identity that is a request', async () => {
      expect(await launcher.launch(plan, { ...TICKET, requestId: 'U0REQUEST1' })).toMatchObject({
        kind: 'refused',
        code: 'AccessDenied',
      });
    });
  });
});
