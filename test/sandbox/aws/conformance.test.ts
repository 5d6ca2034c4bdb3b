import { describe, expect, it } from 'vitest';
import { faultError } from '../../../sandbox/aws/wire/fault-errors.ts';
import { conforms, declaredErrors, modelsPresent } from './conformance.ts';

describe.skipIf(!modelsPresent)('conforms', () => {
  it('has nothing against what AWS could send', () => {
    const Hosts = [
      {
        HostId: 'h-1',
        State: 'available',
        HostProperties: { Cores: 48, Sockets: 2 },
        AllocationTime: new Date(),
      },
    ];

    expect(conforms('ec2', 'DescribeHosts', 'output', { Hosts })).toEqual([]);
    expect(conforms('monitoring', 'GetMetricData', 'output', {})).toEqual([]);
  });

  it.each([
    ['a missing member', 'license-manager', 'GetLicenseConfiguration', 'input', {}, 'required by'],
    [
      'a wrong enum',
      'license-manager',
      'ListLicenseConfigurations',
      'output',
      { LicenseConfigurations: [{ LicenseCountingType: 'CPU' }] },
      '$.LicenseConfigurations[0].LicenseCountingType: "CPU" not in enum',
    ],
    [
      'an unknown member',
      'license-manager',
      'ListLicenseConfigurations',
      'output',
      { Configurations: [] },
      'not a member of',
    ],
    [
      'a wrong type',
      'ec2',
      'DescribeHosts',
      'output',
      { Hosts: [{ HostProperties: { Cores: 1.5 } }] },
      'not a integer',
    ],
    [
      'a time as text',
      'ec2',
      'DescribeHosts',
      'output',
      { Hosts: [{ AllocationTime: 'now' }] },
      'not a timestamp',
    ],
    ['what is no list', 'ec2', 'DescribeHosts', 'input', { Filter: {} }, 'not a list'],
    [
      'a pattern',
      'sts',
      'AssumeRole',
      'input',
      { RoleArn: 'arn:aws:iam::111122223333:role/x', RoleSessionName: 'a b' },
      'does not match',
    ],
    [
      'a range',
      'sts',
      'AssumeRole',
      'input',
      { RoleArn: 'arn:aws:iam::111122223333:role/x', RoleSessionName: 'ab', DurationSeconds: 1 },
      '1 < 900',
    ],
  ] as const)('sees %s', (_name, service, operation, side, value, problem) => {
    const found = conforms(service, operation, side, value);

    expect(found.join('\n')).toContain(problem);
  });
});

describe.skipIf(!modelsPresent)('the errors of injected faults', () => {
  it.each([
    ['license-manager', 'ListLicenseConfigurations', 'throttle'],
    ['license-manager', 'ListLicenseConfigurations', 'error'],
    ['dynamodb', 'PutItem', 'throttle'],
    ['dynamodb', 'PutItem', 'error'],
    ['ssm', 'GetInventory', 'error'],
    ['sqs', 'SendMessage', 'throttle'],
    ['monitoring', 'GetMetricStatistics', 'error'],
  ] as const)('of %s %s by %s are declared by AWS', (service, operation, effect) => {
    const { code } = faultError({ service, operation, effect });

    expect(declaredErrors(service, operation)).toContain(code);
  });
});
