import { describe, expect, it } from 'vitest';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import { DEFAULT_SETTINGS } from '#domain/estate/licensing-settings.ts';
import type { Entitlement } from '#domain/licenses/entitlement.ts';
import type { PositionDimension, TermsLine } from '#domain/licenses/position-report.ts';
import { positionReport } from '#domain/positioning/position-report.ts';
import { aHost, anInstance, aType, configurationArn, NOW } from '../../builders.ts';
import { anEntitlement, aRegister } from '../../register-builders.ts';
import { sqlShard } from '../estate/sql-shard.ts';

/*
 * Counting mistakes of other tools that show in a position only, each as a fact about ours that the
 * mistake would break.
 */

const OTHER_ACCOUNT = '999988887777';

function report(shards: readonly InventoryShard[], entitlements: readonly Entitlement[] = []) {
  return positionReport({
    shards,
    ledgers: [],
    openRequests: [],
    register: aRegister({ entitlements }),
    settings: DEFAULT_SETTINGS,
    expectedScopes: [],
    accountNames: new Map(),
    oldAfterMs: 86_400_000,
    now: NOW,
  });
}

/** Terms lines of SQL Server Enterprise in every slice of a dimension. */
function sqlLines(
  { slices }: ReturnType<typeof report>,
  dimension: PositionDimension,
): readonly TermsLine[] {
  return slices
    .filter((slice) => slice.dimension === dimension)
    .flatMap(({ terms }) => terms)
    .filter(({ product, edition }) => product === 'sql-server' && edition === 'enterprise');
}

const owned = { accounts: [], pools: [], quantity: 16 };
const expired = {
  ...owned,
  contract: 'EA-0',
  kind: 'subscription',
  expiresOn: '2026-11-21',
} as const;

describe('mistakes of GLPI', () => {
  it('#6733: expired licenses still count', () => {
    const position = report([sqlShard(2)], [anEntitlement(owned), anEntitlement(expired)]);

    expect(sqlLines(position, 'organization')).toMatchObject([{ entitled: 16, available: 8 }]);
  });

  it('#6733: with expired licenses only, the total is unlimited', () => {
    const position = report([sqlShard(2)], [anEntitlement(expired)]);

    expect(sqlLines(position, 'organization')).toMatchObject([
      { entitled: 0, available: -8, shortfall: 8 },
    ]);
  });
});

describe('mistakes of microsoft/finops-toolkit', () => {
  it('#1208: licenses that are managed for all accounts are left out', () => {
    const shards = [sqlShard(2), sqlShard(2, { account: OTHER_ACCOUNT })];

    expect(sqlLines(report(shards, [anEntitlement(owned)]), 'organization')).toMatchObject([
      { entitled: 16, required: 16, shortfall: 0 },
    ]);
  });

  it('#698, #2067: the parts do not add up to the whole', () => {
    const shards = [
      sqlShard(3),
      sqlShard(2, { account: OTHER_ACCOUNT }),
      sqlShard(1, { region: 'eu-west-1' }),
    ];
    const position = report(shards);
    const sums = (['organization', 'account', 'region', 'owner'] as const).map((dimension) =>
      sqlLines(position, dimension).reduce((sum, { required }) => sum + (required ?? 0), 0),
    );

    expect(sums).toEqual([24, 24, 24, 24]);
  });

  it('#685: what two sources find is counted twice', () => {
    const shard = sqlShard(1);
    const [instance = anInstance()] = shard.instances;
    const tracked = { ...instance, licenseConfigurationArns: [configurationArn('1')] };

    expect(sqlLines(report([{ ...shard, instances: [tracked] }]), 'organization')).toMatchObject([
      { required: 4 },
    ]);
  });
});

describe('mistakes of cost_allocator.py', () => {
  it('181: everybody on a host gets all of it', () => {
    const host = aHost({ instanceFamily: 'm5', cores: 48 });
    const shard = sqlShard(8);
    const instances = shard.instances.map((instance, index) => ({
      ...instance,
      instanceType: 'm5.4xlarge',
      tenancy: 'host' as const,
      hostId: host.hostId,
      tags: { Owner: index % 2 === 0 ? 'erp' : 'crm' },
    }));
    const instanceTypes = [aType({ name: 'm5.4xlarge', defaultVcpus: 16, defaultCores: 8 })];
    const before2019 = anEntitlement({
      ...owned,
      switches: { ...anEntitlement().switches, hostLevelVirtualization: 'yes' },
    });
    const position = report([{ ...shard, instances, instanceTypes, hosts: [host] }], [before2019]);

    expect(sqlLines(position, 'organization')).toMatchObject([{ required: 48 }]);
    expect(sqlLines(position, 'owner').map(({ required }) => required)).toEqual([24, 24]);
  });
});
