import { describe, expect, it } from 'vitest';
import type { Entitlement } from '#domain/licenses/entitlement.ts';
import { entitlementKey } from '#domain/licenses/entitlement.ts';
import { spareEntitlement } from '#domain/optimization/kinds/spare-entitlement.ts';
import { ACCOUNT, REGION } from '../../../builders.ts';
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
const INCLUDED = sqlInstance('i-included', {
  usageOperation: 'RunInstances:0102',
  platformDetails: 'Windows with SQL Server Enterprise',
  licenseConfigurationArns: [],
});

/** Two machines that take 8 cores each here, and what is owned for here and for elsewhere. */
function found(
  here: Partial<Entitlement>,
  elsewhere: Partial<Entitlement>,
  instances = [sqlInstance('i-1'), sqlInstance('i-2')],
) {
  const shards = [
    sqlShard(instances, { configurations: [] }),
    readShard({ account: OTHER_ACCOUNT, configurations: [] }),
  ];
  const entitlements = [
    anEntitlement({ contract: 'HERE', accounts: [ACCOUNT], pools: [], ...here }),
    anEntitlement({ contract: 'ELSEWHERE', accounts: [OTHER_ACCOUNT], pools: [], ...elsewhere }),
  ];
  return { entitlements, findings: spareEntitlement.find(anEstate(shards, { entitlements })) };
}

const NETWEAVER = { name: 'SAP NetWeaver 7.5', publisher: 'SAP SE', version: '7.5' };

describe('spareEntitlement', () => {
  it('assigns what is free to what is short, instead of a purchase', () => {
    const { entitlements, findings } = found({ quantity: 6 }, { quantity: 40 });

    expect(findings).toEqual([
      {
        kind: 'spare-entitlement',
        ...AT,
        subjects: [
          { kind: 'product', id: 'sql-server/enterprise/core', name: 'SQL Server Enterprise' },
          ...entitlements.map((one) => ({
            kind: 'entitlement',
            id: entitlementKey(one),
            name: one.contract,
          })),
        ],
        change: null,
        savings: {
          // 10 x (7128 / 36 + 1782 / 12) USD.
          monthly: { micros: 3_465_000_000, currency: 'USD' },
          basis: 'entitlement',
          afterCommitments: null,
          licenses: [],
        },
        evidence: [
          fact('entitlements', 'free-licenses', 40, 'license'),
          fact('position', 'short-elsewhere', 10, 'license'),
          fact('position', 'license-included-machines', 0, 'instance'),
        ],
        gate: [
          {
            code: 'covers-other-use',
            holds: null,
            text: expect.stringContaining('may be used on AWS'),
            rule: 'any/contract-decides',
            source: 'The contract',
          },
        ],
        risk: 'low',
        effort: 'decision',
        downtime: false,
        ownerMustValidate: true,
        steps: [
          {
            do: 'by-hand',
            ...AT,
            task: 'assign-entitlement',
            on: 'sql-server/enterprise/core',
            to: '10',
          },
        ],
        rollback: [],
        atMostBetter: null,
      },
    ]);
  });

  it('shows no money without a price', () => {
    const unpriced = { unitPrice: null, maintenancePrice: null };
    const { findings } = found({ quantity: 6, ...unpriced }, { quantity: 40, ...unpriced });

    expect(findings[0]?.savings).toMatchObject({ monthly: null, basis: 'unknown' });
  });

  it('says so where the same is paid for by the hour, without money: that is chosen elsewhere', () => {
    const [finding] = found({ quantity: 40 }, { quantity: 0 }, [INCLUDED]).findings;

    expect(finding?.savings).toMatchObject({ monthly: null, basis: 'unknown' });
    expect(finding?.evidence).toContainEqual(
      fact('position', 'license-included-machines', 1, 'instance'),
    );
    expect(finding?.steps).toMatchObject([{ task: 'assign-entitlement', to: '40' }]);
  });

  it('counts machines of every edition and account where the rights are for all', () => {
    const forAll = { edition: null, accounts: [] };
    const [finding] = found({ quantity: 40, ...forAll }, { quantity: 0, ...forAll }, [
      INCLUDED,
    ]).findings;

    expect(finding?.evidence).toContainEqual(
      fact('position', 'license-included-machines', 1, 'instance'),
    );
  });

  it('says nothing where nobody knows what is required, or nothing is owned', () => {
    const shard = sqlShard([sqlInstance('i-1')], {
      configurations: [],
      managedServers: [withSql('i-1', { applications: [NETWEAVER] })],
    });
    const users = anEntitlement({ product: 'sap-netweaver', edition: null, metric: 'user' });
    const entitlements = [{ ...users, accounts: [], pools: [] }];

    expect(spareEntitlement.find(anEstate([shard], { entitlements }))).toEqual([]);
  });

  it.each([
    { because: 'nothing is free', here: { quantity: 6 }, elsewhere: { quantity: 0 } },
    {
      because: 'nothing is short or paid for',
      here: { quantity: 16 },
      elsewhere: { quantity: 40 },
    },
    {
      because: 'what is paid for by the hour is of another edition',
      here: { quantity: 40, edition: 'standard' },
      elsewhere: { quantity: 0, edition: 'standard' },
      instances: [INCLUDED],
    },
    {
      because: 'the rights do not reach what is paid for by the hour',
      here: { quantity: 0, accounts: [OTHER_ACCOUNT] },
      elsewhere: { quantity: 40 },
      instances: [INCLUDED],
    },
  ])('says nothing where $because', ({ here, elsewhere, instances }) => {
    expect(found(here, elsewhere, instances).findings).toEqual([]);
  });
});

function fact(source: string, measure: string, value: number, unit: string) {
  return { source, measure, value, unit, lookBackDays: null, asOf: null };
}
