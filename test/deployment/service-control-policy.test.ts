import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createIam } from '../../sandbox/aws/iam/iam.ts';
import { administrator } from '../../sandbox/aws/iam/principal.ts';
import type { Authorization } from '../../sandbox/aws/wire/service.ts';
import { createClock } from '../../sandbox/clock.ts';

const MEMBER = '222233334444';
const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const text = read('deploy/service-control-policy.json');

const iam = createIam({ hubAccount: '111122223333', clock: createClock() });
iam.attachServiceControlPolicy(MEMBER, JSON.parse(text));
const everything = { Effect: 'Allow', Action: '*', Resource: '*' };
const trust = { Effect: 'Allow', Principal: { AWS: MEMBER }, Action: 'sts:AssumeRole' };
const Version = '2012-10-17';

/** A session of a role of this name that its own policies let do everything. */
function role(name: string) {
  const arn = `arn:aws:iam::${MEMBER}:role/${name}`;
  iam.registerRole({
    arn,
    trustPolicy: { Version, Statement: trust },
    policies: [{ Version, Statement: everything }],
  });
  return iam.rolePrincipal(arn, { sessionName: 'somebody' });
}

const PEOPLE = {
  administrator: administrator(MEMBER),
  Admin: role('Admin'),
  'quartermaster-launch': role('quartermaster-launch'),
  'license-exempt-recovery': role('license-exempt-recovery'),
  'license-administrator': role('license-administrator'),
  'stacksets-exec-1': role('stacksets-exec-1'),
};
const licensed = `arn:aws:license-manager:us-east-1:${MEMBER}:license-configuration:lic-1`;
const instance = `arn:aws:ec2:us-east-1:${MEMBER}:instance/i-1`;
const marked = { 'aws:TagKeys': ['Name', 'quartermaster:request'] };
const ours = `arn:aws:iam::${MEMBER}:role/quartermaster-launch`;

/** Who may, of everybody whom no policy of their own stops. */
function whoMay(authorization: Authorization): string[] {
  return Object.entries(PEOPLE).flatMap(([name, principal]) =>
    iam.evaluate(principal, authorization, 'us-east-1').outcome === 'allowed' ? [name] : [],
  );
}

describe('the service control policy', () => {
  it.each<[string, Authorization, string[]]>([
    [
      'launch what is licensed',
      { action: 'ec2:RunInstances', resource: licensed },
      ['quartermaster-launch', 'license-exempt-recovery'],
    ],
    [
      'start what is licensed',
      { action: 'ec2:StartInstances', resource: licensed },
      ['quartermaster-launch', 'license-exempt-recovery'],
    ],
    [
      'change what is associated',
      { action: 'license-manager:UpdateLicenseSpecificationsForResource', resource: licensed },
      ['quartermaster-launch', 'license-exempt-recovery', 'license-administrator'],
    ],
    [
      'mark an instance as requested',
      { action: 'ec2:CreateTags', resource: instance, conditions: marked },
      ['quartermaster-launch'],
    ],
    [
      'take that mark away',
      { action: 'ec2:DeleteTags', resource: instance, conditions: marked },
      ['quartermaster-launch'],
    ],
    [
      'launch with that mark',
      { action: 'ec2:RunInstances', resource: instance, conditions: marked },
      ['quartermaster-launch'],
    ],
    [
      'stop events from reaching the hub',
      {
        action: 'events:DisableRule',
        resource: `arn:aws:events:us-east-1:${MEMBER}:rule/quartermaster-instance-states`,
      },
      ['license-administrator', 'stacksets-exec-1'],
    ],
    [
      'change the launch role',
      { action: 'iam:PutRolePolicy', resource: ours },
      ['license-administrator', 'stacksets-exec-1'],
    ],
    [
      'make an exempt role',
      { action: 'iam:CreateRole', resource: `arn:aws:iam::${MEMBER}:role/license-exempt-mine` },
      ['license-administrator', 'stacksets-exec-1'],
    ],
  ])('leaves those who may %s', (_what, authorization, names) => {
    expect(whoMay(authorization)).toEqual(names);
  });

  it.each<[string, Authorization]>([
    ['launches without licenses', { action: 'ec2:RunInstances', resource: instance }],
    ['stops', { action: 'ec2:StopInstances', resource: instance }],
    [
      'other tags',
      {
        action: 'ec2:CreateTags',
        resource: instance,
        conditions: { 'aws:TagKeys': ['CostCenter'] },
      },
    ],
    [
      'other rules',
      { action: 'events:PutRule', resource: `arn:aws:events:us-east-1:${MEMBER}:rule/nightly` },
    ],
    ['other roles', { action: 'iam:CreateRole', resource: `arn:aws:iam::${MEMBER}:role/web` }],
  ])('leaves %s alone', (_what, authorization) => {
    expect(whoMay(authorization)).toEqual(Object.keys(PEOPLE));
  });

  it('fits into AWS’s limit of 5,120 characters', () => {
    expect(JSON.stringify(JSON.parse(text)).length).toBeLessThanOrEqual(5120);
  });
});
