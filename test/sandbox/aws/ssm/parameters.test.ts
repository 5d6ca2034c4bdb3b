import {
  DeleteParameterCommand,
  DeleteParametersCommand,
  DescribeParametersCommand,
  GetParameterCommand,
  GetParametersCommand,
  PutParameterCommand,
  type PutParameterRequest,
} from '@aws-sdk/client-ssm';
import { describe, expect, it } from 'vitest';
import { HUB, REGION } from '../license-manager/small-cloud.ts';
import { ssmWorld } from './ssm-world.ts';

const SECRET = {
  Name: '/quartermaster/signing-secret',
  Value: 's3cret',
  Type: 'SecureString',
} as const;
const ROLE = `arn:aws:iam::${HUB}:role/reader`;

const ssm = ssmWorld();

const put = (input: PutParameterRequest) => ssm.client.send(new PutParameterCommand(input));
const get = (Name: string, WithDecryption?: boolean) =>
  ssm.client.send(new GetParameterCommand({ Name, ...(WithDecryption && { WithDecryption }) }));

describe('a SecureString', () => {
  it('shows its value only with decryption', async () => {
    await put(SECRET);

    const sealed = await get(SECRET.Name);
    const open = await get(SECRET.Name, true);

    expect(sealed.Parameter?.Value).not.toContain(SECRET.Value);
    expect(open.Parameter).toEqual({
      Name: SECRET.Name,
      Type: 'SecureString',
      Value: SECRET.Value,
      Version: 1,
      ARN: `arn:aws:ssm:${REGION}:${HUB}:parameter/quartermaster/signing-secret`,
      DataType: 'text',
      LastModifiedDate: new Date(ssm.cloud.clock.now()),
    });
  });

  it('needs leave to use a key of the customer only when it is decrypted with one', async () => {
    const key = `arn:aws:kms:${REGION}:${HUB}:key/1`;
    await put(SECRET);
    await put({ ...SECRET, Name: '/quartermaster/bot-token', KeyId: key });
    ssm.iam.registerRole({
      arn: ROLE,
      trustPolicy: {
        Version: '2012-10-17',
        Statement: { Effect: 'Allow', Principal: { AWS: HUB }, Action: 'sts:AssumeRole' },
      },
      policies: [
        {
          Version: '2012-10-17',
          Statement: {
            Effect: 'Allow',
            Action: 'ssm:GetParameter',
            Resource: `arn:aws:ssm:*:*:parameter/quartermaster/*`,
          },
        },
      ],
    });
    const read = (Name: string, WithDecryption: boolean) =>
      ssm.server.call({
        service: 'ssm',
        operation: 'GetParameter',
        input: { Name, WithDecryption },
        region: REGION,
        principal: ROLE,
      });

    await expect(read(SECRET.Name, true)).resolves.toBeDefined();
    await expect(read('/quartermaster/bot-token', false)).resolves.toBeDefined();
    await expect(read('/quartermaster/bot-token', true)).rejects.toThrow(/kms:Decrypt/);
    await expect(read('/other', false)).rejects.toThrow(/not authorized/);
  });
});

describe('writing parameters', () => {
  it('counts versions, and overwrites only when asked to', async () => {
    const Name = '/quartermaster/limit';
    await put({ Name, Value: '1', Type: 'String' });

    await expect(put({ Name, Value: '2' })).rejects.toMatchObject({
      name: 'ParameterAlreadyExists',
    });
    const { Version } = await put({ Name, Value: '2', Overwrite: true });

    expect(Version).toBe(2);
    expect((await get(Name)).Parameter).toMatchObject({ Value: '2', Type: 'String', Version: 2 });
    expect((await get(`${Name}:2`)).Parameter?.Value).toBe('2');
    await expect(get(`${Name}:1`)).rejects.toMatchObject({ name: 'ParameterVersionNotFound' });
  });

  it.each<[PutParameterRequest, string]>([
    [{ Name: '/a', Value: 'x' }, 'ValidationException'],
    [{ Name: '/a', Value: '', Type: 'String' }, 'ValidationException'],
    [{ Name: '/a', Value: 'x'.repeat(4097), Type: 'String' }, 'ValidationException'],
    [
      { Name: '/a', Value: 'x'.repeat(8193), Type: 'String', Tier: 'Advanced' },
      'ValidationException',
    ],
    [{ Name: 'a/b', Value: 'x', Type: 'String' }, 'ValidationException'],
    [{ Name: '/a b', Value: 'x', Type: 'String' }, 'ValidationException'],
    [{ Name: '/aws/x', Value: 'x', Type: 'String' }, 'ValidationException'],
    [
      { Name: SECRET.Name, Value: 'x', Type: 'String', Overwrite: true },
      'HierarchyTypeMismatchException',
    ],
  ])('refuses %o', async (input, name) => {
    await put(SECRET);

    await expect(put(input)).rejects.toMatchObject({ name });
  });
});

describe('reading and removing parameters', () => {
  it('finds by ARN too, and tells which names it does not know', async () => {
    await put({ Name: '/a', Value: '1', Type: 'String' });
    await put({ Name: 'b', Value: '2', Type: 'String' });

    const arn = `arn:aws:ssm:${REGION}:${HUB}:parameter/a`;
    const found = await ssm.client.send(new GetParametersCommand({ Names: [arn, 'b', 'a', '/c'] }));

    expect(found.Parameters?.map(({ Value }) => Value)).toEqual(['1', '2']);
    expect(found.InvalidParameters).toEqual(['a', '/c']);
    await expect(get('/c')).rejects.toMatchObject({ name: 'ParameterNotFound' });
    await expect(
      ssm.client.send(
        new GetParametersCommand({ Names: Array.from({ length: 11 }, (_, n) => `/${n}`) }),
      ),
    ).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('lists without values, and deletes', async () => {
    for (const Name of ['/a/1', '/a/2', '/b']) await put({ Name, Value: 'x', Type: 'String' });
    const names = async (filter?: object) => {
      const { Parameters = [] } = await ssm.client.send(
        new DescribeParametersCommand({
          ...(filter && { ParameterFilters: [{ Key: 'Name', ...filter }] }),
        }),
      );
      expect(Parameters.some((parameter) => 'Value' in parameter)).toBe(false);
      return Parameters.map(({ Name }) => Name);
    };

    expect(await names({ Option: 'BeginsWith', Values: ['/a'] })).toEqual(['/a/1', '/a/2']);
    expect(await names({ Option: 'Contains', Values: ['1'] })).toEqual(['/a/1']);
    expect(await names({ Values: ['/b'] })).toEqual(['/b']);

    await ssm.client.send(new DeleteParameterCommand({ Name: '/b' }));
    const removed = await ssm.client.send(new DeleteParametersCommand({ Names: ['/a/1', '/b'] }));
    expect(removed).toMatchObject({ DeletedParameters: ['/a/1'], InvalidParameters: ['/b'] });
    expect(await names()).toEqual(['/a/2']);
  });
});
