import { describe, expect, it } from 'vitest';
import type { Utilization } from '#domain/estate/evidence.ts';
import type { Instance } from '#domain/estate/instance.ts';
import type { Entitlement } from '#domain/licenses/entitlement.ts';
import { shortfall } from '#domain/optimization/kinds/shortfall.ts';
import { ACCOUNT, aHost, anInstance, NOW, REGION } from '../../../builders.ts';
import { anEntitlement } from '../../../register-builders.ts';
import { OTHER_ACCOUNT, sqlInstance, sqlShard, withSql } from '../../positioning/position-world.ts';
import { anEstate } from './estate-world.ts';

const AT = { account: ACCOUNT, region: REGION };
const CHEAP = { micros: 72_000_000, currency: 'USD' };
const UNPRICED = { unitPrice: null, maintenancePrice: null };

function idle(instanceId: string, changes: Partial<Utilization> = {}): Utilization {
  return {
    instanceId,
    cpu: { average: 0.4, p995: 1.2, maximum: 4 },
    memory: null,
    days: 30,
    lookBackDays: 30,
    asOf: NOW,
    ...changes,
  };
}

function find(
  instances: readonly Instance[],
  entitlements: readonly Partial<Entitlement>[],
  utilization: readonly Utilization[] = [],
) {
  const shard = sqlShard(instances, { configurations: [], utilization, hosts: [aHost()] });
  return shortfall.find(
    anEstate([shard], {
      entitlements: entitlements.map((changes, index) =>
        anEntitlement({ contract: `EA-${index}`, accounts: [], pools: [], ...changes }),
      ),
    }),
  );
}

/** Machines of 8 cores each. */
const TWO = [sqlInstance('i-1'), sqlInstance('i-2')];

describe('shortfall', () => {
  it('buys what is missing where that costs least', () => {
    const priced = { quantity: 6, unitPrice: CHEAP, maintenancePrice: null };

    expect(find(TWO, [priced])).toEqual([
      {
        kind: 'shortfall',
        ...AT,
        subjects: [
          { kind: 'product', id: 'sql-server/enterprise/core', name: 'SQL Server Enterprise' },
        ],
        change: null,
        savings: {
          monthly: { micros: -20_000_000, currency: 'USD' },
          basis: 'entitlement',
          afterCommitments: null,
          licenses: [],
        },
        evidence: [
          fact('position', 'required', 16, 'license'),
          fact('position', 'held', 0, 'license'),
          fact('entitlements', 'entitled', 6, 'license'),
          fact('position', 'short', 10, 'license'),
          fact(expect.stringContaining('licensemobility'), 'rule', expect.any(String), null),
          fact('entitlements', 'buy-monthly', 20, 'USD'),
          // Both machines: 2 x 8 vCPUs x 0.375 USD x 730 hours.
          fact(expect.stringContaining('Optimize CPUs'), 'license-included-monthly', 4380, 'USD'),
        ],
        gate: [],
        risk: 'none',
        effort: 'decision',
        downtime: false,
        ownerMustValidate: true,
        steps: [
          {
            do: 'by-hand',
            ...AT,
            task: 'buy-licenses',
            on: 'sql-server/enterprise/core',
            to: '10',
          },
        ],
        rollback: [],
        atMostBetter: null,
      },
    ]);
  });

  it('takes licenses by the hour where buying costs more, on the machine where they cost least', () => {
    const brought = anInstance({
      instanceId: 'i-0',
      licenseConfigurationArns: [],
      cpuOptions: null,
    });
    const [finding] = find(
      [brought, ...TWO],
      [{ quantity: 16, unitPrice: { micros: 90_000_000_000, currency: 'USD' } }],
    );

    expect(finding).toMatchObject({
      savings: { monthly: { micros: -2_190_000_000 }, basis: 'list' },
      risk: 'medium',
      effort: 'restart',
      downtime: true,
      steps: [
        { do: 'convert', instanceId: 'i-1', from: 'RunInstances:0002', to: 'RunInstances:0102' },
      ],
      rollback: [
        { do: 'convert', instanceId: 'i-1', from: 'RunInstances:0102', to: 'RunInstances:0002' },
      ],
    });
  });

  it('pays for Windows Server as well where it was brought along', () => {
    const brought = anInstance({
      instanceId: 'i-0',
      licenseConfigurationArns: [],
      cpuOptions: null,
    });
    const [finding] = find([brought], [{ quantity: 0, ...UNPRICED }]).filter(({ subjects }) =>
      subjects.some(({ id }) => id.startsWith('sql-server')),
    );

    // 8 vCPUs x (0.046 + 0.375) USD x 730 hours.
    expect(finding?.savings.monthly).toEqual({ micros: -2_458_640_000, currency: 'USD' });
  });

  it('stops what does nothing where that is enough', () => {
    const [finding] = find(TWO, [{ quantity: 8, unitPrice: CHEAP }], [idle('i-2')]);

    expect(finding).toMatchObject({
      savings: { monthly: { micros: 0, currency: 'USD' }, basis: 'observed' },
      steps: [{ do: 'stop', instanceId: 'i-2' }],
      rollback: [{ do: 'start', instanceId: 'i-2' }],
      ownerMustValidate: true,
      downtime: true,
    });
  });

  it.each([
    ['busy', idle('i-2', { cpu: { average: 1, p995: 3, maximum: 9 } }), TWO],
    ['measured for too few days', idle('i-2', { days: 13 }), TWO],
    [
      'too small',
      idle('i-2'),
      [sqlInstance('i-1'), sqlInstance('i-2', { cpuOptions: { coreCount: 2, threadsPerCore: 2 } })],
    ],
    [
      'stopped',
      idle('i-2'),
      [sqlInstance('i-1'), sqlInstance('i-2', { state: 'stopped' }), sqlInstance('i-3')],
    ],
  ])('buys where a machine is %s', (_, utilization, instances) => {
    const [finding] = find(
      instances,
      [{ quantity: 2, unitPrice: CHEAP, maintenancePrice: null }],
      [utilization],
    );

    expect(finding?.steps).toMatchObject([{ task: 'buy-licenses' }]);
  });

  it('stops no more than it takes, the largest first', () => {
    const three = [
      sqlInstance('i-1', { cpuOptions: { coreCount: 2, threadsPerCore: 2 } }),
      sqlInstance('i-2'),
      sqlInstance('i-3'),
    ];
    const all = [idle('i-1'), idle('i-2'), idle('i-3')];
    const [finding] = find(three, [{ quantity: 12 }], all);

    expect(finding?.steps).toMatchObject([{ do: 'stop', instanceId: 'i-2' }]);
  });

  it('buys without a price where nothing else helps, and shows no money', () => {
    const onHost = sqlInstance('i-1', { tenancy: 'host', hostId: aHost().hostId });
    const [finding] = find([onHost], [{ quantity: 0, ...UNPRICED }]);

    expect(finding?.savings).toMatchObject({ monthly: null, basis: 'unknown' });
    expect(finding?.steps).toMatchObject([{ task: 'buy-licenses' }]);
  });

  it.each([
    ['is not sold by the hour', { product: 'oracle-database', metric: 'processor' as const }],
    ['is not on Windows', {}],
  ])('offers nothing by the hour for what %s', (_, changes) => {
    const linux = sqlInstance('i-1', {
      usageOperation: 'RunInstances',
      platformDetails: 'Linux/UNIX',
    });
    const shard = sqlShard([linux], { configurations: [] });
    const oracle = {
      name: 'Oracle Database 19c Enterprise Edition',
      publisher: 'Oracle',
      version: '19.3',
    };
    const managedServers = shard.managedServers.map((server) => ({
      ...server,
      applications: [oracle],
    }));
    const entitlements = [
      anEntitlement({ quantity: 0, accounts: [], pools: [], unitPrice: CHEAP, ...changes }),
    ];
    const findings = shortfall.find(anEstate([{ ...shard, managedServers }], { entitlements }));

    expect(findings.map(({ steps }) => steps)).toMatchObject([[{ task: 'buy-licenses' }]]);
    expect(findings[0]?.evidence.map(({ measure }) => measure)).not.toContain(
      'license-included-monthly',
    );
  });

  it('converts no machine of another edition, and none whose need is not known', () => {
    const shard = sqlShard(TWO, {
      configurations: [],
      managedServers: [
        withSql('i-1', {
          applications: [{ name: 'SAP NetWeaver 7.5', publisher: 'SAP SE', version: '7.5' }],
        }),
        withSql('i-2', {
          sqlServers: [
            { name: 'MSSQLSERVER', edition: 'Standard Edition (64-bit)', version: '14.0.3456.2' },
          ],
        }),
      ],
    });
    const owned = anEntitlement({ quantity: 0, accounts: [], pools: [] });
    const users = { ...owned, product: 'sap-netweaver', edition: null, metric: 'user' } as const;
    const findings = shortfall.find(anEstate([shard], { entitlements: [owned, users] }));

    expect(findings.map(({ steps }) => steps)).toMatchObject([
      [{ task: 'buy-licenses', on: 'sql-server/enterprise/core', to: '8' }],
    ]);
  });

  it('leaves out what is spare in another pool', () => {
    const here = { quantity: 6, accounts: [ACCOUNT], unitPrice: CHEAP, maintenancePrice: null };
    const spare = (quantity: number) => ({ ...here, quantity, accounts: [OTHER_ACCOUNT] });

    expect(find(TWO, [here, spare(4)])[0]?.steps).toMatchObject([{ to: '6' }]);
    expect(find(TWO, [here, spare(10)])).toEqual([]);
  });

  it('finds nothing where enough is owned', () => {
    expect(find(TWO, [{ quantity: 16 }])).toEqual([]);
  });

  it('finds nothing where nothing is owned, or nothing was collected', () => {
    expect(find(TWO, [])).toEqual([]);
    expect(shortfall.find(anEstate([], { entitlements: [anEntitlement()] }))).toEqual([]);
  });
});

function fact(source: string, measure: string, value: number | string, unit: string | null) {
  return { source, measure, value, unit, lookBackDays: null, asOf: null };
}
