import { describe, expect, it } from 'vitest';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import type { CountGap, GapCause } from '#domain/licenses/count-gap.ts';
import type { PositionInput } from '#domain/positioning/position-input.ts';
import {
  ACCOUNT,
  aConfiguration,
  aHost,
  anImage,
  anInstance,
  aTemplate,
  aUsage,
  configurationArn,
  NOW,
} from '../../builders.ts';
import { anEntitlement, aRegister } from '../../register-builders.ts';
import { aDatabase, aTask } from '../software/software-builders.ts';
import {
  ALL_READ,
  arnIn,
  OTHER_ACCOUNT,
  position,
  readShard,
  sqlInstance,
  sqlShard,
  withSql,
} from './position-world.ts';

const HONORS = aConfiguration({ rules: ['#honorVcpuOptimization=True'] });
const CORES = aConfiguration({ digit: '2', name: 'Windows Server', countingType: 'Core' });
const OWNED = aRegister({
  entitlements: [anEntitlement({ accounts: [], pools: ['SQL Server 1'] })],
});
const LISTED = aUsage({ resourceId: 'i-1', consumed: 8 });

function gaps(
  shard: InventoryShard,
  input: Partial<PositionInput> = { register: OWNED },
): readonly CountGap[] {
  return position({ shards: [shard], ...input }).gaps;
}

/** Causes with the resources behind each, in a word: `untracked i-1`. */
function words(found: readonly CountGap[]): readonly string[] {
  return found.map(({ cause, resources }) => [cause, ...resources.map(({ id }) => id)].join(' '));
}

/** One instance with SQL Server that License Manager lists as we count it, and a change to it. */
function tracked(
  instance: Parameters<typeof sqlInstance>[1] = {},
  changes: Partial<InventoryShard> = {},
) {
  return sqlShard([sqlInstance('i-1', { name: 'sql-1', tags: { Owner: 'erp' }, ...instance })], {
    configurations: [aConfiguration({ consumed: 8 })],
    usage: [LISTED],
    ...changes,
  });
}

describe('count gaps', () => {
  it('are none where License Manager, we and the terms agree', () => {
    expect(gaps(tracked())).toEqual([]);
  });

  it('name the resources with their owners, and both counts', () => {
    const usage = [aUsage({ resourceId: 'i-1', consumed: 6 })];

    expect(gaps(tracked({}, { usage, configurations: [aConfiguration({ consumed: 6 })] }))).toEqual(
      [
        {
          cause: 'unexplained',
          account: ACCOUNT,
          region: 'us-east-1',
          configurationArns: [configurationArn('1')],
          product: 'sql-server',
          edition: 'enterprise',
          resources: [
            { id: 'i-1', kind: 'instance', name: 'sql-1', owner: 'erp', consumed: 6, counted: 8 },
          ],
        },
      ],
    );
  });

  it.each<[GapCause | 'none', string, InventoryShard]>([
    [
      'untracked',
      'no configuration counts it',
      tracked({ licenseConfigurationArns: [] }, { usage: [], configurations: [] }),
    ],
    [
      'none',
      'Developer needs no license',
      tracked(
        { licenseConfigurationArns: [], tags: { Environment: 'dev' } },
        {
          usage: [],
          configurations: [],
          managedServers: [
            withSql('i-1', {
              sqlServers: [{ name: 'A', edition: 'Developer Edition', version: '15.0' }],
            }),
          ],
        },
      ),
    ],
    [
      'none',
      'the price includes it',
      tracked(
        { licenseConfigurationArns: [], usageOperation: 'RunInstances:0102' },
        { usage: [], configurations: [] },
      ),
    ],
    [
      'not-installed',
      'the software is not in the list',
      tracked(
        {},
        {
          managedServers: [
            withSql('i-1', {
              sqlServers: [],
              applications: [{ name: 'IIS', publisher: 'Microsoft', version: '10' }],
            }),
          ],
        },
      ),
    ],
    [
      'not-installed',
      'the hardware is known, and so would the software',
      tracked(
        {},
        {
          managedServers: [
            withSql('i-1', {
              sqlServers: [],
              hardware: { sockets: 1, cores: 4, hyperThreading: true },
            }),
          ],
        },
      ),
    ],
    [
      'none',
      'nothing was listed at all',
      tracked({}, { managedServers: [withSql('i-1', { sqlServers: [] })] }),
    ],
    ['none', 'the agent does not report', tracked({}, { managedServers: [] })],
    [
      'double-tracked',
      'two configurations count it',
      tracked(
        { licenseConfigurationArns: [configurationArn('1'), configurationArn('3')] },
        {
          configurations: [
            aConfiguration({ consumed: 8 }),
            aConfiguration({ digit: '3', consumed: 8 }),
          ],
          usage: [LISTED, { ...LISTED, configurationArn: configurationArn('3') }],
        },
      ),
    ],
    [
      'unit-differs',
      'instances are counted, and cores licensed',
      tracked(
        {},
        {
          configurations: [aConfiguration({ consumed: 1, countingType: 'Instance' })],
          usage: [aUsage({ resourceId: 'i-1', consumed: 1 })],
        },
      ),
    ],
    ['stopped-but-counted', 'License Manager still lists it', tracked({ state: 'stopped' })],
    ['unknown-type', 'nothing describes the type', tracked({ instanceType: 'z9.large' })],
    [
      'expired-but-counted',
      'the configuration has expired',
      tracked({}, { configurations: [aConfiguration({ consumed: 8, expiresAt: NOW })] }),
    ],
    [
      'unexplained',
      'License Manager does not list it',
      tracked({}, { usage: [], configurations: [aConfiguration()] }),
    ],
    [
      'none',
      'it has ended',
      tracked({ state: 'terminated' }, { usage: [], configurations: [aConfiguration()] }),
    ],
  ])('are %s when %s', (cause, _because, shard) => {
    expect(words(gaps(shard))).toEqual(cause === 'none' ? [] : [`${cause} i-1`]);
  });

  it('say which of two stopped machines License Manager counts, in the order of their ids', () => {
    const stopped = { state: 'stopped' } as const;
    const shard = sqlShard([sqlInstance('i-2', stopped), sqlInstance('i-1', stopped)], {
      configurations: [aConfiguration({ consumed: 8 })],
      usage: [LISTED],
    });

    expect(
      gaps(shard)[0]?.resources.map(({ id, consumed, counted }) => [id, consumed, counted]),
    ).toEqual([
      ['i-1', 8, 0],
      ['i-2', 0, 0],
    ]);
  });

  it('leave it to the owner of a shared configuration whether a stopped machine is listed', () => {
    const shared = aConfiguration({
      arn: arnIn(OTHER_ACCOUNT, '1'),
      account: OTHER_ACCOUNT,
      expiresAt: NOW,
    });
    const instances = (['running', 'stopped'] as const).map((state, index) =>
      sqlInstance(`i-${index}`, { state, licenseConfigurationArns: [shared.arn] }),
    );
    const shard = sqlShard(instances, { configurations: [shared] });

    expect(gaps(shard, {})).toMatchObject([
      { cause: 'expired-but-counted', resources: [{ id: 'i-0', consumed: null, counted: 8 }] },
      { cause: 'stopped-but-counted', resources: [{ id: 'i-1', consumed: null, counted: 0 }] },
    ]);
  });

  it('name a resource once, though its standby needs licenses too', () => {
    const shard = readShard({
      configurations: [],
      databases: [aDatabase({ multiAz: true })],
    });

    expect(words(gaps(shard))).toEqual(['untracked fin-ledger']);
  });

  it('are none for a product whose licenses only AWS sells', () => {
    const ubuntu = { platformDetails: 'Ubuntu Pro', usageOperation: 'RunInstances:0g00' };

    expect(
      gaps(readShard({ instances: [anInstance({ ...ubuntu, licenseConfigurationArns: [] })] })),
    ).toEqual([]);
  });

  it('concern every configuration that counts an installation twice', () => {
    const digits = ['3', '1'];
    const shard = sqlShard(
      [sqlInstance('i-1', { licenseConfigurationArns: digits.map(configurationArn) })],
      {
        configurations: digits.map((digit) => aConfiguration({ digit, consumed: 8 })),
        usage: digits.map((digit) => ({ ...LISTED, configurationArn: configurationArn(digit) })),
      },
    );

    expect(gaps(shard).map(({ configurationArns }) => configurationArns)).toEqual([
      [configurationArn('1'), configurationArn('3')],
    ]);
  });

  it('do not take a second configuration for another product for a double', () => {
    const windows = aConfiguration({
      digit: '3',
      discovers: ['Engine Edition=oracle-ee'],
      consumed: 8,
    });
    const shard = tracked(
      { licenseConfigurationArns: [configurationArn('1'), windows.arn] },
      {
        configurations: [aConfiguration({ consumed: 8 }), windows],
        usage: [LISTED, { ...LISTED, configurationArn: windows.arn }],
        managedServers: [withSql('i-1', { hardware: null })],
      },
    );

    expect(words(gaps(shard))).toEqual(['not-installed i-1']);
  });

  it('say that all that was entitled has expired, as long as its licenses are used', () => {
    const register = aRegister({
      entitlements: [
        anEntitlement({ accounts: [], pools: ['SQL Server 1'], expiresOn: '2026-11-21' }),
      ],
    });

    expect(words(gaps(tracked(), { register }))).toEqual(['expired-but-counted i-1']);
    expect(words(gaps(readShard(), { register }))).toEqual([]);
  });

  it('leave a total that is not the sum of its list unexplained, without resources', () => {
    const configurations = [aConfiguration({ consumed: 20 })];
    const { 'license-usage': _usage, ...unread } = ALL_READ;

    expect(gaps(tracked({}, { configurations }))).toMatchObject([
      { cause: 'unexplained', product: 'sql-server', resources: [] },
    ]);
    expect(gaps(readShard({ configurations }), {})).toMatchObject([
      { product: null, edition: null },
    ]);
    expect(gaps(tracked({}, { configurations, sources: unread }))).toEqual([]);
  });

  it('leave a configuration that another account shares to its owner', () => {
    const shared = aConfiguration({
      arn: arnIn(OTHER_ACCOUNT, '1'),
      account: OTHER_ACCOUNT,
      consumed: 99,
    });
    const shard = sqlShard([sqlInstance('i-1', { licenseConfigurationArns: [shared.arn] })], {
      configurations: [shared],
    });
    const unseen = sqlShard(
      [sqlInstance('i-1', { licenseConfigurationArns: [arnIn(OTHER_ACCOUNT, '9')] })],
      { configurations: [] },
    );

    expect(gaps(shard, {})).toEqual([]);
    expect(words(gaps(unseen, {}))).toEqual(['untracked i-1']);
  });
});

describe('ghost servers', () => {
  const usage = [
    aUsage({ resourceId: 'mi-1', resourceType: 'SYSTEMS_MANAGER_MANAGED_INSTANCE', consumed: 8 }),
  ];
  const since = (day: string) => [withSql('mi-1', { lastPingAt: new Date(day) })];
  const failed = {
    ...ALL_READ,
    'managed-servers': { asOf: NOW, error: 'x', state: 'failed' },
  } as const;

  it.each`
    changes                                               | ghost    | because
    ${{ managedServers: since('2026-10-01') }}            | ${true}  | ${'it has been silent for too long'}
    ${{ managedServers: since('2026-11-20') }}            | ${false} | ${'it spoke two days ago'}
    ${{ managedServers: [] }}                             | ${true}  | ${'Systems Manager knows it no more'}
    ${{ managedServers: [], sources: failed }}            | ${false} | ${'Systems Manager could not be asked'}
    ${{ managedServers: [], sources: {} }}                | ${false} | ${'Systems Manager was not asked'}
    ${{ managedServers: since('2026-10-01'), usage: [] }} | ${false} | ${'it uses nothing'}
  `('are ghosts: $ghost, when $because', ({ changes, ghost }) => {
    const shard = readShard({
      usage,
      configurations: [aConfiguration({ consumed: 8 })],
      ...changes,
    });
    const found = gaps(shard).filter(({ cause }) => cause === 'ghost-server');

    expect(words(found)).toEqual(ghost ? ['ghost-server mi-1'] : []);
  });

  it('are named as their agent named them', () => {
    const shard = readShard({
      usage,
      managedServers: since('2026-10-01'),
      configurations: [aConfiguration({ consumed: 8 })],
    });

    expect(gaps(shard)[0]?.resources).toMatchObject([
      { id: 'mi-1', name: 'host-of-mi-1', owner: null },
    ]);
  });
});

describe('CPU options reset', () => {
  const NOTED = { 'licensing:cpu-options': '2x1' };
  const LAUNCHED = {
    'aws:ec2launchtemplate:id': 'lt-0000000000000000a',
    'aws:ec2launchtemplate:version': '3',
  };
  const fewer = {
    launchTemplates: [aTemplate({ cpuOptions: { coreCount: 2, threadsPerCore: 1 } })],
  };
  const configurations = [{ ...HONORS, consumed: 8 }];

  it.each`
    instance                                                           | changes                                                  | reset    | because
    ${{ tags: NOTED }}                                                 | ${{}}                                                    | ${true}  | ${'a tag notes fewer'}
    ${{ tags: NOTED, cpuOptions: null }}                               | ${{}}                                                    | ${true}  | ${'without options all of the type are on'}
    ${{ tags: NOTED }}                                                 | ${{ configurations: [aConfiguration({ consumed: 8 })] }} | ${true}  | ${'Microsoft counts active vCPUs'}
    ${{ tags: { 'licensing:cpu-options': '4x2' } }}                    | ${{}}                                                    | ${false} | ${'as many are noted'}
    ${{ tags: { 'licensing:cpu-options': 'many' } }}                   | ${{}}                                                    | ${false} | ${'nobody can read the note'}
    ${{ tags: {} }}                                                    | ${fewer}                                                 | ${false} | ${'nothing says what they were'}
    ${{ tags: LAUNCHED }}                                              | ${fewer}                                                 | ${true}  | ${'its launch template says fewer'}
    ${{ tags: { ...LAUNCHED, 'aws:ec2launchtemplate:version': '2' } }} | ${fewer}                                                 | ${false} | ${'it was started from an older version'}
    ${{ tags: LAUNCHED }}                                              | ${{}}                                                    | ${false} | ${'its launch template says nothing'}
  `('is $reset: $because', ({ instance, changes, reset }) => {
    const shard = tracked(instance, { configurations, ...changes });

    expect(words(gaps(shard))).toEqual(reset ? ['cpu-options-reset i-1'] : []);
  });

  it.each([
    ['some are off still', { cpuOptions: { coreCount: 3, threadsPerCore: 2 } }, 6],
    ['nothing describes the type', { instanceType: 'z9.large' }, 8],
    ['nothing is known of its size', { instanceType: 'z9.large', cpuOptions: null }, 8],
  ])('is not said when %s', (_because, instance, consumed) => {
    const usage = [aUsage({ resourceId: 'i-1', consumed })];
    const shard = tracked(
      { tags: NOTED, ...instance },
      { configurations: [{ ...HONORS, consumed }], usage },
    );

    expect(gaps(shard).filter(({ cause }) => cause === 'cpu-options-reset')).toEqual([]);
  });

  it('is not said where nobody counts active vCPUs', () => {
    const shard = tracked(
      { tags: NOTED },
      { managedServers: [], configurations: [aConfiguration({ name: 'Pool', consumed: 8 })] },
    );

    expect(gaps(shard, {})).toEqual([]);
  });
});

describe('licenses paid twice', () => {
  const included = {
    usageOperation: 'RunInstances:0102',
    platformDetails: 'Windows with SQL Server Enterprise',
  };

  it('are in the price of an instance that a configuration counts for the same product', () => {
    expect(gaps(tracked(included))).toMatchObject([
      {
        cause: 'paid-twice',
        configurationArns: [configurationArn('1')],
        product: 'sql-server',
        resources: [{ id: 'i-1', consumed: 8, counted: 8 }],
      },
    ]);
  });

  const host = aHost({ licenseConfigurationArns: [CORES.arn] });
  const onHost = { hostId: host.hostId, tenancy: 'host' as const, licenseConfigurationArns: [] };
  const byol = { platformDetails: 'Windows BYOL', usageOperation: 'RunInstances:0800', ...onHost };
  const byHost = (hosts: InventoryShard['hosts']) =>
    readShard({
      configurations: [{ ...CORES, consumed: 64 }],
      usage: [
        aUsage({
          configurationArn: CORES.arn,
          resourceId: host.hostId,
          resourceType: 'EC2_HOST',
          consumed: 64,
        }),
      ],
      hosts,
      instances: [sqlInstance('i-2', onHost), anInstance({ instanceId: 'i-1', ...byol })],
    });

  it('are in the price of an instance on a host whose cores a configuration counts', () => {
    const found = gaps(byHost([host])).filter(({ cause }) => cause === 'license-included-on-host');

    expect(found).toMatchObject([
      { configurationArns: [CORES.arn], product: 'windows-server', resources: [{ id: 'i-2' }] },
    ]);
  });

  it('are in the price of an instance on a host whose cores the terms ask for', () => {
    const shard = { ...byHost([aHost()]), configurations: [], usage: [] };

    expect(words(gaps(shard))).toEqual(['license-included-on-host i-2', 'untracked i-1']);
  });

  it('are not in the price of an instance on a host with nothing else', () => {
    const shard = readShard({ hosts: [aHost()], instances: [sqlInstance('i-2', onHost)] });

    expect(gaps(shard)).toEqual([]);
  });
});

describe('the resources of a gap', () => {
  it.each`
    resourceId     | kind
    ${'i-9'}       | ${'instance'}
    ${'h-9'}       | ${'host'}
    ${'mi-9'}      | ${'managed-server'}
    ${'postgres1'} | ${'database'}
  `('are of the kind $kind by the id $resourceId, where only a list has them', (row) => {
    const usage = [aUsage({ resourceId: row.resourceId, resourceType: 'EC2_AMI', consumed: 4 })];
    const shard = readShard({
      usage,
      configurations: [aConfiguration({ consumed: 4 })],
      sources: { ...ALL_READ, 'managed-servers': { asOf: null, error: null, state: 'off' } },
    });

    expect(gaps(shard)).toMatchObject([
      { cause: 'unexplained', resources: [{ id: row.resourceId, kind: row.kind }] },
    ]);
  });
});

describe('copied AMIs', () => {
  const original = anImage({ imageId: 'ami-1', licenseConfigurationArns: [configurationArn('1')] });
  const copy = anImage({ imageId: 'ami-2', copiedFrom: 'ami-1' });
  const instance = { imageId: 'ami-2', licenseConfigurationArns: [] };
  const lost = { images: [original, copy], usage: [], configurations: [aConfiguration()] };

  it('lose the configurations of their original', () => {
    expect(gaps(tracked(instance, lost))).toMatchObject([
      {
        cause: 'copied-image',
        configurationArns: [configurationArn('1')],
        product: 'sql-server',
        resources: [{ id: 'i-1', name: 'sql-1', owner: 'erp', consumed: null, counted: null }],
      },
    ]);
  });

  it('lose what is associated with the original elsewhere, by a list as well', () => {
    const association = {
      configurationArn: configurationArn('1'),
      resourceArn: `arn:aws:ec2:eu-west-1:${ACCOUNT}:image/ami-1`,
      resourceType: 'EC2_AMI',
      ownerAccount: ACCOUNT,
      associatedAt: null,
    } as const;
    const shards = [
      tracked(instance, { ...lost, images: [copy] }),
      readShard({ region: 'eu-west-1', configurations: [], associations: [association] }),
    ];

    expect(words(position({ shards, register: OWNED }).gaps)).toEqual(['copied-image i-1']);
  });

  it('are found where nothing says what the configuration is for', () => {
    const shard = tracked(instance, lost);

    expect(words(gaps(shard, {}))).toEqual(['copied-image i-1', 'untracked i-1']);
  });

  it.each([
    [
      'the instance is counted by hand',
      tracked({ imageId: 'ami-2' }, { images: [original, copy] }),
    ],
    [
      'the copy has a configuration itself',
      tracked(
        { imageId: 'ami-2' },
        { images: [original, { ...copy, licenseConfigurationArns: [configurationArn('1')] }] },
      ),
    ],
    [
      'it is no copy',
      tracked({ imageId: 'ami-3' }, { images: [original, anImage({ imageId: 'ami-3' })] }),
    ],
    ['the instance has ended', tracked({ ...instance, state: 'terminated' }, lost)],
  ])('are none when %s', (_because, shard) => {
    expect(gaps(shard)).toEqual([]);
  });
});

describe('untracked software', () => {
  it('is found in databases and containers too, with names and owners', () => {
    const shard = readShard({
      configurations: [],
      databases: [aDatabase({ tags: { Owner: 'finance' } })],
      instances: [
        anInstance({
          instanceId: 'i-0000000000000000a',
          platformDetails: 'Linux/UNIX',
          usageOperation: 'RunInstances',
          licenseConfigurationArns: [],
        }),
      ],
      containers: [aTask()],
    });

    expect(gaps(shard)).toMatchObject([
      {
        cause: 'untracked',
        product: 'oracle-database',
        edition: 'enterprise',
        configurationArns: [],
        resources: [
          { id: 'fin-ledger', owner: 'finance' },
          { id: 'task-a', name: 'service:orders' },
        ],
      },
    ]);
  });
});
