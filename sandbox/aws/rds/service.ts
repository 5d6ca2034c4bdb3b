import * as client from '@aws-sdk/client-rds';
import { z } from 'zod';
import type { Cloud } from '../cloud/cloud.ts';
import {
  type Authorization,
  type AwsService,
  awsService,
  type CallContext,
} from '../wire/service.ts';
import { describeInstances } from './describe-instances.ts';
import { describeOptionGroups } from './option-groups.ts';

/** RDS: the databases and their option groups, to be read. */
export function rdsService(cloud: Cloud): AwsService {
  return awsService(
    client,
    {
      DescribeDBInstances: (input, { account, region }) =>
        describeInstances(cloud.region(account, region), input),
      DescribeOptionGroups: (input, { account, region }) =>
        describeOptionGroups(cloud.region(account, region), input),
    },
    { authorize },
  );
}

const Named = z.object({
  DBInstanceIdentifier: z.string().optional(),
  OptionGroupName: z.string().optional(),
});

/** Both actions are on databases or option groups by name; all of them when none is named (Service Authorization Reference). */
function authorize(
  operation: string,
  input: unknown,
  { account, region }: CallContext,
): readonly Authorization[] {
  const { DBInstanceIdentifier, OptionGroupName } = Named.parse(input);
  const [kind, name = '*'] =
    operation === 'DescribeDBInstances' ? ['db', DBInstanceIdentifier] : ['og', OptionGroupName];
  const resource = name.startsWith('arn:')
    ? name
    : `arn:aws:rds:${region}:${account}:${kind}:${name}`;
  return [{ action: `rds:${operation}`, resource }];
}
