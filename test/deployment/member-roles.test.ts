import { describe, expect, it } from 'vitest';
import {
  EXTERNAL_ID,
  FUNCTIONS,
  HUB,
  lets,
  MEMBER,
  may,
  mayRead,
  REGION,
} from './shipped-roles.ts';

describe('roles in member accounts', () => {
  const roleArn = (name: string, account = MEMBER) => `arn:aws:iam::${account}:role/${name}`;

  it.each([
    ['slack', []],
    ['decide', []],
    ['answer', []],
    ['launch', ['quartermaster-launch']],
    ['collect', ['quartermaster-read']],
    ['sweep', []],
    ['watch', ['quartermaster-read']],
  ])('that %s may assume are exactly %o', (who, names) => {
    const all = ['quartermaster-launch', 'quartermaster-read', 'OrganizationAccountAccessRole'];
    const assumed = all.filter((name) =>
      may(who, { action: 'sts:AssumeRole', resource: roleArn(name) }),
    );

    expect(assumed).toEqual(names);
  });

  it('are assumed within the organization only (T30)', () => {
    const outside = { 'aws:ResourceOrgID': 'o-somebodyelse' };
    const resource = roleArn('quartermaster-launch', '999988887777');

    expect(may('launch', { action: 'sts:AssumeRole', resource, conditions: outside })).toBe(false);
  });

  const asked = { 'sts:ExternalId': EXTERNAL_ID, 'sts:SourceIdentity': 'req-0000000001' };
  const action = 'sts:AssumeRole';

  it('let in the one function each, with the external id (T30)', () => {
    expect(FUNCTIONS.filter((who) => lets('read', who, action, asked))).toEqual([
      'collect',
      'watch',
    ]);
    expect(FUNCTIONS.filter((who) => lets('start', who, action, asked))).toEqual(['launch']);
  });

  it.each([
    ['no external id', { 'sts:SourceIdentity': 'req-0000000001' }],
    ['another external id', { ...asked, 'sts:ExternalId': 'another' }],
    ['no source identity', { 'sts:ExternalId': EXTERNAL_ID }],
    ['a person as source identity', { ...asked, 'sts:SourceIdentity': 'U0REQUEST1' }],
  ])('that start instances let nobody in with %s (T30)', (_what, conditions) => {
    expect(lets('start', 'launch', action, conditions)).toBe(false);
  });

  it('that start instances let in a decided follow-up, too', () => {
    const decided = { ...asked, 'sts:SourceIdentity': 'fol-0000000000000001' };

    expect(lets('start', 'launch', action, decided)).toBe(true);
    expect(lets('start', 'watch', action, decided)).toBe(false);
  });

  it('that read let nobody in with another external id', () => {
    expect(lets('read', 'collect', action, { 'sts:ExternalId': 'another' })).toBe(false);
  });

  it.each([
    'organizations:ListAccounts',
    'ce:GetCostAndUsage',
    'ce:GetRightsizingRecommendation',
    'cost-optimization-hub:ListEnrollmentStatuses',
    'cost-optimization-hub:ListRecommendations',
    'license-manager:GetServiceSettings',
    'license-manager:ListLicenseConfigurationsForOrganization',
    'license-manager:ListLicenseAssetGroups',
    'license-manager:ListAssetsForLicenseAssetGroup',
  ])('that read look at the whole organization from the hub account only: %s', (action) => {
    expect([mayRead(HUB, action), mayRead(MEMBER, action)]).toEqual([true, false]);
  });

  it('that read read in the hub account what they read in any other', () => {
    const actions = ['ec2:DescribeInstances', 'license-manager:ListLicenseConfigurations'];

    expect(actions.map((action) => [mayRead(HUB, action), mayRead(MEMBER, action)])).toEqual([
      [true, true],
      [true, true],
    ]);
  });

  const instance = `arn:aws:ec2:${REGION}:${MEMBER}:instance/*`;
  const run = (conditions: Readonly<Record<string, string>>, resource = instance) =>
    may('start', { action: 'ec2:RunInstances', resource, conditions });

  it('start only what is marked as a request’s, and only in their account', () => {
    const marked = { 'aws:RequestTag/quartermaster:request': 'req-0000000001' };

    expect(run(marked)).toBe(true);
    expect(run({})).toBe(false);
    expect(run({ 'aws:RequestTag/quartermaster:request': 'mine' })).toBe(false);
    expect(run(marked, `arn:aws:ec2:${REGION}:${HUB}:instance/*`)).toBe(false);
  });

  it('tag only what they start', () => {
    const tag = (CreateAction: string) =>
      may('start', {
        action: 'ec2:CreateTags',
        resource: instance,
        conditions: { 'ec2:CreateAction': CreateAction },
      });

    expect(tag('RunInstances')).toBe(true);
    expect(tag('CreateVolume')).toBe(false);
    expect(may('start', { action: 'ec2:CreateTags', resource: instance })).toBe(false);
  });

  it('mark an instance that is there with a request, and with nothing else', () => {
    const tag = (...keys: readonly string[]) =>
      may('start', {
        action: 'ec2:CreateTags',
        resource: instance,
        conditions: { 'aws:TagKeys': keys },
      });

    expect(tag('quartermaster:request', 'quartermaster:requested-by')).toBe(true);
    expect(tag('quartermaster:resize')).toBe(true);
    expect(tag('quartermaster:requested-by')).toBe(false);
    expect(tag('quartermaster:request', 'team')).toBe(false);
  });

  const change = (action: string, conditions: Readonly<Record<string, string>>) =>
    may('start', { action: `ec2:${action}`, resource: instance, conditions });

  it.each([
    ['StartInstances', ['request', 'resize']],
    ['StopInstances', ['request', 'resize']],
    ['ModifyInstanceAttribute', ['resize']],
    ['ModifyInstanceCpuOptions', ['resize']],
    ['TerminateInstances', []],
  ])('use %s only where an instance is marked as to be changed: %o', (action, marks) => {
    const allowed = ['request', 'resize'].filter((mark) =>
      change(action, { [`aws:ResourceTag/quartermaster:${mark}`]: 'req-0000000001' }),
    );

    expect(allowed).toEqual(marks);
    expect(change(action, {})).toBe(false);
    expect(change(action, { 'aws:ResourceTag/quartermaster:request': 'mine' })).toBe(false);
  });

  it('end only Spot Instances, which cannot be stopped', () => {
    const marked = { 'aws:ResourceTag/quartermaster:request': 'req-0000000001' };

    expect(change('TerminateInstances', { ...marked, 'ec2:InstanceMarketType': 'spot' })).toBe(
      true,
    );
    expect(change('TerminateInstances', { ...marked, 'ec2:InstanceMarketType': 'on-demand' })).toBe(
      false,
    );
  });

  it('pass on only roles for licensed workloads, to EC2', () => {
    const pass = (role: string, service: string) =>
      may('start', {
        action: 'iam:PassRole',
        resource: roleArn(role),
        conditions: { 'iam:PassedToService': service },
      });

    expect(pass('licensed-workload-sql', 'ec2.amazonaws.com')).toBe(true);
    expect(pass('licensed-workload-sql', 'lambda.amazonaws.com')).toBe(false);
    expect(pass('Administrator', 'ec2.amazonaws.com')).toBe(false);
  });

  it('that read start nothing, and those that start read no licenses', () => {
    expect(may('read', { action: 'ec2:RunInstances', resource: instance })).toBe(false);
    expect(
      may('start', { action: 'license-manager:ListLicenseConfigurations', resource: '*' }),
    ).toBe(false);
  });
});
