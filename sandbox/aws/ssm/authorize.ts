import { z } from 'zod';
import type { Cloud } from '../cloud/cloud.ts';
import type { Authorization, CallContext } from '../wire/service.ts';
import { parameterArn } from './new-parameter.ts';
import { lookUp } from './parameters.ts';

const Named = z.object({
  Name: z.string().optional(),
  Names: z.array(z.string()).optional(),
  WithDecryption: z.boolean().optional(),
});

/** What IAM checks: parameters by ARN, and the key when one of them is decrypted with a key of the customer's. */
export function authorizations(
  cloud: Cloud,
  operation: string,
  input: unknown,
  { account, region }: CallContext,
): Authorization[] {
  const { Name, Names = [], WithDecryption = false } = Named.parse(input);
  const names = Name === undefined ? Names : [Name];
  const action = `ssm:${operation}`;
  if (names.length === 0) return [{ action, resource: '*' }];
  return names.flatMap((name) => {
    const record = lookUp(cloud.region(account, region), name);
    const parameter = { action, resource: parameterArn(account, region, record?.Name ?? name) };
    const key = WithDecryption && record?.Type === 'SecureString' ? record.KeyId : undefined;
    return key === undefined || key === 'alias/aws/ssm'
      ? [parameter]
      : [parameter, { action: 'kms:Decrypt', resource: key }];
  });
}
