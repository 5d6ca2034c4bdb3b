import { createHash } from 'node:crypto';
import type * as client from '@aws-sdk/client-ssm';
import type { Cloud, ParameterRecord, RegionState } from '../cloud/cloud.ts';
import { AwsError, type CallContext } from '../wire/service.ts';
import { newParameter } from './new-parameter.ts';
import { onePage, validation } from './one-page.ts';

const MAX_NAMES = 10;

/** Parameter Store, current versions only. */
export function parameters(cloud: Cloud) {
  const stateOf = ({ account, region }: CallContext) => cloud.region(account, region);
  return {
    GetParameter: (input: Partial<client.GetParameterRequest>, context: CallContext) => ({
      Parameter: shown(findParameter(stateOf(context), input.Name), input.WithDecryption),
    }),

    GetParameters: (input: Partial<client.GetParametersRequest>, context: CallContext) => {
      const names = checkedNames(input.Names);
      const found = names.map((name) => ({ name, record: lookUp(stateOf(context), name) }));
      return {
        Parameters: found.flatMap(({ record }) =>
          record === undefined ? [] : [shown(record, input.WithDecryption)],
        ),
        InvalidParameters: found.flatMap(({ name, record }) =>
          record === undefined ? [name] : [],
        ),
      };
    },

    PutParameter: (input: Partial<client.PutParameterRequest>, context: CallContext) => {
      const state = stateOf(context);
      const record = newParameter(input, {
        existing: state.parameters.get(input.Name ?? ''),
        account: context.account,
        region: context.region,
        now: new Date(cloud.clock.now()),
      });
      state.parameters.set(record.Name, record);
      return { Version: record.Version, Tier: input.Tier ?? ('Standard' as const) };
    },

    DeleteParameter: (input: Partial<client.DeleteParameterRequest>, context: CallContext) => {
      const state = stateOf(context);
      state.parameters.delete(findParameter(state, input.Name).Name);
      return {};
    },

    DeleteParameters: (input: Partial<client.DeleteParametersRequest>, context: CallContext) => {
      const { parameters: all } = stateOf(context);
      const names = checkedNames(input.Names);
      const InvalidParameters = names.filter((name) => !all.has(name));
      return { DeletedParameters: names.filter((name) => all.delete(name)), InvalidParameters };
    },

    DescribeParameters: (input: client.DescribeParametersRequest, context: CallContext) => {
      const tests = (input.ParameterFilters ?? []).map(parameterTest);
      const all = [...stateOf(context).parameters.values()].filter((record) =>
        tests.every((test) => test(record)),
      );
      const { items, ...rest } = onePage(all, input, {
        keyOf: ({ Name }) => Name,
        least: 1,
        usual: 10,
        most: 50,
      });
      return { Parameters: items.map(metadata), ...rest };
    },
  };
}

const ARN = /^arn:aws:ssm:[^:]*:\d*:parameter\//;

/** By name, `name:version` or ARN; an ARN leaves out a path's leading slash. */
export function lookUp(
  { parameters: all }: RegionState,
  name: string,
): ParameterRecord | undefined {
  const [path = '', version] = name.replace(ARN, '').split(':');
  const record = all.get(path) ?? (ARN.test(name) ? all.get(`/${path}`) : undefined);
  return version === undefined || String(record?.Version) === version ? record : undefined;
}

function findParameter(state: RegionState, name = ''): ParameterRecord {
  const record = lookUp(state, name);
  if (record !== undefined) return record;
  const known = lookUp(state, name.replace(/:\d+$/, '')) !== undefined;
  if (known) {
    throw new AwsError(
      'ParameterVersionNotFound',
      `Systems Manager could not find version ${name.split(':').at(-1)} of the parameter.`,
    );
  }
  throw new AwsError('ParameterNotFound', `Parameter ${name} not found.`);
}

function checkedNames(names: readonly string[] = []): readonly string[] {
  if (names.length >= 1 && names.length <= MAX_NAMES) return names;
  throw validation(
    `1 validation error detected: Value at 'names' failed to satisfy constraint: Member must have length between 1 and ${MAX_NAMES}`,
  );
}

function shown(record: ParameterRecord, decrypted: boolean | undefined): client.Parameter {
  const { KeyId: _, ...parameter } = record;
  return record.Type === 'SecureString' && decrypted !== true
    ? { ...parameter, Value: sealed(record) }
    : parameter;
}

/** Stands for the ciphertext: it says nothing about the value, and looks like what KMS makes. */
function sealed({ Name, Version, Value }: ParameterRecord): string {
  const digest = createHash('sha512').update(`${Name}:${Version}:${Value}`).digest();
  return Buffer.concat([Buffer.from([1, 2, 2, 0, 120]), digest]).toString('base64');
}

function metadata({ Value: _, ...record }: ParameterRecord): client.ParameterMetadata {
  const { Name, ARN, Type, KeyId, LastModifiedDate, Version, DataType } = record;
  return { Name, ARN, Type, KeyId, LastModifiedDate, Version, DataType, Tier: 'Standard' };
}

type Comparison = (actual: string, value: string) => boolean;

const COMPARISONS: ReadonlyMap<string, Comparison> = new Map(
  Object.entries<Comparison>({
    Equals: (actual, value) => actual === value,
    BeginsWith: (actual, value) => actual.startsWith(value),
    Contains: (actual, value) => actual.includes(value),
  }),
);

function parameterTest({ Key, Option = 'Equals', Values = [] }: client.ParameterStringFilter) {
  const comparison = COMPARISONS.get(Option);
  if (Key !== 'Name' && Key !== 'Type') {
    throw new AwsError('InvalidFilterKey', `The sandbox filters by Name and Type, not by ${Key}.`);
  }
  if (comparison === undefined) {
    throw new AwsError('InvalidFilterOption', `The filter option ${Option} is not valid.`);
  }
  return (record: ParameterRecord) => Values.some((value) => comparison(record[Key], value));
}
