import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shardOf } from '#adapters/estate-file/estate-shard.ts';
import { readEstate } from '#adapters/estate-file/read-estate.ts';
import { writeEstate } from '#adapters/estate-file/write-estate.ts';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import { DEFAULT_SETTINGS } from '#domain/estate/licensing-settings.ts';
import type { MachinePrice } from '#domain/launch/machine-price.ts';
import { EMPTY_REGISTER } from '#domain/licenses/license-register.ts';
import type { LaunchRequest } from '#domain/requests/launch-request.ts';
import {
  ACCOUNT,
  aConfiguration,
  aHost,
  anImage,
  anInstance,
  aRequest,
  aShard,
  aTemplate,
  aType,
  aUsage,
  configurationArn,
  configurationId,
  NOW,
  REGION,
} from '../../builders.ts';

const LICENSE = configurationId('1');
const HOST = 'h-0123456789abcdef0';
const INSTANCE = 'i-0123456789abcdef0';

/** The least that somebody would write: a configuration, a type, a host, an instance on it. */
function aDocument(changes: Readonly<Record<string, unknown>> = {}, scope: object = {}) {
  return {
    schemaVersion: 1,
    asOf: '2026-11-22T09:00:00Z',
    accounts: [{ id: ACCOUNT, name: 'erp', regions: [REGION] }],
    scopes: [
      {
        account: ACCOUNT,
        region: REGION,
        configurations: [{ id: LICENSE, name: 'SQL Server', countingType: 'vCPU', limit: 64 }],
        instanceTypes: [anInstanceType()],
        hosts: [aHostEntry()],
        instances: [anEntry()],
        ...scope,
      },
    ],
    ...changes,
  };
}

function anInstanceType() {
  const { name, defaultVcpus, defaultCores, defaultThreadsPerCore, memoryMib } = aType();
  return { name, defaultVcpus, defaultCores, defaultThreadsPerCore, memoryMib };
}

function aHostEntry(changes: object = {}) {
  const host = { hostId: HOST, instanceFamily: 'r6i', sockets: 2, cores: 64, totalVcpus: 128 };
  return { ...host, ...changes };
}

function anEntry(changes: object = {}) {
  const placed = { tenancy: 'host', hostId: HOST, licenses: [LICENSE] };
  return { instanceId: INSTANCE, instanceType: 'r6i.2xlarge', ...placed, ...changes };
}

function read(document: unknown) {
  return readEstate(JSON.stringify(document));
}

function problemsOf(document: unknown) {
  const result = read(document);
  return result.ok ? [] : result.problems.map(({ path, message }) => `${path}: ${message}`);
}

describe('an estate file', () => {
  it('may leave out what has a usual value', () => {
    const result = read(aDocument());

    if (!result.ok) throw new Error(JSON.stringify(result.problems));
    const [scope] = result.estate.scopes;
    if (scope === undefined) throw new Error('no scope');
    const shard = shardOf(scope, result.estate.asOf);
    expect(shard.instances[0]).toMatchObject({
      state: 'running',
      arn: `arn:aws:ec2:${REGION}:${ACCOUNT}:instance/${INSTANCE}`,
      licenseConfigurationArns: [configurationArn('1')],
    });
    expect(shard.hosts[0]).toMatchObject({ instanceIds: [INSTANCE], state: 'available' });
    expect(shard.configurations[0]).toMatchObject({ arn: configurationArn('1'), limit: 64 });
  });

  it('tells a list that is empty from one that is left out', () => {
    const result = read(aDocument({}, { databases: [] }));

    if (!result.ok) throw new Error(JSON.stringify(result.problems));
    const [scope] = result.estate.scopes;
    const sources = scope === undefined ? {} : shardOf(scope, result.estate.asOf).sources;
    expect(sources.databases).toEqual({ asOf: result.estate.asOf, error: null, state: 'read' });
    expect(sources.containers).toBeUndefined();
  });

  it('reads past a byte order mark', () => {
    expect(readEstate(`\uFEFF${JSON.stringify(aDocument())}`).ok).toBe(true);
  });

  const UNKNOWN = configurationId('9');
  it.each([
    ['no JSON', '{', /^: Write JSON: /],
    ['a list', '[]', /^: Write a section with fields$/],
    [
      'a version of tomorrow',
      aDocument({ schemaVersion: 2 }),
      /^schemaVersion: This file has version 2, this program reads version 1/,
    ],
    ['a version that never was', aDocument({ schemaVersion: 0 }), /^schemaVersion: Write 1$/],
    ['no version', aDocument({ schemaVersion: undefined }), /^schemaVersion: /],
    ['no asOf', aDocument({ asOf: undefined }), /^asOf: Write this field: it is missing$/],
    [
      'a misspelled field',
      aDocument({ entitlement: [] }),
      /^: Remove entitlement: there is no such field$/,
    ],
    [
      'a misspelled field of an instance',
      aDocument({}, { instances: [anEntry({ tenency: 'host' })] }),
      /^scopes\[0\]\.instances\[0\]: Remove tenency/,
    ],
    [
      'an unknown counting type',
      aDocument({}, { configurations: [{ id: LICENSE, name: 'x', countingType: 'GPU' }] }),
      /^scopes\[0\]\.configurations\[0\]\.countingType: /,
    ],
    [
      'an unknown instance type',
      aDocument({}, { instances: [anEntry({ instanceType: 'r6i.3xlarge' })] }),
      /^scopes\[0\]\.instances\[0\]\.instanceType: Describe r6i\.3xlarge under instanceTypes/,
    ],
    [
      'a missing field of an instance',
      aDocument({}, { instances: [anEntry({ instanceType: undefined })] }),
      /^scopes\[0\]\.instances\[0\]\.instanceType: Write this field: it is missing$/,
    ],
    [
      'a host that is not there',
      aDocument({}, { hosts: [] }),
      /^scopes\[0\]\.instances\[0\]\.hostId: Describe h-/,
    ],
    [
      'a host of another family',
      aDocument({}, { hosts: [aHostEntry({ instanceFamily: 'r6id' })] }),
      /^scopes\[0\]\.instances\[0\]\.instanceType: h-\w+ is a host for r6id/,
    ],
    [
      'a host without host tenancy',
      aDocument({}, { instances: [anEntry({ tenancy: 'default' })] }),
      /^scopes\[0\]\.instances\[0\]\.tenancy: Write host/,
    ],
    [
      'a host with fewer cores than sockets',
      aDocument({}, { hosts: [aHostEntry({ cores: 1 })] }),
      /^scopes\[0\]\.hosts\[0\]\.cores: Write all cores/,
    ],
    [
      'a host with more on it than it has',
      aDocument({}, { hosts: [aHostEntry({ totalVcpus: 4 })] }),
      /^scopes\[0\]\.hosts\[0\]\.totalVcpus: Write at least 8/,
    ],
    [
      'a license that nobody describes',
      aDocument({}, { instances: [anEntry({ licenses: [UNKNOWN] })] }),
      /^scopes\[0\]\.instances\[0\]\.licenses: Describe lic-9/,
    ],
    [
      'usage of a license that nobody describes',
      aDocument(
        {},
        {
          usage: [
            {
              configuration: UNKNOWN,
              resourceArn: 'arn:x/i-1',
              resourceType: 'EC2_INSTANCE',
              consumed: 1,
            },
          ],
        },
      ),
      /^scopes\[0\]\.usage\[0\]\.configuration: Describe/,
    ],
    [
      'the same instance twice',
      aDocument({}, { instances: [anEntry(), anEntry()] }),
      /^scopes\[0\]\.instances\[1\]\.instanceId: Remove it or write another: i-\w+ is at scopes\[0\]\.instances\[0\] already$/,
    ],
    [
      'half a license',
      aDocument(
        {},
        { configurations: [{ id: LICENSE, name: 'x', countingType: 'vCPU', limit: 1.5 }] },
      ),
      /^scopes\[0\]\.configurations\[0\]\.limit: /,
    ],
  ])('with %s is refused, with where and what to write', (_name, document, problem) => {
    const text = typeof document === 'string' ? document : JSON.stringify(document);
    const result = readEstate(text);

    expect(result.ok).toBe(false);
    expect(
      result.ok ? [] : result.problems.map(({ path, message }) => `${path}: ${message}`),
    ).toContainEqual(expect.stringMatching(problem));
  });

  it('names the same scope twice as a contradiction', () => {
    const { scopes } = aDocument();

    expect(problemsOf(aDocument({ scopes: [...scopes, ...scopes] }))).toEqual([
      `scopes[1]: Remove it or write another: ${ACCOUNT}/${REGION} is at scopes[0] already`,
    ]);
  });

  it('may name types that AWS does not describe yet', () => {
    const scope = {
      instances: [anEntry({ instanceType: 'r6i.3xlarge' })],
      undescribedTypes: ['r6i.3xlarge'],
    };

    expect(problemsOf(aDocument({}, scope))).toEqual([]);
  });
});

describe('an estate that was written', () => {
  const limits = fc.option(fc.nat({ max: 1_000_000 }));
  const configurations = fc
    .record({
      limit: limits,
      name: fc.string(),
      rules: fc.subarray([
        '#allowedTenancy=EC2-Default,EC2-DedicatedHost',
        '#minimumVcpus=4',
        '#honorVcpuOptimization=True',
        '#licenseAffinityToHost=90',
        '#tomorrow=1',
      ]),
    })
    .map(aConfiguration);
  const shards = fc
    .record({
      configuration: configurations,
      name: fc.option(fc.string()),
      consumed: fc.nat({ max: 99 }),
    })
    .map(({ configuration, name, consumed }) =>
      aShard({
        configurations: [configuration],
        usage: [aUsage({ consumed, resourceId: INSTANCE })],
        instances: [anInstance({ instanceId: INSTANCE, name, tenancy: 'host', hostId: HOST })],
        hosts: [
          aHost({
            hostId: HOST,
            instanceIds: [INSTANCE],
            licenseConfigurationArns: [configuration.arn],
          }),
        ],
        images: [anImage({ copiedFrom: 'ami-1' })],
        launchTemplates: [aTemplate({ cpuOptions: { coreCount: 2, threadsPerCore: 1 } })],
        sources: { 'license-configurations': { asOf: NOW, error: 'Throttled', state: 'failed' } },
      }),
    );

  it('reads back to the same inventory', () => {
    fc.assert(
      fc.property(shards, (shard) => {
        const back = writtenAndRead(shard);

        expect({ ...back, sources: {} }).toEqual({ ...shard, sources: {} });
        expect(back.sources['license-configurations']).toEqual(
          shard.sources['license-configurations'],
        );
      }),
      { numRuns: 50 },
    );
  });

  it('describes the types that something runs on, or that a request is for', () => {
    const types = ['r6i.2xlarge', 'm6i.large', 'c6i.large'].map((name) => aType({ name }));
    const request = aRequest({ plan: { ...aRequest().plan, instanceType: 'm6i.large' } });
    const shard = aShard({ instances: [anInstance()], instanceTypes: types });

    const names = writtenAndRead(shard, [request]).instanceTypes.map(({ name }) => name);
    expect(names).toEqual(['r6i.2xlarge', 'm6i.large']);
  });

  it('reads back where AWS refused to tell of hosts and licenses, or another account shares one', () => {
    const refused = { asOf: null, error: 'AccessDenied', state: 'refused' } as const;
    const shared = configurationArn('2').replace(ACCOUNT, '999988887777');
    const shard = aShard({
      configurations: [],
      hosts: [],
      instances: [
        anInstance({
          instanceId: INSTANCE,
          tenancy: 'host',
          hostId: HOST,
          licenseConfigurationArns: [configurationArn('1'), shared],
        }),
      ],
      sources: { 'license-configurations': refused, hosts: refused },
    });

    expect(writtenAndRead(shard).instances).toEqual(shard.instances);
  });

  it('keeps every price, with the type that it is of, and leaves out other types', () => {
    const price = (instanceType: string): MachinePrice => ({
      ...{ instanceType, usageOperation: 'RunInstances', tenancy: 'default', spot: false },
      hourly: { micros: 504_000, currency: 'USD' },
    });
    const shard = aShard({
      instances: [anInstance({ instanceId: INSTANCE })],
      instanceTypes: ['r6i.2xlarge', 'r6a.2xlarge', 'x1.16xlarge'].map((name) => aType({ name })),
      prices: [price('r6i.2xlarge'), price('r6a.2xlarge')],
    });

    const { prices, instanceTypes } = writtenAndRead(shard);

    expect(prices).toEqual(shard.prices);
    expect(instanceTypes.map(({ name }) => name)).toEqual(['r6i.2xlarge', 'r6a.2xlarge']);
  });

  function writtenAndRead(
    shard: InventoryShard,
    openRequests: readonly LaunchRequest[] = [],
  ): InventoryShard {
    const text = writeEstate({
      asOf: NOW,
      accounts: [{ id: ACCOUNT, name: 'erp', regions: [REGION] }],
      licensing: DEFAULT_SETTINGS,
      oldAfterMs: 60_000,
      register: EMPTY_REGISTER,
      shards: [shard],
      ledgers: [],
      openRequests,
    });
    const result = readEstate(text);
    if (!result.ok) throw new Error(JSON.stringify(result.problems));
    const [scope] = result.estate.scopes;
    if (scope === undefined) throw new Error('no scope');
    return shardOf(scope, result.estate.asOf);
  }
});
