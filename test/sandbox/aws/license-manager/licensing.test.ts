import { describe, expect, it } from 'vitest';
import { associate } from '../../../../sandbox/aws/license-manager/associations.ts';
import {
  type LicensedLaunch,
  licensing,
} from '../../../../sandbox/aws/license-manager/licensing.ts';
import { imageArn } from '../../../../sandbox/aws/license-manager/resource-arn.ts';
import {
  aConfiguration,
  aHost,
  become,
  HUB,
  launch,
  MEMBER,
  NOW,
  REGION,
  smallCloud,
} from './small-cloud.ts';

const LAUNCH: LicensedLaunch = {
  account: HUB,
  region: REGION,
  instanceType: 'm5.xlarge',
  count: 1,
  vcpus: 2,
  defaultVcpus: 4,
  cores: 2,
  tenancy: 'default',
  licenseConfigurationArns: [],
};

type World = ReturnType<typeof world>;

function world() {
  const cloud = smallCloud();
  const state = cloud.region(HUB, REGION);
  const hostId = aHost(state);
  const { admit } = licensing(cloud);
  return {
    cloud,
    state,
    hostId,
    admit: (asked: Partial<LicensedLaunch>) => () => admit(cloud, { ...LAUNCH, ...asked }),
  };
}

describe('license rules at launch', () => {
  it.each([
    { type: 'Instance', rule: '#allowedTenancy=EC2-Default', asked: {}, admitted: true },
    {
      type: 'Instance',
      rule: '#allowedTenancy=EC2-DedicatedHost,EC2-DedicatedInstance',
      asked: {},
      admitted: false,
    },
    {
      type: 'Instance',
      rule: '#allowedTenancy=EC2-DedicatedHost,EC2-DedicatedInstance',
      asked: { tenancy: 'dedicated' },
      admitted: true,
    },
    {
      type: 'Instance',
      rule: '#allowedTenancy=EC2-DedicatedHost',
      asked: { tenancy: 'host' },
      admitted: true,
    },
    { type: 'Instance', rule: '#minimumVcpus=4', asked: {}, admitted: true },
    { type: 'Instance', rule: '#minimumVcpus=5', asked: {}, admitted: false },
    { type: 'Instance', rule: '#maximumVcpus=3', asked: {}, admitted: false },
    { type: 'Instance', rule: '#maximumCores=1', asked: {}, admitted: false },
    { type: 'Instance', rule: '#minimumCores=2', asked: {}, admitted: true },
    { type: 'Instance', rule: '#minimumSockets=3', asked: { tenancy: 'host' }, admitted: false },
    { type: 'Instance', rule: '#minimumSockets=3', asked: {}, admitted: true },
    { type: 'vCPU', rule: '#maximumVcpus=3', asked: {}, admitted: false },
    { type: 'vCPU', rule: '#maximumVcpus=4', asked: {}, admitted: true },
    { type: 'Core', rule: '#maximumCores=47', asked: { tenancy: 'host' }, admitted: false },
    { type: 'Core', rule: '#maximumCores=48', asked: { tenancy: 'host' }, admitted: true },
    { type: 'Core', rule: '#minimumCores=49', asked: { tenancy: 'host' }, admitted: false },
    { type: 'Socket', rule: '#minimumSockets=2', asked: { tenancy: 'host' }, admitted: true },
    { type: 'Socket', rule: '#maximumSockets=1', asked: { tenancy: 'host' }, admitted: false },
    { type: 'Core', rule: '#licenseAffinityToHost=90', asked: {}, admitted: false },
    {
      type: 'Socket',
      rule: '#licenseAffinityToHost=90',
      asked: { tenancy: 'dedicated' },
      admitted: false,
    },
  ] as const)(
    '$type with $rule and $asked: admitted $admitted',
    ({ type, rule, asked, admitted }) => {
      const { state, hostId, admit } = world();
      const record = aConfiguration(state, { LicenseCountingType: type, LicenseRules: [rule] });

      const attempt = admit({
        ...asked,
        ...('tenancy' in asked && asked.tenancy === 'host' ? { hostId } : {}),
        licenseConfigurationArns: [record.LicenseConfigurationArn],
      });

      if (admitted) expect(attempt).not.toThrow();
      else expect(attempt).toThrow(/license rules of license configuration SQL Server/);
    },
  );

  it('measures the CPU options when the configuration honors them', () => {
    const { state, admit } = world();
    const record = aConfiguration(state, {
      LicenseCountingType: 'vCPU',
      LicenseRules: ['#honorVcpuOptimization=True', '#maximumVcpus=2'],
    });

    expect(admit({ licenseConfigurationArns: [record.LicenseConfigurationArn] })).not.toThrow();
  });

  it('is not checked on a disabled configuration', () => {
    const { state, admit } = world();
    const record = aConfiguration(state, { LicenseRules: ['#maximumVcpus=1'], Status: 'DISABLED' });

    expect(admit({ licenseConfigurationArns: [record.LicenseConfigurationArn] })).not.toThrow();
  });
});

describe('limits at launch', () => {
  const full = (type: 'Instance' | 'vCPU' | 'Core' | 'Socket', count: number, hard = true) => {
    const w = world();
    const record = aConfiguration(w.state, {
      LicenseCountingType: type,
      LicenseCount: count,
      LicenseCountHardLimit: hard,
    });
    return { ...w, record, licenseConfigurationArns: [record.LicenseConfigurationArn] };
  };

  it.each([
    { type: 'Instance', limit: 3, count: 3, admitted: true },
    { type: 'Instance', limit: 3, count: 4, admitted: false },
    { type: 'vCPU', limit: 12, count: 3, admitted: true },
    { type: 'vCPU', limit: 11, count: 3, admitted: false },
    { type: 'Core', limit: 48, count: 5, admitted: true },
    { type: 'Core', limit: 47, count: 1, admitted: false },
    { type: 'Socket', limit: 2, count: 5, admitted: true },
    { type: 'Socket', limit: 1, count: 1, admitted: false },
    { type: 'Instance', limit: 0, count: 1, admitted: false },
  ] as const)(
    '$count under a hard limit of $limit $type licenses: admitted $admitted',
    ({ type, limit, count, admitted }) => {
      const { admit, hostId, licenseConfigurationArns } = full(type, limit);

      const attempt = admit({ count, tenancy: 'host', hostId, licenseConfigurationArns });

      if (admitted) expect(attempt).not.toThrow();
      else expect(attempt).toThrow(/No licenses available/);
    },
  );

  it('are passed when they are soft', () => {
    const { admit, licenseConfigurationArns } = full('Instance', 0, false);

    expect(admit({ licenseConfigurationArns })).not.toThrow();
  });

  it('see a launch at once, although the API does not show it yet', () => {
    const { cloud, state, record, admit, licenseConfigurationArns } = full('Instance', 1);
    const first = admit({ licenseConfigurationArns });
    expect(first).not.toThrow();

    launch(cloud, state, [record]);

    expect(admit({ licenseConfigurationArns })).toThrow(/No licenses available/);
  });

  it('are freed by a stop, and a stopped instance that starts again may find them taken', () => {
    const { cloud, state, record, admit, licenseConfigurationArns } = full('Instance', 1);
    const sleeper = launch(cloud, state, [record]);

    become(cloud, state, sleeper, 'stopped');
    expect(admit({ licenseConfigurationArns })).not.toThrow();
    launch(cloud, state, [record]);

    expect(admit({ licenseConfigurationArns })).toThrow(/No licenses available/);
  });

  it('let more instances onto a host that is licensed already', () => {
    const { cloud, state, record, hostId, admit, licenseConfigurationArns } = full('Core', 48);
    launch(cloud, state, [record], { Placement: { HostId: hostId } });

    const sameHost = admit({ tenancy: 'host', hostId, licenseConfigurationArns });
    const otherHost = admit({ tenancy: 'host', hostId: aHost(state), licenseConfigurationArns });

    expect(sameHost).not.toThrow();
    expect(otherHost).toThrow(/No licenses available/);
  });
});

describe('a hard limit that was lowered below what is consumed', () => {
  it('still lets instances onto a host that is licensed already', () => {
    const { cloud, state, hostId, admit } = world();
    const record = aConfiguration(state, {
      LicenseCountingType: 'Core',
      LicenseCount: 1,
      LicenseCountHardLimit: true,
    });
    launch(cloud, state, [record], { Placement: { HostId: hostId } });

    const attempt = admit({
      tenancy: 'host',
      hostId,
      licenseConfigurationArns: [record.LicenseConfigurationArn],
    });

    expect(attempt).not.toThrow();
  });
});

describe('which configurations a launch may name', () => {
  const refusedIn = ({ admit }: World, account: string, arn: string) =>
    expect(admit({ account, licenseConfigurationArns: [arn] })).toThrow(/does not exist/);

  it('its own and shared ones, in its Region', () => {
    const w = world();
    const own = aConfiguration(w.cloud.region(MEMBER, REGION)).LicenseConfigurationArn;
    const shared = aConfiguration(w.state, {
      sharedWithOrganization: true,
    }).LicenseConfigurationArn;

    expect(w.admit({ account: MEMBER, licenseConfigurationArns: [own, shared] })).not.toThrow();
    refusedIn(w, MEMBER, aConfiguration(w.state).LicenseConfigurationArn);
    refusedIn(w, HUB, aConfiguration(w.cloud.region(HUB, 'eu-west-1')).LicenseConfigurationArn);
    refusedIn(w, HUB, `${own}-gone`);
  });

  it("another account's that an image brings along", () => {
    const w = world();
    const record = aConfiguration(w.state);
    associate(w.state, imageArn(REGION, 'ami-0123456789abcdef0'), {
      LicenseConfigurationArn: record.LicenseConfigurationArn,
      AmiAssociationScope: 'cross-account',
      associationTime: new Date(NOW),
      source: 'manual',
    });

    const attempt = w.admit({
      account: MEMBER,
      licenseConfigurationArns: [record.LicenseConfigurationArn],
    });

    expect(attempt).not.toThrow();
  });
});
