import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Entitlement } from '#domain/licenses/entitlement.ts';
import type { LicenseConfiguration } from '#domain/licenses/license-configuration.ts';
import { licensePools } from '#domain/positioning/license-pools.ts';
import { ACCOUNT, aConfiguration, configurationArn, NOW, poolId } from '../../builders.ts';
import { anEntitlement } from '../../register-builders.ts';
import { OTHER_ACCOUNT } from './position-world.ts';

const OVER = { expiresOn: '2026-11-21' };

function named(digit: string, name: string): LicenseConfiguration {
  return aConfiguration({ digit, name });
}

/** The names of the configurations of each pool, and its contracts. */
function sorted(
  configurations: readonly LicenseConfiguration[],
  entitlements: readonly Entitlement[],
) {
  return licensePools(configurations, entitlements, NOW).all.map((pool) => ({
    configurations: pool.configurations.map(({ name }) => name),
    contracts: pool.entitlements.map(({ contract }) => contract),
  }));
}

describe('licensePools', () => {
  const [a, b, c] = [named('1', 'SQL A'), named('2', 'SQL B'), named('3', 'Oracle')];

  it.each([
    [
      'without entitlements each configuration is a pool',
      [],
      [
        { configurations: ['SQL A'], contracts: [] },
        { configurations: ['SQL B'], contracts: [] },
        { configurations: ['Oracle'], contracts: [] },
      ],
    ],
    [
      'configurations of one entitlement are one pool, whatever the case of its pattern',
      [anEntitlement({ pools: ['sql *'] })],
      [
        { configurations: ['Oracle'], contracts: [] },
        { configurations: ['SQL A', 'SQL B'], contracts: ['EA-1'] },
      ].toReversed(),
    ],
    [
      'entitlements that overlap join what they name',
      [
        anEntitlement({ contract: 'E1', pools: ['SQL A', 'SQL B'] }),
        anEntitlement({ contract: 'E2', pools: ['SQL B', 'Oracle'] }),
      ],
      [{ configurations: ['SQL A', 'SQL B', 'Oracle'], contracts: ['E1', 'E2'] }],
    ],
    [
      'a pattern names what it matches as a whole',
      [anEntitlement({ pools: ['SQL *B'] })],
      [
        { configurations: ['SQL A'], contracts: [] },
        { configurations: ['SQL B'], contracts: ['EA-1'] },
        { configurations: ['Oracle'], contracts: [] },
      ],
    ],
    [
      'an entitlement for another account names nothing here',
      [anEntitlement({ accounts: [OTHER_ACCOUNT], pools: ['*'] })],
      [
        { configurations: ['SQL A'], contracts: [] },
        { configurations: ['SQL B'], contracts: [] },
        { configurations: ['Oracle'], contracts: [] },
        { configurations: [], contracts: ['EA-1'] },
      ],
    ],
    [
      'entitlements without configurations are one pool for an edition and the same accounts',
      [
        anEntitlement({ contract: 'E1', pools: [] }),
        anEntitlement({ contract: 'E2', pools: [], ...OVER }),
        anEntitlement({ contract: 'E3', pools: [], edition: 'standard' }),
        anEntitlement({ contract: 'E4', pools: [], accounts: [] }),
      ],
      [
        { configurations: ['SQL A'], contracts: [] },
        { configurations: ['SQL B'], contracts: [] },
        { configurations: ['Oracle'], contracts: [] },
        { configurations: [], contracts: ['E1', 'E2'] },
        { configurations: [], contracts: ['E4'] },
        { configurations: [], contracts: ['E3'] },
      ],
    ],
    [
      'an expired entitlement keeps what nothing in force covers',
      [anEntitlement({ pools: ['SQL *'], ...OVER })],
      [
        { configurations: ['Oracle'], contracts: [] },
        { configurations: ['SQL A', 'SQL B'], contracts: ['EA-1'] },
      ].toReversed(),
    ],
    [
      'an expired entitlement does not join what has been parted since',
      [
        anEntitlement({ contract: 'OLD', pools: ['SQL *'], ...OVER }),
        anEntitlement({ contract: 'NEW A', pools: ['SQL A'] }),
        anEntitlement({ contract: 'NEW B', pools: ['SQL B'] }),
      ],
      [
        { configurations: ['Oracle'], contracts: [] },
        { configurations: ['SQL A'], contracts: ['NEW A', 'OLD'] },
        { configurations: ['SQL B'], contracts: ['NEW B'] },
      ],
    ],
  ])('says that %s', (_fact, entitlements, pools) => {
    const found = sorted([a, b, c], entitlements);

    expect(found).toHaveLength(pools.length);
    expect(found).toEqual(expect.arrayContaining(pools));
  });

  it('gives a pool of one configuration its id, and one of entitlements a readable one', () => {
    const { all, byConfiguration } = licensePools(
      [a, c],
      [anEntitlement({ pools: ['SQL A'], version: null, edition: null })],
      NOW,
    );

    expect(all.map(({ id, name }) => ({ id, name }))).toEqual([
      { id: poolId('3'), name: 'Oracle' },
      { id: 'sql-server/all/core/2019-06-30/all/EA-1', name: 'SQL A' },
    ]);
    expect(byConfiguration.get(configurationArn('1'))).toBe(all[1]);
  });

  it.each([
    [[anEntitlement({ pools: [] })], 'SQL Server Enterprise (EA-1)'],
    [[anEntitlement({ pools: [], edition: null, ...OVER })], 'SQL Server (EA-1)'],
    [
      [anEntitlement({ pools: [], product: 'tableau-server', edition: 'creator' })],
      'tableau-server creator (EA-1)',
    ],
    [
      [anEntitlement({ pools: [], product: 'tableau-server', edition: null })],
      'tableau-server (EA-1)',
    ],
  ])('names a pool without configurations by product and contract: %#', (entitlements, name) => {
    expect(licensePools([], entitlements, NOW).all.map((pool) => pool.name)).toEqual([name]);
  });

  it('names a pool of several configurations by what is in force', () => {
    const { all } = licensePools(
      [a, b],
      [
        anEntitlement({ pools: ['SQL *'], contract: 'NEW' }),
        anEntitlement({ pools: ['SQL A'], contract: 'OLD', ...OVER }),
      ],
      NOW,
    );

    expect(all.map(({ name }) => name)).toEqual(['SQL Server Enterprise (NEW)']);
  });

  it('knows what each configuration is for by its entitlements, each product once', () => {
    const { entitledProducts } = licensePools(
      [a, c],
      [
        anEntitlement({ contract: 'E1', pools: ['SQL A'] }),
        anEntitlement({ contract: 'E2', pools: ['SQL*'] }),
        anEntitlement({
          contract: 'E3',
          pools: ['SQL*'],
          product: 'windows-server',
          edition: null,
        }),
      ],
      NOW,
    );

    expect(entitledProducts.get(configurationArn('1'))).toHaveLength(2);
    expect(entitledProducts.get(configurationArn('1'))).toEqual(
      expect.arrayContaining([
        { product: 'sql-server', edition: 'enterprise' },
        { product: 'windows-server', edition: null },
      ]),
    );
    expect(entitledProducts.has(configurationArn('3'))).toBe(false);
  });

  const digits = ['1', '2', '3', '4', '5'];
  const patterns = fc.uniqueArray(
    fc.constantFrom(...digits.map((digit) => `SQL ${digit}`), 'SQL *'),
  );
  const bought = fc
    .record({ contract: fc.constantFrom('A', 'B', 'C', 'D'), pools: patterns, old: fc.boolean() })
    .map(({ old, ...changes }) =>
      anEntitlement({ ...changes, accounts: [ACCOUNT], expiresOn: old ? '2020-01-01' : null }),
    );

  it('puts every configuration and every entitlement into exactly one pool, in any order', () => {
    const configurations = digits.map((digit) => named(digit, `SQL ${digit}`));
    fc.assert(
      fc.property(fc.array(bought, { maxLength: 6 }), (entitlements) => {
        const { all } = licensePools(configurations, entitlements, NOW);
        const other = licensePools(configurations.toReversed(), entitlements.toReversed(), NOW);

        expect(
          all
            .flatMap((pool) => pool.configurations)
            .map(({ arn }) => arn)
            .toSorted(),
        ).toEqual(configurations.map(({ arn }) => arn).toSorted());
        expect(all.flatMap((pool) => pool.entitlements)).toHaveLength(entitlements.length);
        expect(other.all.map((pool) => pool.configurations)).toEqual(
          all.map((pool) => pool.configurations),
        );
        expect(other.all.map(({ id }) => id)).toEqual(all.map(({ id }) => id));
      }),
    );
  });

  it('tells pools apart though two lines of a contract are the same', () => {
    const { all } = licensePools(
      [a, c],
      [anEntitlement({ pools: ['SQL A'] }), anEntitlement({ pools: ['Oracle'] })],
      NOW,
    );

    expect(all.map(({ id }) => id)).toEqual([
      'sql-server/enterprise/core/2019-06-30/2022/EA-1',
      'sql-server/enterprise/core/2019-06-30/2022/EA-1/2',
    ]);
  });

  it('looks up many patterns among many names in little time', () => {
    const names = Array.from({ length: 5000 }, (_, index) => `Pool ${index}`);
    const configurations = names.map((name, index) => named(`${index}`, name));
    const entitlements = names.map((name, index) =>
      anEntitlement({ contract: `C${index}`, pools: [`${name}*`], accounts: [] }),
    );

    const start = performance.now();
    licensePools(configurations, entitlements, NOW);

    expect(performance.now() - start).toBeLessThan(3000);
  });
});
