import type {
  DescribeInstanceSqlHaStatesRequest,
  DescribeInstanceSqlHaStatesResult,
  RegisteredInstance,
} from '@aws-sdk/client-ec2';
import { type Call, visibleInstances } from './ec2.ts';
import { byTags, type FilterFields, filtered } from './filters.ts';
import { page } from './paging.ts';

const FIELDS: FilterFields<RegisteredInstance> = {
  haStatus: ({ HaStatus }) => HaStatus,
  sqlServerLicenseUsage: ({ SqlServerLicenseUsage }) => SqlServerLicenseUsage,
};

/** Only instances for which somebody switched detection on; of other ids EC2 says nothing. */
export function describeInstanceSqlHaStates(
  call: Call,
  input: DescribeInstanceSqlHaStatesRequest,
): DescribeInstanceSqlHaStatesResult {
  const instances = visibleInstances(call);
  const ids = input.InstanceIds ?? [];
  const found = [...call.region.sqlHaStates.values()].filter(({ InstanceId = '' }) => {
    return instances.has(InstanceId) && (ids.length === 0 || ids.includes(InstanceId));
  });
  const { items, NextToken } = page(filtered(found, input.Filters, FIELDS, byTags), input, {
    keyOf: ({ InstanceId }) => InstanceId ?? '',
    least: 1,
    most: 1000,
    idsGiven: ids.length > 0 ? 'InstanceIds' : undefined,
  });
  return { Instances: items, NextToken };
}
