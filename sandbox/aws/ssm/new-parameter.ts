import * as client from '@aws-sdk/client-ssm';
import type { ParameterRecord } from '../cloud/cloud.ts';
import { AwsError } from '../wire/service.ts';
import { validation } from './one-page.ts';

interface Circumstances {
  /** The version that is there now. */
  readonly existing: ParameterRecord | undefined;
  readonly account: string;
  readonly region: string;
  readonly now: Date;
}

const NAME = /^\/?[A-Za-z0-9_.-]+(\/[A-Za-z0-9_.-]+)*$/;

/** What each tier holds, in bytes. */
const SIZES = { Standard: 4096, Advanced: 8192, 'Intelligent-Tiering': 8192 } as const;

/** The next version of a parameter. @throws AwsError for what Parameter Store refuses. */
export function newParameter(
  input: Partial<client.PutParameterRequest>,
  { existing, account, region, now }: Circumstances,
): ParameterRecord {
  const { Name = '', Value = '', Overwrite = false, Tier = 'Standard' } = input;
  checkName(Name);
  checkEnum('type', client.ParameterType, input.Type);
  checkEnum('tier', client.ParameterTier, Tier);
  checkValue(Value, SIZES[Tier]);
  if (existing !== undefined && !Overwrite) {
    throw new AwsError(
      'ParameterAlreadyExists',
      'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
    );
  }
  const Type = typeOf(input, existing);
  return {
    Name,
    Type,
    Value,
    Version: (existing?.Version ?? 0) + 1,
    LastModifiedDate: now,
    ARN: parameterArn(account, region, Name),
    DataType: input.DataType ?? 'text',
    ...(Type === 'SecureString' && { KeyId: input.KeyId ?? existing?.KeyId ?? 'alias/aws/ssm' }),
  };
}

/** A path's leading slash is not doubled. */
export function parameterArn(account: string, region: string, name: string): string {
  return `arn:aws:ssm:${region}:${account}:parameter/${name.replace(/^\//, '')}`;
}

function typeOf(
  { Type }: Partial<client.PutParameterRequest>,
  existing: ParameterRecord | undefined,
): client.ParameterType {
  const type = Type ?? existing?.Type;
  if (type === undefined)
    throw validation('A parameter type is required when you create a parameter.');
  if (existing !== undefined && type !== existing.Type) {
    throw new AwsError(
      'HierarchyTypeMismatchException',
      `The parameter is a ${existing.Type} and cannot become a ${type}.`,
    );
  }
  return type;
}

function checkEnum(name: string, values: object, value: string | undefined): void {
  const known = Object.values(values);
  if (value === undefined || known.includes(value)) return;
  throw validation(
    `1 validation error detected: Value '${value}' at '${name}' failed to satisfy constraint: Member must satisfy enum value set: [${known.join(', ')}]`,
  );
}

function checkName(name: string): void {
  if (!NAME.test(name) || (name.includes('/') && !name.startsWith('/'))) {
    throw validation(
      'Parameter name must be a fully qualified name: letters, digits and _.-/, beginning with / when it is a path.',
    );
  }
  if (/^\/?(aws|ssm)/i.test(name)) {
    throw validation(`Parameter name: can't be prefixed with "aws" or "ssm" (case-insensitive).`);
  }
}

function checkValue(value: string, most: number): void {
  const bytes = Buffer.byteLength(value);
  if (bytes === 0) throw validation('Parameter value must not be empty.');
  if (bytes > most) {
    throw validation(`The tier supports a maximum parameter value of ${most} characters.`);
  }
}
