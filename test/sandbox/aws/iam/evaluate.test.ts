import { describe, expect, it } from 'vitest';
import { conditionContext } from '../../../../sandbox/aws/iam/condition.ts';
import { evaluate } from '../../../../sandbox/aws/iam/evaluate.ts';
import { parsePolicy } from '../../../../sandbox/aws/iam/policy.ts';

const CONFIGURATION =
  'arn:aws:license-manager:us-east-1:222233334444:license-configuration:lic-0123456789abcdef';
const INSTANCE = 'arn:aws:ec2:us-east-1:222233334444:instance/*';

const permissions = (...statements: object[]) =>
  parsePolicy({ Version: '2012-10-17', Statement: statements }, 'permissions');
const ALLOW_ALL = permissions({ Effect: 'Allow', Action: '*', Resource: '*' });

function outcome(
  policy: ReturnType<typeof permissions>,
  action: string,
  resource = '*',
  keys: Record<string, string | string[]> = {},
) {
  const policies = { identity: [policy], session: [], organization: [] };
  return evaluate(policies, { action, resource, context: conditionContext(keys) }).outcome;
}

/** The outcome of one Allow statement with this condition. */
function allowedWhen(condition: object, keys: Record<string, string | string[]>): boolean {
  const statement = { Effect: 'Allow', Action: '*', Resource: '*', Condition: condition };
  return outcome(permissions(statement), 'ec2:RunInstances', '*', keys) === 'allowed';
}

describe('actions and resources', () => {
  it.each([
    ['ec2:RunInstances', 'ec2:RunInstances', true],
    ['ec2:runinstances', 'ec2:RunInstances', true],
    ['ec2:Describe*', 'ec2:DescribeHosts', true],
    ['ec2:Describe*', 'ec2:RunInstances', false],
    ['ec2:?unInstances', 'ec2:RunInstances', true],
    ['sqs:*', 'ec2:RunInstances', false],
    ['*', 'ec2:RunInstances', true],
  ])('%s covers %s: %s', (pattern, action, covered) => {
    const policy = permissions({ Effect: 'Allow', Action: pattern, Resource: '*' });

    expect(outcome(policy, action)).toBe(covered ? 'allowed' : 'implicit-deny');
  });

  it.each([
    ['*', CONFIGURATION, true],
    [CONFIGURATION, CONFIGURATION, true],
    ['arn:aws:license-manager:*:*:license-configuration:*', CONFIGURATION, true],
    ['arn:aws:license-manager:*:license-configuration:*', CONFIGURATION, false],
    ['arn:aws:license-manager:eu-*:*:license-configuration:*', CONFIGURATION, false],
    ['arn:aws:ec2:*:*:instance/*', INSTANCE, true],
    ['arn:aws:ec2:*:*:instance/*', '*', false],
    [
      'arn:aws:ec2:us-east-1:222233334444:subnet/a.c',
      'arn:aws:ec2:us-east-1:222233334444:subnet/abc',
      false,
    ],
  ])('%s covers %s: %s', (pattern, resource, covered) => {
    const policy = permissions({ Effect: 'Allow', Action: '*', Resource: pattern });

    expect(outcome(policy, 'ec2:RunInstances', resource)).toBe(
      covered ? 'allowed' : 'implicit-deny',
    );
  });

  it('turns NotAction and NotResource round', () => {
    const policy = permissions({ Effect: 'Allow', NotAction: 'iam:*', NotResource: CONFIGURATION });

    expect(outcome(policy, 'ec2:RunInstances', INSTANCE)).toBe('allowed');
    expect(outcome(policy, 'iam:PassRole', INSTANCE)).toBe('implicit-deny');
    expect(outcome(policy, 'ec2:RunInstances', CONFIGURATION)).toBe('implicit-deny');
  });
});

describe('conditions', () => {
  const one = 'aws:RequestTag/request';
  const many = 'dynamodb:LeadingKeys';

  it.each([
    ['StringEquals', 'a', 'a', true],
    ['StringEquals', 'a', 'A', false],
    ['StringEquals', ['a', 'b'], 'b', true],
    ['StringEqualsIgnoreCase', 'a', 'A', true],
    ['StringNotEquals', 'a', 'b', true],
    ['StringNotEquals', ['a', 'b'], 'b', false],
    ['StringNotEqualsIgnoreCase', 'a', 'A', false],
    ['StringLike', 'req-*', 'req-1', true],
    ['StringLike', 'req-*', 'other', false],
    ['StringNotLike', 'req-*', 'req-1', false],
    ['ArnLike', 'arn:aws:iam::*:role/Launch*', 'arn:aws:iam::1:role/LaunchBot', true],
    ['ArnLike', 'arn:aws:iam::*:role/Launch', 'arn:aws:iam::1:role/x:role/Launch', false],
    ['ArnEquals', 'arn:aws:iam::1:role/L', 'arn:aws:iam::1:role/L', true],
    ['ArnNotLike', 'arn:aws:iam::*:role/Launch*', 'arn:aws:iam::1:role/LaunchBot', false],
    ['ArnNotEquals', 'arn:aws:iam::1:role/L', 'arn:aws:iam::1:role/M', true],
    ['Bool', true, 'true', true],
    ['Bool', 'true', 'false', false],
    ['NumericEquals', 3, '3', true],
    ['NumericNotEquals', 3, '3', false],
    ['NumericLessThan', 3, '3', false],
    ['NumericLessThanEquals', 3, '3', true],
    ['NumericLessThanEquals', 3, '20', false],
    ['NumericGreaterThan', 3, '20', true],
    ['NumericGreaterThanEquals', 3, '2', false],
    ['DateLessThan', '2026-12-01T00:00:00Z', '2026-11-22T00:00:00Z', true],
    ['DateGreaterThanEquals', '2026-12-01T00:00:00Z', '2026-11-22T00:00:00Z', false],
    ['DateLessThanEquals', '2026-12-01T00:00:00Z', '2026-12-01T00:00:00Z', true],
    ['DateGreaterThan', '2026-12-01T00:00:00Z', '2026-12-02T00:00:00Z', true],
    ['StringEqualsIfExists', 'a', 'b', false],
    ['Null', 'false', 'a', true],
    ['Null', true, 'a', false],
  ])('%s %j against %s: %s', (operator, wanted, value, met) => {
    expect(allowedWhen({ [operator]: { [one]: wanted } }, { [one]: value })).toBe(met);
  });

  it.each([
    ['StringEquals', false],
    ['StringLike', false],
    ['StringNotEquals', true],
    ['ArnNotLike', true],
    ['StringEqualsIfExists', true],
    ['ForAllValues:StringEquals', true],
    ['ForAnyValue:StringEquals', false],
    ['ForAnyValue:StringNotEquals', false],
  ])('%s on an absent key: %s', (operator, met) => {
    const wanted = operator.startsWith('Arn') ? 'arn:aws:iam::1:role/x' : 'a';

    expect(allowedWhen({ [operator]: { [one]: wanted } }, {})).toBe(met);
  });

  it('reads Null on an absent key', () => {
    expect(allowedWhen({ Null: { [one]: 'true' } }, {})).toBe(true);
    expect(allowedWhen({ Null: { [one]: 'false' } }, {})).toBe(false);
  });

  it.each([
    ['ForAllValues:StringLike', ['REQ#1', 'REQ#2'], true],
    ['ForAllValues:StringLike', ['REQ#1', 'AUDIT#2'], false],
    ['ForAnyValue:StringLike', ['REQ#1', 'AUDIT#2'], true],
    ['ForAnyValue:StringLike', ['AUDIT#2'], false],
    ['ForAnyValue:StringNotLike', ['REQ#1', 'AUDIT#2'], true],
    ['ForAllValues:StringNotLike', ['REQ#1', 'AUDIT#2'], false],
    ['ForAllValues:StringNotLike', ['AUDIT#1', 'AUDIT#2'], true],
  ])('%s over %j: %s', (operator, values, met) => {
    expect(allowedWhen({ [operator]: { [many]: 'REQ#*' } }, { [many]: values })).toBe(met);
  });

  it('needs every operator and every key, whatever the case of the key', () => {
    const condition = {
      StringEquals: { 'AWS:requesttag/REQUEST': 'a', 'aws:ResourceOrgID': 'o-1' },
      Bool: { 'aws:ViaAWSService': 'false' },
    };
    const met = { [one]: 'a', 'aws:ResourceOrgID': 'o-1', 'aws:ViaAWSService': 'false' };

    expect(allowedWhen(condition, met)).toBe(true);
    for (const key of Object.keys(met)) {
      expect(allowedWhen(condition, { ...met, [key]: 'x' })).toBe(false);
    }
  });
});

describe('evaluate', () => {
  const request = { action: 'ec2:RunInstances', resource: INSTANCE, context: new Map() };
  const denyRun = permissions({
    Sid: 'NoRun',
    Effect: 'Deny',
    Action: 'ec2:RunInstances',
    Resource: '*',
  });
  const onlySqs = permissions({ Effect: 'Allow', Action: 'sqs:*', Resource: '*' });

  it.each([
    ['nothing allows', [], [], [], 'implicit-deny', 'identity-based policy'],
    ['an identity policy allows', [ALLOW_ALL], [], [], 'allowed', null],
    ['one of several allows', [onlySqs, ALLOW_ALL], [], [], 'allowed', null],
    [
      'a deny beside an allow',
      [ALLOW_ALL, denyRun],
      [],
      [],
      'explicit-deny',
      'identity-based policy',
    ],
    [
      'a session policy does not allow',
      [ALLOW_ALL],
      [onlySqs],
      [],
      'implicit-deny',
      'session policy',
    ],
    [
      'a session policy denies',
      [ALLOW_ALL],
      [ALLOW_ALL, denyRun],
      [],
      'explicit-deny',
      'session policy',
    ],
    [
      'a session policy alone allows',
      [onlySqs],
      [ALLOW_ALL],
      [],
      'implicit-deny',
      'identity-based policy',
    ],
    [
      'an SCP denies',
      [ALLOW_ALL],
      [],
      [ALLOW_ALL, denyRun],
      'explicit-deny',
      'service control policy',
    ],
    [
      'an SCP does not allow',
      [ALLOW_ALL],
      [],
      [onlySqs],
      'implicit-deny',
      'service control policy',
    ],
    ['all three allow', [ALLOW_ALL], [ALLOW_ALL], [ALLOW_ALL], 'allowed', null],
  ])('%s', (_name, identity, session, organization, expected, by) => {
    const decision = evaluate({ identity, session, organization }, request);

    expect(decision.outcome).toBe(expected);
    expect('by' in decision ? decision.by : null).toBe(by);
  });

  it('names the statement that denied', () => {
    const decision = evaluate(
      { identity: [ALLOW_ALL, denyRun], session: [], organization: [] },
      request,
    );

    expect(decision).toMatchObject({ statement: { sid: 'NoRun' } });
  });
});

describe('parsePolicy', () => {
  const statement = { Effect: 'Allow', Action: 'ec2:RunInstances', Resource: '*' };

  it.each([
    ['an unknown operator', { ...statement, Condition: { StringSortOf: { 'aws:x': 'y' } } }],
    [
      'an unknown quantifier',
      { ...statement, Condition: { 'ForSome:StringEquals': { 'aws:x': 'y' } } },
    ],
    ['a number that is none', { ...statement, Condition: { NumericLessThan: { 'aws:x': 'y' } } }],
    ['a policy variable', { ...statement, Resource: 'arn:aws:s3:::home/$' + '{aws:username}' }],
    ['a resource that is no ARN', { ...statement, Resource: 'instance/*' }],
    ['an ARN that is too short', { ...statement, Resource: 'arn:aws:ec2:*' }],
    ['an action without a service', { ...statement, Action: 'RunInstances' }],
    ['both Action and NotAction', { ...statement, NotAction: 'ec2:*' }],
    ['neither Resource nor NotResource', { Effect: 'Allow', Action: '*' }],
    ['a Principal in a permissions policy', { ...statement, Principal: '*' }],
    ['a misspelled element', { ...statement, Conditions: {} }],
    ['an effect in lower case', { ...statement, Effect: 'allow' }],
  ])('refuses %s', (_name, malformed) => {
    expect(() => permissions(malformed)).toThrow(TypeError);
  });

  it('refuses a trust policy with a Resource, an empty document and an old version', () => {
    const trust = { Version: '2012-10-17', Statement: { ...statement, Principal: '*' } };

    expect(() => parsePolicy(trust, 'trust')).toThrow('A trust statement');
    expect(() => parsePolicy({}, 'permissions')).toThrow('Malformed policy');
    expect(() =>
      parsePolicy({ Version: '2008-10-17', Statement: [statement] }, 'permissions'),
    ).toThrow('Malformed policy');
  });
});
