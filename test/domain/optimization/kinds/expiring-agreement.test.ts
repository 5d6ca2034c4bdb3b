import { describe, expect, it } from 'vitest';
import { type Entitlement, entitlementKey } from '#domain/licenses/entitlement.ts';
import { expiringAgreement } from '#domain/optimization/kinds/expiring-agreement.ts';
import {
  ACCOUNT,
  aConfiguration,
  aHost,
  aLedger,
  anInstance,
  configurationArn,
  REGION,
} from '../../../builders.ts';
import { anEntitlement } from '../../../register-builders.ts';
import {
  OTHER_ACCOUNT,
  readShard,
  sqlInstance,
  sqlShard,
  withSql,
} from '../../positioning/position-world.ts';
import { anEstate } from './estate-world.ts';

const AT = { account: ACCOUNT, region: REGION };

/** Two machines of 8 cores on shared hardware, one on a host. */
const SHARD = sqlShard(
  [
    sqlInstance('i-1'),
    sqlInstance('i-2'),
    sqlInstance('i-3', { tenancy: 'host', hostId: aHost().hostId }),
    anInstance({
      instanceId: 'i-linux',
      platformDetails: 'Linux/UNIX',
      usageOperation: 'RunInstances',
      licenseConfigurationArns: [],
    }),
  ],
  {
    configurations: [],
    hosts: [aHost()],
    managedServers: ['i-1', 'i-2', 'i-3'].map((id) => withSql(id)),
  },
);

function subscription(changes: Partial<Entitlement> = {}): Entitlement {
  return anEntitlement({
    kind: 'subscription',
    expiresOn: '2026-12-31',
    maintainedUntil: null,
    accounts: [],
    pools: [],
    ...changes,
  });
}

function find(entitlements: readonly Entitlement[], renewalDays = 180, shard = SHARD) {
  return expiringAgreement.find(anEstate([shard], { entitlements, settings: { renewalDays } }));
}

function measured(found: ReturnType<typeof find>, measure: string) {
  return found.map(({ evidence }) => evidence.find((item) => item.measure === measure)?.value);
}

describe('expiringAgreement', () => {
  it('says what would be without a license, what is not used, and by when to decide', () => {
    const entitlement = subscription({ quantity: 40 });
    const id = entitlementKey(entitlement);

    expect(find([entitlement])).toEqual([
      {
        kind: 'expiring-agreement',
        ...AT,
        subjects: [{ kind: 'entitlement', id, name: 'EA-1' }],
        change: null,
        savings: {
          // 16 x 1782 USD a year.
          monthly: { micros: 2_376_000_000, currency: 'USD' },
          basis: 'entitlement',
          afterCommitments: null,
          licenses: [],
        },
        evidence: [
          fact('entitlements', 'agreement-ends-on', '2026-12-31', null),
          fact('entitlements', 'days-left', 39, 'day'),
          fact('entitlements', 'quantity', 40, 'license'),
          fact('position', 'not-used', 16, 'license'),
          fact('position', 'licenses-short-then', 24, 'license'),
        ],
        gate: [],
        risk: 'low',
        effort: 'decision',
        downtime: false,
        ownerMustValidate: true,
        steps: [{ do: 'by-hand', ...AT, task: 'decide-renewal', on: id, to: '2026-12-31' }],
        rollback: [],
        atMostBetter: null,
      },
    ]);
  });

  it.each([
    { end: 'today', expiresOn: '2026-11-22', count: 1 },
    { end: 'with the last day', expiresOn: '2026-12-02', count: 1 },
    { end: 'a day later', expiresOn: '2026-12-03', count: 0 },
    { end: 'yesterday', expiresOn: '2026-11-21', count: 0 },
    { end: 'never', expiresOn: null, count: 0 },
  ])('looks so many days ahead: what ends $end', ({ expiresOn, count }) => {
    expect(find([subscription({ expiresOn })], 10)).toHaveLength(count);
  });

  it('goes by what ends first, agreement or maintenance', () => {
    const both = subscription({ expiresOn: '2026-12-31', maintainedUntil: '2026-12-01' });

    expect(measured(find([both]), 'maintenance-ends-on')).toEqual(['2026-12-01']);
    expect(measured(find([{ ...both, expiresOn: '2026-11-30' }]), 'agreement-ends-on')).toEqual([
      '2026-11-30',
    ]);
  });

  it('counts the machines that may run where they are only with maintenance', () => {
    const maintained = anEntitlement({
      maintainedUntil: '2026-12-31',
      accounts: [],
      pools: [],
      quantity: 24,
    });
    const elsewhere = { ...maintained, accounts: [OTHER_ACCOUNT], quantity: 0 };
    const standard = { ...maintained, edition: 'standard', quantity: 0 };
    const forAll = { ...maintained, edition: null };

    expect(measured(find([maintained]), 'machines-unlicensed-then')).toEqual([2]);
    expect(measured(find([elsewhere]), 'machines-unlicensed-then')).toEqual([0]);
    expect(measured(find([standard]), 'machines-unlicensed-then')).toEqual([0]);
    expect(measured(find([forAll]), 'machines-unlicensed-then')).toEqual([2]);
    expect(
      measured(find([{ ...maintained, accounts: [ACCOUNT] }]), 'machines-unlicensed-then'),
    ).toEqual([2]);
  });

  it('counts what is left of other agreements', () => {
    const first = subscription({ contract: 'A', quantity: 12 });
    const lasting = subscription({ contract: 'B', quantity: 10, expiresOn: '2028-12-31' });
    const forever = subscription({ contract: 'C', quantity: 1, expiresOn: null });
    const earlier = subscription({ contract: 'D', quantity: 5, expiresOn: '2026-12-01' });

    expect(measured(find([first, lasting, forever]), 'licenses-short-then')).toEqual([13]);
    expect(measured(find([first, lasting, earlier]), 'licenses-short-then')).toEqual([2, 14]);
  });

  it('leaves what is not used out of one renewal only, the first to end', () => {
    const later = subscription({ contract: 'B', quantity: 20, expiresOn: '2027-02-28' });
    const first = subscription({ contract: 'A', quantity: 20 });

    expect(measured(find([later, first]), 'not-used')).toEqual([16, 0]);
  });

  it('shows no money where all is used, or no price is stated', () => {
    const money = (entitlement: Entitlement) => find([entitlement])[0]?.savings.monthly;

    expect(money(subscription({ quantity: 24 }))).toBeNull();
    expect(money(subscription({ quantity: 40, maintenancePrice: null }))).toBeNull();
  });

  it('counts an edition where its pool counts all editions', () => {
    const forAll = subscription({ contract: 'B', edition: null, quantity: 20, pools: ['SQL*'] });
    const lasting = { ...forAll, contract: 'C', expiresOn: '2028-06-30', edition: 'enterprise' };
    const shard = { ...SHARD, configurations: [aConfiguration()] };

    expect(measured(find([forAll, lasting], 180, shard), 'licenses-short-then')).toEqual([4]);
    expect(measured(find([lasting, forAll], 700, shard), 'not-used')).toEqual([16, 0]);
  });

  it('says nothing of what no position knows', () => {
    const estate = anEstate([SHARD], { entitlements: [subscription()] });

    expect(expiringAgreement.find({ ...estate, position: anEstate([]).position })).toEqual([]);
  });

  it('knows nothing spare where nobody knows what is required', () => {
    const servers = [
      withSql('i-1', {
        applications: [{ name: 'SAP NetWeaver 7.5', publisher: 'SAP SE', version: '7.5' }],
      }),
    ];
    const users = subscription({ product: 'sap-netweaver', edition: null, metric: 'user' });

    expect(measured(find([users], 180, { ...SHARD, managedServers: servers }), 'not-used')).toEqual(
      [0],
    );
  });

  it('counts nothing as short or spare of a product without terms', () => {
    const found = find([subscription({ product: 'sap-netweaver', edition: 'x', metric: 'rvu' })]);

    expect(measured(found, 'licenses-short-then')).toEqual([0]);
  });

  it('says nothing where nothing was collected', () => {
    expect(expiringAgreement.find(anEstate([], { entitlements: [subscription()] }))).toEqual([]);
  });

  describe('of license configurations', () => {
    const ARN = configurationArn('1');
    const ENDING = aConfiguration({
      name: 'Db2',
      consumed: 7,
      expiresAt: new Date('2026-12-31T12:00:00Z'),
    });

    it('says what is in use and by when to decide', () => {
      const [finding, ...others] = find([], 180, readShard({ configurations: [ENDING] }));

      expect(others).toEqual([]);
      expect(finding).toMatchObject({
        kind: 'expiring-agreement',
        subjects: [{ kind: 'configuration', id: ARN, name: 'Db2' }],
        savings: { monthly: null, basis: 'unknown' },
        evidence: [
          fact('license-configurations', 'agreement-ends-on', '2026-12-31', null),
          fact('license-usage', 'in-use', 7, 'vcpu'),
        ],
        steps: [{ do: 'by-hand', ...AT, task: 'decide-renewal', on: ARN, to: '2026-12-31' }],
      });
    });

    it('goes by the larger count where that is known', () => {
      const ledgers = [aLedger({ consumed: 7, counted: 9 })];
      const shard = readShard({ configurations: [ENDING] });
      const found = expiringAgreement.find(anEstate([shard], { ledgers }));

      expect(measured(found, 'in-use')).toEqual([9]);
    });

    it.each([
      ['never ends', null],
      ['has ended', new Date('2026-11-22T09:30:00Z')],
      ['ends later', new Date('2027-11-22T09:30:00Z')],
    ])('says nothing of one that %s', (_, expiresAt) => {
      const shard = readShard({ configurations: [{ ...ENDING, expiresAt }] });

      expect(find([], 180, shard)).toEqual([]);
    });
  });
});

function fact(source: string, measure: string, value: number | string, unit: string | null) {
  return { source, measure, value, unit, lookBackDays: null, asOf: null };
}
