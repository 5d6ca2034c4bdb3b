import { describe, expect, it } from 'vitest';
import { cloudwatchService } from '../../../../sandbox/aws/cloudwatch/service.ts';
import { administrator } from '../../../../sandbox/aws/iam/principal.ts';
import { licenseManagerService } from '../../../../sandbox/aws/license-manager/service.ts';
import { ssmService } from '../../../../sandbox/aws/ssm/service.ts';
import { AwsError, type AwsService } from '../../../../sandbox/aws/wire/service.ts';
import { createClock } from '../../../../sandbox/clock.ts';
import { buildEstate } from '../../../../sandbox/estate/estate.ts';
import { conforms, declaredErrors, modelsPresent } from '../conformance.ts';

const ACCOUNT = '222233334444';
const REGION = 'us-east-1';
const SQL = { Key: 'AWS:Application.Publisher', Values: ['Microsoft Corporation'] };

const cloud = buildEstate('default', createClock());
const services: Readonly<Record<string, AwsService>> = {
  'license-manager': licenseManagerService(cloud, { rate: { perSecond: 5, burst: 1000 } }),
  ssm: ssmService(cloud),
  monitoring: cloudwatchService(cloud),
};
const [record] = cloud.region(ACCOUNT, REGION).licenseConfigurations.values();
const [instanceId = ''] = cloud.region(ACCOUNT, REGION).managedInstances.keys();
const LicenseConfigurationArn = record?.LicenseConfigurationArn ?? '';
const unknown = `${LicenseConfigurationArn}0`;
const Metric = {
  Namespace: 'AWSLicenseManager/licenseUsage',
  MetricName: 'LicenseConfigurationUsageCount',
  Dimensions: [
    { Name: 'LicenseConfigurationArn', Value: LicenseConfigurationArn },
    { Name: 'LicenseConfigurationType', Value: record?.LicenseCountingType },
  ],
};
const lastDay = () => ({
  StartTime: new Date(cloud.clock.now() - 86_400_000),
  EndTime: new Date(cloud.clock.now()),
});

function play(service: string, operation: string, input: unknown): Promise<unknown> {
  return (
    services[service]?.play(operation, input, {
      service,
      operation,
      account: ACCOUNT,
      region: REGION,
      principal: administrator(ACCOUNT),
      requestId: 'request',
    }) ?? Promise.reject(new Error(`no ${service}`))
  );
}

describe.skipIf(!modelsPresent)("answers about the default estate, by AWS's own models", () => {
  it.each<[string, string, object]>([
    ['license-manager', 'ListLicenseConfigurations', {}],
    ['license-manager', 'GetLicenseConfiguration', { LicenseConfigurationArn }],
    ['license-manager', 'ListUsageForLicenseConfiguration', { LicenseConfigurationArn }],
    ['license-manager', 'ListAssociationsForLicenseConfiguration', { LicenseConfigurationArn }],
    [
      'license-manager',
      'ListFailuresForLicenseConfigurationOperations',
      { LicenseConfigurationArn },
    ],
    ['license-manager', 'ListLicenseSpecificationsForResource', { ResourceArn: firstAssociated() }],
    ['license-manager', 'ListTagsForResource', { ResourceArn: LicenseConfigurationArn }],
    ['license-manager', 'ListResourceInventory', {}],
    ['license-manager', 'GetServiceSettings', {}],
    ['license-manager', 'ListReceivedLicenses', {}],
    ['license-manager', 'CreateLicenseConfiguration', { Name: 'x', LicenseCountingType: 'vCPU' }],
    ['ssm', 'DescribeInstanceInformation', { MaxResults: 50 }],
    ['ssm', 'GetInventory', {}],
    [
      'ssm',
      'GetInventory',
      { Filters: [SQL], ResultAttributes: [{ TypeName: 'AWS:Application' }] },
    ],
    ['ssm', 'ListInventoryEntries', { InstanceId: instanceId, TypeName: 'AWS:Application' }],
    ['ssm', 'PutParameter', { Name: '/q/token', Value: 'x', Type: 'SecureString' }],
    ['ssm', 'GetParameter', { Name: '/q/token' }],
    ['ssm', 'GetParameters', { Names: ['/q/token', '/q/none'] }],
    ['ssm', 'DescribeParameters', {}],
    ['monitoring', 'ListMetrics', {}],
    [
      'monitoring',
      'GetMetricData',
      {
        ...lastDay(),
        MetricDataQueries: [{ Id: 'used', MetricStat: { Metric, Period: 3600, Stat: 'Maximum' } }],
      },
    ],
    [
      'monitoring',
      'GetMetricStatistics',
      { ...lastDay(), ...Metric, Period: 3600, Statistics: ['Average', 'SampleCount'] },
    ],
  ])('%s %s', async (service, operation, input) => {
    const output = await play(service, operation, input);

    expect(conforms(service, operation, 'input', input)).toEqual([]);
    expect(conforms(service, operation, 'output', output)).toEqual([]);
    expect(output).not.toEqual({});
  });
});

describe.skipIf(!modelsPresent)("refusals, by the errors that AWS's models declare", () => {
  const named = { LicenseConfigurationArn: unknown };
  it.each<[string, string, object, string]>([
    ['license-manager', 'GetLicenseConfiguration', named, 'InvalidParameterValueException'],
    [
      'license-manager',
      'ListUsageForLicenseConfiguration',
      named,
      'InvalidParameterValueException',
    ],
    ['license-manager', 'UpdateLicenseConfiguration', named, 'InvalidParameterValueException'],
    [
      'license-manager',
      'DeleteLicenseConfiguration',
      { LicenseConfigurationArn },
      'InvalidParameterValueException',
    ],
    ['license-manager', 'ListLicenseConfigurationsForOrganization', {}, 'AccessDeniedException'],
    [
      'license-manager',
      'ListTagsForResource',
      { ResourceArn: unknown },
      'InvalidParameterValueException',
    ],
    [
      'license-manager',
      'ListLicenseConfigurations',
      { Filters: [{ Name: 'licenseCountingType', Values: ['vCPU', 'Core'] }] },
      'FilterLimitExceededException',
    ],
    ['ssm', 'DescribeInstanceInformation', { NextToken: 'x' }, 'InvalidNextToken'],
    [
      'ssm',
      'DescribeInstanceInformation',
      { Filters: [{ Key: 'Colour', Values: ['x'] }] },
      'InvalidFilterKey',
    ],
    [
      'ssm',
      'DescribeInstanceInformation',
      { Filters: [{ Key: 'InstanceIds', Values: ['x'] }] },
      'InvalidInstanceInformationFilterValue',
    ],
    ['ssm', 'GetInventory', { Filters: [{ Key: 'Name', Values: ['x'] }] }, 'InvalidFilter'],
    [
      'ssm',
      'GetInventory',
      { ResultAttributes: [{ TypeName: 'Application' }] },
      'InvalidTypeNameException',
    ],
    [
      'ssm',
      'ListInventoryEntries',
      { InstanceId: 'i-00000000', TypeName: 'AWS:Application' },
      'InvalidInstanceId',
    ],
    ['ssm', 'GetParameter', { Name: '/none' }, 'ParameterNotFound'],
    ['ssm', 'DeleteParameter', { Name: '/none' }, 'ParameterNotFound'],
  ])('%s %s %o', async (service, operation, input, code) => {
    const error: unknown = await play(service, operation, input).catch((reason: unknown) => reason);

    expect(error).toBeInstanceOf(AwsError);
    expect(error).toMatchObject({ code });
    expect(declaredErrors(service, operation)).toContain(code);
  });
});

function firstAssociated(): string {
  const [arn = ''] = cloud.region(ACCOUNT, REGION).licenseSpecifications.keys();
  return arn;
}
