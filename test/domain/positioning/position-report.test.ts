import { describe, expect, it } from 'vitest';
import { EvidenceSource, InventorySource } from '#domain/estate/inventory.ts';
import { PositionReport } from '#domain/licenses/position-report.ts';
import {
  ACCOUNT,
  aConfiguration,
  aHold,
  aHost,
  aHostPlan,
  aLedger,
  anInstance,
  aPlan,
  aRequest,
  aType,
  aUsage,
  configurationArn,
  NOW,
  poolId,
  REGION,
} from '../../builders.ts';
import { anEntitlement, aRegister, aServer } from '../../register-builders.ts';
import { aDatabase, DATABASE_ENGINE } from '../software/software-builders.ts';
import {
  ALL_READ,
  arnIn,
  lines,
  OTHER_ACCOUNT,
  position,
  readShard,
  SCOPE,
  slice,
  sqlInstance,
  sqlShard,
  withSql,
} from './position-world.ts';

const ORGANIZATION = ['organization', 'organization'] as const;
const SQL_1 = { accounts: [], pools: ['SQL Server 1'] };
const owned = (...entitlements: Parameters<typeof anEntitlement>[0][]) => ({
  register: aRegister({
    entitlements: entitlements.map((one) => anEntitlement({ ...SQL_1, ...one })),
  }),
});

describe('what is tracked', () => {
  it("has License Manager's figure, our own, and what is left of the limit", () => {
    const shard = sqlShard([sqlInstance('i-1'), sqlInstance('i-2')], {
      configurations: [aConfiguration({ limit: 20, consumed: 12 })],
    });

    expect(
      slice(position({ shards: [shard] }), 'configuration', configurationArn('1')).tracked,
    ).toEqual([
      { unit: 'vCPU', limit: 20, consumed: 12, counted: 16, held: 0, available: 4, over: 0 },
    ]);
  });

  it('takes holds and counts from a ledger that is as new as the shard', () => {
    const ledger = aLedger({
      limit: 50,
      consumed: 9,
      counted: 10,
      holds: [aHold({ licenses: 8 })],
    });
    const report = position({ shards: [readShard()], ledgers: [ledger] });

    expect(slice(report, 'pool', poolId('1')).tracked).toEqual([
      { unit: 'vCPU', limit: 50, consumed: 9, counted: 10, held: 8, available: 32, over: 0 },
    ]);
  });

  it.each([
    ['newer', {}, { consumed: 8, counted: 8 }],
    ['not read', { sources: {} }, { consumed: 0, counted: 0 }],
    [
      'half read',
      { sources: { 'license-configurations': { asOf: NOW, error: null, state: 'read' as const } } },
      { consumed: 0, counted: 0 },
    ],
  ])('brings an old ledger up to date when the shard is %s', (_when, changes, figures) => {
    const shard = sqlShard([sqlInstance('i-1')], {
      configurations: [aConfiguration({ consumed: 8 })],
      ...changes,
    });
    const ledger = aLedger({ asOf: new Date('2026-11-20') });

    const report = position({ shards: [shard], ledgers: [ledger] });

    expect(slice(report, 'pool', poolId('1')).tracked).toMatchObject([figures]);
  });

  it('sums units apart, and does not let an empty pool hide a full one', () => {
    const configurations = [
      aConfiguration({ digit: '1', limit: 10, consumed: 14 }),
      aConfiguration({ digit: '2', limit: 10, consumed: 0 }),
      aConfiguration({ digit: '3', limit: null, countingType: 'Core', consumed: 48 }),
      aConfiguration({ digit: '4', limit: 96, countingType: 'Core' }),
    ];
    const report = position({ shards: [readShard({ configurations })] });

    expect(slice(report, ...ORGANIZATION).tracked).toEqual([
      { unit: 'Core', limit: null, consumed: 48, counted: 0, held: 0, available: null, over: 0 },
      { unit: 'vCPU', limit: 20, consumed: 14, counted: 0, held: 0, available: 6, over: 4 },
    ]);
  });

  it('divides resources and holds by owner, and limits by nobody', () => {
    const shard = sqlShard(
      [
        sqlInstance('i-1', { tags: { Owner: 'erp' } }),
        sqlInstance('i-2', { tags: { Owner: 'web' } }),
        sqlInstance('i-3'),
      ],
      { usage: [aUsage({ resourceId: 'i-1', consumed: 8 })] },
    );
    const plan = aPlan({ tags: [{ key: 'Owner', value: 'web' }] });
    const report = position({
      shards: [shard],
      ledgers: [
        aLedger({
          holds: [
            aHold({ licenses: 5 }),
            aHold({ consumer: 'host/h-1', requestIds: ['req-gone'] }),
          ],
        }),
      ],
      openRequests: [aRequest({ plan })],
    });

    const figures = (owner: string) => slice(report, 'owner', owner).tracked;
    expect(figures('erp')).toEqual([
      { unit: 'vCPU', limit: null, consumed: 8, counted: 8, held: 0, available: null, over: 0 },
    ]);
    expect(figures('web')).toMatchObject([{ consumed: 0, counted: 8, held: 5 }]);
    expect(figures('')).toMatchObject([{ consumed: 0, counted: 8, held: 8 }]);
    expect(slice(report, 'owner', '').name).toBe('no owner');
  });

  it('counts a configuration that the organization shares once, at its owner', () => {
    const shared = aConfiguration({
      arn: arnIn(OTHER_ACCOUNT, '1'),
      account: OTHER_ACCOUNT,
      consumed: 8,
    });
    const user = sqlShard([sqlInstance('i-1', { licenseConfigurationArns: [shared.arn] })], {
      configurations: [shared],
    });
    const owner = readShard({ account: OTHER_ACCOUNT, configurations: [shared] });

    for (const shards of [
      [user, owner],
      [owner, user],
    ]) {
      const report = position({ shards });
      expect(slice(report, ...ORGANIZATION).tracked).toMatchObject([{ consumed: 8, limit: 100 }]);
      expect(slice(report, 'account', OTHER_ACCOUNT).tracked).toMatchObject([{ consumed: 8 }]);
      expect(report.complete).toBe(true);
    }
    expect(position({ shards: [user] }).missing).toMatchObject([
      { account: OTHER_ACCOUNT, region: REGION, state: 'never', source: null },
    ]);
  });
});

describe('what the terms ask for', () => {
  it('stands beside what is owned, in the unit of the entitlement, with rules and price', () => {
    const shard = sqlShard([sqlInstance('i-1'), sqlInstance('i-2')]);
    const report = position({ shards: [shard], ...owned({ quantity: 12 }) });

    const [line] = lines(report, 'pool', 'sql-server/enterprise/core/2019-06-30/2022/EA-1');
    expect(line).toMatchObject({
      product: 'sql-server',
      edition: 'enterprise',
      metric: 'core',
      entitled: 12,
      required: 16,
      requiredAtLeast: 16,
      held: 0,
      available: -4,
      shortfall: 4,
      shortfallCost: { micros: 28_512_000_000, currency: 'USD' },
    });
    expect(line?.rules.length).toBeGreaterThan(0);
    expect(line).toEqual(lines(report, 'configuration', configurationArn('1'))[0]);
    expect(line).toEqual(lines(report, ...ORGANIZATION)[0]);
    expect(line).toEqual(lines(report, 'product', 'sql-server')[0]);
    expect(line).toEqual(lines(report, 'product', 'sql-server/enterprise')[0]);
    expect(slice(report, 'product', 'sql-server/enterprise').name).toBe('SQL Server Enterprise');
  });

  it.each`
    entitlements                                                   | entitled | shortfall | because
    ${[]}                                                          | ${null}  | ${null}   | ${'nothing is known to be owned'}
    ${[{ quantity: 6 }, { contract: 'EA-2', quantity: 4 }]}        | ${10}    | ${0}      | ${'entitlements add up'}
    ${[{ quantity: 6, expiresOn: '2026-11-21' }]}                  | ${0}     | ${8}      | ${'what has expired is 0, not unlimited'}
    ${[{ quantity: 6 }, { quantity: 9, expiresOn: '2026-11-21' }]} | ${6}     | ${2}      | ${'what has expired does not count'}
    ${[{ quantity: 6, purchasedOn: '2026-11-23' }]}                | ${0}     | ${8}      | ${'it begins tomorrow'}
    ${[{ quantity: 8, edition: null }]}                            | ${8}     | ${0}      | ${'it is for every edition'}
    ${[{ quantity: 8, product: 'windows-server', edition: null }]} | ${null}  | ${null}   | ${'it is for another product'}
  `(
    'is entitled to $entitled by $entitlements: $because',
    ({ entitlements, entitled, shortfall }) => {
      const report = position({
        shards: [sqlShard([sqlInstance('i-1')])],
        ...owned(...entitlements),
      });

      expect(lines(report, ...ORGANIZATION)).toMatchObject([{ entitled, shortfall, required: 8 }]);
    },
  );

  it.each`
    entitlements                                                                                                                                             | cost
    ${[{ quantity: 0 }]}                                                                                                                                     | ${{ micros: 57_024_000_000, currency: 'USD' }}
    ${[{ quantity: 8 }]}                                                                                                                                     | ${{ micros: 0, currency: 'USD' }}
    ${[{ quantity: 0, unitPrice: null }]}                                                                                                                    | ${null}
    ${[{ quantity: 8, unitPrice: null }]}                                                                                                                    | ${null}
    ${[{ quantity: 0, unitPrice: { micros: 2 ** 52, currency: 'USD' } }]}                                                                                    | ${null}
    ${[{ quantity: 0, purchasedOn: '2018-01-01' }, { quantity: 0, contract: 'EA-2', purchasedOn: '2026-01-01', unitPrice: { micros: 5, currency: 'EUR' } }]} | ${{ micros: 40, currency: 'EUR' }}
    ${[{ quantity: 0, purchasedOn: '2018-01-01', unitPrice: { micros: 5, currency: 'EUR' } }, { quantity: 0, contract: 'EA-2', unitPrice: null }]}           | ${{ micros: 40, currency: 'EUR' }}
  `('costs $cost to make up for by $entitlements', ({ entitlements, cost }) => {
    const report = position({
      shards: [sqlShard([sqlInstance('i-1')])],
      ...owned(...entitlements),
    });

    expect(lines(report, ...ORGANIZATION)[0]?.shortfallCost).toEqual(cost);
  });

  it('is as short as its pools one by one, each in its currency', () => {
    const configurations = [aConfiguration({ digit: '1' }), aConfiguration({ digit: '2' })];
    const instances = [
      sqlInstance('i-1'),
      sqlInstance('i-2', { licenseConfigurationArns: [configurationArn('2')] }),
    ];
    const shards = [sqlShard(instances, { configurations })];
    const second = { contract: 'EA-2', pools: ['SQL Server 2'], quantity: 20 };
    const euros = { unitPrice: { micros: 5, currency: 'EUR' } };

    const spare = position({ shards, ...owned({ quantity: 2 }, second) });
    const both = position({ shards, ...owned({ quantity: 2 }, { ...second, quantity: 7 }) });
    const mixed = position({
      shards,
      ...owned({ quantity: 2 }, { ...second, ...euros, quantity: 7 }),
    });

    expect(lines(spare, ...ORGANIZATION)).toMatchObject([
      { entitled: 22, required: 16, available: 6, shortfall: 6 },
    ]);
    expect(lines(both, ...ORGANIZATION)).toMatchObject([
      { shortfall: 7, shortfallCost: { micros: 49_896_000_000, currency: 'USD' } },
    ]);
    expect(lines(mixed, ...ORGANIZATION)).toMatchObject([{ shortfall: 7, shortfallCost: null }]);
  });

  it('is short by what no entitlement covers, at the price of what is owned elsewhere', () => {
    const shards = [
      sqlShard([sqlInstance('i-1')]),
      sqlShard([sqlInstance('i-2', { licenseConfigurationArns: [] })], {
        account: OTHER_ACCOUNT,
        configurations: [],
      }),
    ];
    const report = position({ shards, ...owned({ accounts: [ACCOUNT], quantity: 8 }) });

    expect(lines(report, ...ORGANIZATION)).toMatchObject([
      {
        entitled: 8,
        required: 16,
        shortfall: 8,
        shortfallCost: { micros: 57_024_000_000, currency: 'USD' },
      },
    ]);
    expect(lines(report, 'account', ACCOUNT)).toMatchObject([{ entitled: 8, shortfall: 0 }]);
    expect(lines(report, 'account', OTHER_ACCOUNT)).toMatchObject([{ entitled: 0, shortfall: 8 }]);
  });

  it('does not divide an entitlement of several accounts, by account, Region or owner', () => {
    const shards = [sqlShard([sqlInstance('i-1', { tags: { Owner: 'erp' } })])];
    const report = position({ shards, ...owned({ accounts: [ACCOUNT, OTHER_ACCOUNT] }) });

    const unknown = [{ entitled: null, required: 8, available: null, shortfall: null }];
    expect(lines(report, 'account', ACCOUNT)).toMatchObject(unknown);
    expect(lines(report, 'region', REGION)).toMatchObject(unknown);
    expect(lines(report, 'owner', 'erp')).toMatchObject(unknown);
  });

  it('shows an account what it owns and does not use', () => {
    const report = position({
      ...owned(
        { accounts: [OTHER_ACCOUNT], quantity: 3 },
        { accounts: [OTHER_ACCOUNT], contract: 'EA-2', quantity: 4 },
      ),
    });

    expect(lines(report, 'account', OTHER_ACCOUNT)).toMatchObject([
      { entitled: 7, required: 0, available: 7 },
    ]);
  });

  it('does not say what of a pool one of several configurations is entitled to', () => {
    const configurations = [aConfiguration({ digit: '1' }), aConfiguration({ digit: '2' })];
    const shards = [sqlShard([sqlInstance('i-1')], { configurations })];
    const several = position({ shards, ...owned({ pools: ['SQL Server *'] }) });
    const beside = position({
      shards: [
        sqlShard([sqlInstance('i-1'), sqlInstance('i-2', { licenseConfigurationArns: [] })]),
      ],
      ...owned({}),
    });

    for (const report of [several, beside]) {
      expect(lines(report, 'configuration', configurationArn('1'))).toMatchObject([
        { entitled: null, required: 8 },
      ]);
    }
    expect(lines(beside, ...ORGANIZATION)).toMatchObject([{ entitled: 40, required: 16 }]);
  });

  it('requires nothing that is known when a product has no rule', () => {
    const report = position({
      ...owned({ product: 'tableau-server', edition: null, metric: 'core' }),
    });

    expect(lines(report, ...ORGANIZATION, 'tableau-server')).toMatchObject([
      { entitled: 40, required: null, requiredAtLeast: 0, available: null, shortfall: null },
    ]);
  });

  it('names what is required at least when the size of a machine is not known', () => {
    const strange = sqlInstance('i-2', { instanceType: 'z9.large', cpuOptions: null });
    const report = position({
      shards: [sqlShard([sqlInstance('i-1'), strange])],
      ...owned({ quantity: 4 }),
    });

    const [line] = lines(report, ...ORGANIZATION);
    expect(line).toMatchObject({
      required: null,
      requiredAtLeast: 8,
      available: null,
      shortfall: 4,
      alternatives: [],
    });
    expect(line?.findings).toContainEqual(
      expect.objectContaining({ code: 'size-unknown', resources: ['i-2'] }),
    );
  });

  it('shows what another answer to a question would require, over the whole slice', () => {
    const host = aHost({ cores: 12, sockets: 1 });
    const onHost = { hostId: host.hostId, tenancy: 'host' } as const;
    const instances = [sqlInstance('i-1', onHost), sqlInstance('i-2', onHost), sqlInstance('i-3')];
    const report = position({
      shards: [sqlShard(instances, { hosts: [host] })],
      ...owned({ purchasedOn: '2021-01-01' }),
    });

    expect(lines(report, ...ORGANIZATION)).toMatchObject([
      {
        required: 24,
        alternatives: [{ switch: 'hostLevelVirtualization', setting: 'yes', required: 20 }],
      },
    ]);
  });

  it('shares a host out among the owners of what is on it', () => {
    const host = aHost({ cores: 10, sockets: 1 });
    const on = (owner: string) => ({
      hostId: host.hostId,
      tenancy: 'host' as const,
      tags: { Owner: owner },
    });
    const instances = ['a', 'b', 'b'].map((owner, index) => sqlInstance(`i-${index}`, on(owner)));
    const report = position({
      shards: [sqlShard(instances, { hosts: [host] })],
      ...owned({ switches: { ...anEntitlement().switches, hostLevelVirtualization: 'yes' } }),
    });

    expect(lines(report, 'account', ACCOUNT)).toMatchObject([{ required: 10 }]);
    expect(lines(report, 'owner', 'a')).toMatchObject([{ required: 4 }]);
    expect(lines(report, 'owner', 'b')).toMatchObject([{ required: 8 }]);
  });

  it('licenses a host that two accounts share once', () => {
    const host = aHost({ cores: 10, sockets: 1, instanceIds: ['i-1', 'i-2'] });
    const onHost = { hostId: host.hostId, tenancy: 'host', licenseConfigurationArns: [] } as const;
    const shards = [
      sqlShard([sqlInstance('i-1', onHost), sqlInstance('i-3', { licenseConfigurationArns: [] })], {
        hosts: [host],
      }),
      sqlShard([sqlInstance('i-2', onHost)], {
        hosts: [host],
        account: OTHER_ACCOUNT,
        configurations: [],
      }),
    ];
    const entitlement = {
      pools: [],
      switches: { ...anEntitlement().switches, hostLevelVirtualization: 'yes' as const },
    };

    const report = position({ shards, ...owned(entitlement) });

    expect(lines(report, ...ORGANIZATION)).toMatchObject([{ required: 18 }]);
    expect(lines(report, 'account', OTHER_ACCOUNT)).toMatchObject([{ required: 6 }]);
  });

  it('gives what nobody tracks on a host to the pool of what is tracked there', () => {
    const host = aHost({ cores: 10, sockets: 1 });
    const onHost = { hostId: host.hostId, tenancy: 'host' } as const;
    const instances = [
      sqlInstance('i-1', onHost),
      sqlInstance('i-2', { ...onHost, licenseConfigurationArns: [] }),
    ];

    const report = position({ shards: [sqlShard(instances, { hosts: [host] })] });

    expect(lines(report, 'pool', poolId('1'))).toMatchObject([{ entitled: null, required: 16 }]);
  });

  it('takes an edition that nobody knows for the one that is entitled, if there is one', () => {
    const unknown = withSql('i-1', {
      sqlServers: [],
      applications: [DATABASE_ENGINE],
    });
    const shards = [sqlShard([sqlInstance('i-1')], { managedServers: [unknown] })];
    const editions = (...all: Parameters<typeof owned>) =>
      lines(position({ shards, ...owned(...all) }), ...ORGANIZATION).map((line) => [
        line.edition,
        line.required,
      ]);

    expect(editions({})).toEqual([['enterprise', 8]]);
    expect(editions({}, { contract: 'EA-2', edition: 'standard' })).toEqual([
      [null, 8],
      ['enterprise', 0],
      ['standard', 0],
    ]);
  });

  it('draws on what is in force, of several pools on the first', () => {
    const shards = [
      sqlShard([sqlInstance('i-1', { licenseConfigurationArns: [] })], { configurations: [] }),
    ];
    const report = position({
      shards,
      ...owned(
        { contract: 'C', pools: [], accounts: [ACCOUNT] },
        { contract: 'B', pools: [], accounts: [] },
        { contract: 'A', pools: [], accounts: [ACCOUNT, OTHER_ACCOUNT], expiresOn: '2020-01-01' },
      ),
    });

    const required = report.slices
      .filter(({ dimension }) => dimension === 'pool')
      .map(({ key, terms }) => [key.at(-1), terms[0]?.required]);
    expect(required).toEqual([
      ['A', 0],
      ['B', 8],
      ['C', 0],
    ]);
  });

  it('counts servers outside AWS against what covers all accounts', () => {
    const server = aServer({ product: 'sql-server', sockets: 1, coresPerSocket: 8 });
    const report = position({
      register: aRegister({ entitlements: [anEntitlement({ ...SQL_1 })], servers: [server] }),
    });

    expect(lines(report, ...ORGANIZATION)).toMatchObject([{ entitled: 40, required: 8 }]);
    expect(slice(report, 'region', 'Frankfurt 2').complete).toBe(true);
  });

  it('keeps options apart from an entitlement for all editions', () => {
    const databases = [aDatabase({ options: ['SQLT'] })];
    const owned = { product: 'oracle-database', metric: 'processor', version: null } as const;
    const all = anEntitlement({ ...owned, edition: null, quantity: 8 });
    const pack = anEntitlement({ ...owned, edition: 'tuning-pack', quantity: 3 });
    const report = position({
      shards: [readShard({ databases, instanceTypes: [aType()] })],
      register: { entitlements: [all, pack], servers: [] },
    });

    const [organization] = report.slices.filter(({ dimension }) => dimension === 'organization');
    const line = (edition: string | null) =>
      organization?.terms.find((terms) => terms.edition === edition);
    expect(line(null)).toMatchObject({ entitled: 8, required: 4 });
    expect(line('tuning-pack')).toMatchObject({ entitled: 3, required: 4, shortfall: 1 });
    expect(line('diagnostics-pack')).toMatchObject({ entitled: null, required: 4 });
  });

  it('counts databases by the list of License Manager', () => {
    const arn = aDatabase().arn;
    const usage = aUsage({ resourceId: 'fin-ledger', resourceArn: arn, resourceType: 'RDS' });
    const database = {
      configurations: [aConfiguration({ discovers: ['Engine Edition=oracle-ee'] })],
      databases: [aDatabase()],
      instanceTypes: readShard().instanceTypes,
    };
    const listed = position({ shards: [readShard({ ...database, usage: [usage] })] });
    const associated = position({
      shards: [
        readShard({
          ...database,
          associations: [
            {
              configurationArn: configurationArn('1'),
              resourceArn: arn,
              resourceType: 'RDS',
              ownerAccount: ACCOUNT,
              associatedAt: null,
            },
          ],
        }),
      ],
    });

    for (const report of [listed, associated]) {
      expect(
        lines(report, 'configuration', configurationArn('1'), 'oracle-database'),
      ).toMatchObject([{ required: 4 }]);
      expect(slice(report, 'product', 'oracle-database/enterprise').tracked).toHaveLength(1);
    }
  });

  it.each([
    ['standard', 'enterprise', 'sql-server', 1],
    ['enterprise', 'standard', 'sql-server', 0],
    ['standard', 'web', 'sql-server', 0],
  ])('notes beside a shortfall of %s what spare %s may cover', (short, spare, product, notes) => {
    const line = { ...SQL_1, product, pools: [] };
    const report = position({
      shards: [
        sqlShard([sqlInstance('i-1', { licenseConfigurationArns: [] })], {
          managedServers: [
            withSql('i-1', {
              sqlServers: [{ name: 'A', edition: `${short} Edition`, version: '14.0' }],
            }),
          ],
        }),
      ],
      ...owned(
        { ...line, edition: short, quantity: 2 },
        { ...line, edition: spare, contract: 'EA-2' },
      ),
    });

    const found = lines(report, ...ORGANIZATION).find(({ edition }) => edition === short);
    expect(found?.shortfall).toBe(6);
    expect(found?.findings.filter(({ code }) => code === 'higher-edition-spare')).toHaveLength(
      notes,
    );
  });
});

describe('what open requests hold of the terms', () => {
  const holding = { ledgers: [aLedger({ holds: [aHold()] })], ...owned({ quantity: 40 }) };

  function held(request: Parameters<typeof aRequest>[0], shard = readShard()) {
    const report = position({ shards: [shard], openRequests: [aRequest(request)], ...holding });
    return lines(report, 'pool', 'sql-server/enterprise/core/2019-06-30/2022/EA-1')[0];
  }

  it.each`
    plan                                                   | cores | because
    ${{}}                                                  | ${8}  | ${'that is the size of the type'}
    ${{ count: 3 }}                                        | ${24} | ${'each instance counts'}
    ${{ cpuOptions: { coreCount: 3, threadsPerCore: 2 } }} | ${6}  | ${'CPU options leave six on'}
    ${{ cpuOptions: { coreCount: 1, threadsPerCore: 1 } }} | ${4}  | ${'four is the least'}
    ${{ tenancy: 'dedicated' }}                            | ${8}  | ${'a Dedicated Instance counts alike'}
    ${{ instanceType: 'z9.large' }}                        | ${0}  | ${'nothing describes the type'}
  `('is $cores for $plan: $because', ({ plan, cores }) => {
    expect(held({ plan: aPlan(plan) })).toMatchObject({
      required: 0,
      held: cores,
      available: 40 - cores,
    });
  });

  it('leaves out what runs already', () => {
    const shard = sqlShard([sqlInstance('i-1')]);

    expect(held({ plan: aPlan({ count: 2 }), instanceIds: ['i-1'] }, shard)).toMatchObject({
      required: 8,
      held: 8,
    });
    expect(held({ instanceIds: ['i-1'] }, shard)).toMatchObject({ required: 8, held: 0 });
  });

  it('holds nothing for a request that waits', () => {
    const report = position({ shards: [readShard()], openRequests: [aRequest()], ...owned({}) });

    expect(lines(report, ...ORGANIZATION)).toMatchObject([{ held: 0 }]);
  });

  it.each([
    ['a host, which runs nothing by itself', aHostPlan()],
    [
      'an instance that is to be stopped, which runs until then',
      aPlan({ action: { operation: 'stop', instanceId: 'i-1' } }),
    ],
  ])('holds nothing for %s', (_what, plan) => {
    const ledgers = [aLedger({ holds: [aHold()] })];
    const openRequests = [aRequest({ plan })];
    const report = position({ shards: [readShard()], ledgers, openRequests, ...owned({}) });
    expect(lines(report, ...ORGANIZATION)).toMatchObject([{ held: 0 }]);
  });

  it('holds what a host needs more than it has licensed already', () => {
    const host = aHost({ cores: 10, sockets: 1 });
    const onHost = { hostId: host.hostId, tenancy: 'host' } as const;
    const shards = (ids: readonly string[]) => [
      sqlShard(
        ids.map((id) => sqlInstance(id, onHost)),
        { hosts: [host] },
      ),
    ];
    const input = {
      ...holding,
      ...owned({ switches: { ...anEntitlement().switches, hostLevelVirtualization: 'yes' } }),
      openRequests: [aRequest({ plan: aPlan(onHost) })],
    };

    const empty = position({ shards: shards([]), ...input });
    const elsewhere = sqlInstance('i-9');
    const started = position({
      ...input,
      shards: [sqlShard([sqlInstance('i-1', onHost), elsewhere], { hosts: [host] })],
    });
    const full = position({ shards: shards(['i-1', 'i-2']), ...input });

    expect(lines(empty, ...ORGANIZATION)).toMatchObject([{ required: 0, held: 8 }]);
    expect(lines(started, ...ORGANIZATION)).toMatchObject([{ required: 16, held: 2 }]);
    expect(lines(full, ...ORGANIZATION)).toMatchObject([{ required: 10, held: 0 }]);
  });

  it('holds each product once, though two configurations count it', () => {
    const configurations = [aConfiguration({ digit: '1' }), aConfiguration({ digit: '2' })];
    const draws = ['1', '2'].map((digit) => ({
      ...aRequest().evaluation.draws[0],
      poolId: poolId(digit),
      configurationArn: configurationArn(digit),
      countingType: 'vCPU' as const,
      licenses: 8,
      consumer: 'request/req-0000000001',
    }));
    const report = position({
      shards: [readShard({ configurations })],
      ledgers: holding.ledgers,
      openRequests: [
        aRequest({
          evaluation: { ...aRequest().evaluation, draws },
          plan: aPlan({ tags: [{ key: 'Owner', value: 'erp' }] }),
        }),
      ],
      ...owned({}, { contract: 'EA-2', pools: ['SQL Server 2'], edition: 'standard' }),
    });

    const sums = lines(report, ...ORGANIZATION).map(({ held: sum }) => sum);
    expect(sums.reduce((a, b) => a + b)).toBe(8);
    expect(lines(report, 'owner', 'erp')).toMatchObject([{ held: 8 }]);
  });
});

describe('what is missing', () => {
  it('is everything, said once, where an account lets nobody in', () => {
    const note = { asOf: null, error: 'AccessDenied', state: 'refused' } as const;
    const sources = Object.fromEntries(InventorySource.options.map((source) => [source, note]));
    const { missing, complete } = position({ shards: [readShard({ sources })] });

    expect(complete).toBe(false);
    expect(missing).toMatchObject([{ source: null, state: 'refused', error: 'AccessDenied' }]);
  });

  const OLD = new Date('2026-11-22T08:00:00Z');
  const LONG_AGO = new Date('2026-11-21T06:00:00Z');
  const REFUSED = { asOf: OLD, error: 'AccessDenied', state: 'refused' } as const;

  it.each`
    source                   | note                                                 | state        | complete | because
    ${'instances'}           | ${{ asOf: NOW, error: null, state: 'read' }}         | ${null}      | ${true}  | ${'it was read now'}
    ${'instances'}           | ${{ asOf: OLD, error: null, state: 'read' }}         | ${'old'}     | ${true}  | ${'it is there, but old'}
    ${'instance-types'}      | ${{ asOf: OLD, error: null, state: 'read' }}         | ${null}      | ${true}  | ${'once a day is enough'}
    ${'usage-trends'}        | ${{ asOf: LONG_AGO, error: null, state: 'read' }}    | ${'old'}     | ${true}  | ${'a day has passed'}
    ${'instances'}           | ${REFUSED}                                           | ${'refused'} | ${false} | ${'totals need it'}
    ${'databases'}           | ${{ asOf: null, error: null, state: 'off' }}         | ${'off'}     | ${true}  | ${'nothing is there to read'}
    ${'hosts'}               | ${{ asOf: OLD, error: 'Throttling', state: 'read' }} | ${'failed'}  | ${false} | ${'it says an error'}
    ${'hosts'}               | ${{ asOf: null, error: null, state: 'read' }}        | ${'never'}   | ${false} | ${'it has no time'}
    ${'linux-subscriptions'} | ${REFUSED}                                           | ${'refused'} | ${true}  | ${'totals do without it'}
  `('is $source, $state: $because', ({ source, note, state, complete }) => {
    const report = position({ shards: [readShard({ sources: { ...ALL_READ, [source]: note } })] });

    expect(report.missing.map((one) => [one.source, one.state])).toEqual(
      state === null ? [] : [[source, state]],
    );
    expect(report.complete).toBe(complete);
    expect(slice(report, 'account', ACCOUNT).complete).toBe(complete);
  });

  it.each(EvidenceSource.options)('is never %s, which no position is made of', (source) => {
    const whole = position({ shards: [readShard()] });
    const notes = [REFUSED, { asOf: LONG_AGO, error: null, state: 'read' } as const, undefined];

    for (const note of notes) {
      const sources = { ...ALL_READ, [source]: note };
      expect(position({ shards: [readShard({ sources })] })).toEqual(whole);
    }
  });

  it('is a source that totals need and nobody ever read', () => {
    const { hosts: _hosts, ...sources } = ALL_READ;
    const report = position({ shards: [readShard({ sources })] });

    expect(report.missing).toEqual([
      { ...SCOPE, source: 'hosts', state: 'never', error: null, asOf: null },
    ]);
  });

  it('is a scope that is looked after and was never collected; the others stay whole', () => {
    const scope = { account: OTHER_ACCOUNT, region: REGION };
    const report = position({ shards: [readShard()], expectedScopes: [SCOPE, scope, scope] });

    expect(report.missing).toEqual([
      { ...scope, source: null, state: 'never', error: null, asOf: null },
    ]);
    expect(report).toMatchObject({ asOf: NOW, complete: false });
    expect(slice(report, 'configuration', configurationArn('1')).complete).toBe(true);
    expect(slice(report, 'region', REGION).complete).toBe(false);
    expect(slice(report, ...ORGANIZATION).complete).toBe(false);
  });

  it('makes a report as old as its oldest figure, and none without figures', () => {
    const notes = { ...ALL_READ, databases: REFUSED };

    expect(position({ shards: [readShard({ sources: notes })] }).asOf).toEqual(OLD);
    expect(position({ shards: [readShard({ sources: {} })] }).asOf).toBeNull();
    expect(position().asOf).toBeNull();
  });
});

describe('positionReport', () => {
  it('calls accounts what people call them', () => {
    const report = position({ shards: [readShard()], accountNames: new Map([[ACCOUNT, 'erp']]) });

    expect(slice(report, 'account', ACCOUNT).name).toBe('erp');
    expect(slice(report, 'configuration', configurationArn('1')).name).toBe('SQL Server 1');
    expect(slice(report, 'pool', poolId('1')).name).toBe('SQL Server 1');
    expect(slice(report, 'region', REGION).name).toBe(REGION);
  });

  it('is a report as others store and print it', () => {
    const shards = [sqlShard([sqlInstance('i-1'), anInstance({ instanceId: 'i-2' })])];
    const report = position({ shards, ...owned({}) });

    expect(PositionReport.safeEncode(report).error).toBeUndefined();
  });
});
