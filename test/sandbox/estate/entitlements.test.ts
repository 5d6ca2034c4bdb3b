import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readPolicy } from '#adapters/yaml/policy-file.ts';
import { type Entitlement, entitlementKey, isInForce } from '#domain/licenses/entitlement.ts';
import { LicenseRegister } from '#domain/licenses/license-register.ts';
import { PRODUCTS } from '#domain/licenses/product.ts';
import { matchesPattern } from '#domain/pattern.ts';
import { licenseRegister } from '../../../sandbox/estate/entitlements.ts';
import { estateAt } from './census.ts';

const NOW = new Date('2026-11-22T09:30:00Z');
const POLICY = new URL('../../../sandbox/policy.yml', import.meta.url);
const { licensing } = readPolicy(readFileSync(POLICY, 'utf8'));
const products = new Map(
  [
    ...PRODUCTS.map(({ id, editions }) => ({ id, editions: Object.keys(editions) })),
    ...licensing.products.map(({ id }) => ({ id, editions: [] })),
  ].map(({ id, editions }) => [id, editions]),
);

describe.each(['default', 'small'])('the register of the %s estate', (seed) => {
  const register = licenseRegister(seed, NOW);
  const { entitlements } = register;
  const estate = estateAt(seed);

  it('is one that an import would take', () => {
    expect(LicenseRegister.parse(register)).toEqual(register);
    expect(new Set(entitlements.map(entitlementKey)).size).toBe(entitlements.length);
  });

  it('names products, editions and accounts that there are', () => {
    const accounts = estate.accounts.map(({ id }) => id);
    for (const { product, edition, accounts: covered } of entitlements) {
      expect([...products.keys()]).toContain(product);
      expect([null, ...(products.get(product) ?? [])]).toContain(edition);
      expect(accounts).toEqual(expect.arrayContaining([...covered]));
    }
  });

  it('covers license configurations that there are', () => {
    const names = estate
      .regions()
      .flatMap(({ licenseConfigurations }) => [...licenseConfigurations.values()])
      .map(({ Name }) => Name);
    for (const pattern of entitlements.flatMap(({ pools }) => pools)) {
      expect(names.filter((name) => matchesPattern(pattern, name)).length, pattern).toBeGreaterThan(
        0,
      );
    }
  });

  it('prices every line', () => {
    for (const { unitPrice, contract } of entitlements) {
      expect(unitPrice?.micros, contract).toBeGreaterThan(0);
    }
  });
});

describe('what the company owns', () => {
  const { entitlements, servers } = licenseRegister('default', NOW);
  const kinds: Readonly<Record<string, (one: Entitlement) => boolean>> = {
    'a term that is over': (one) => !isInForce(one, NOW),
    'a term that ends within a month': ({ expiresOn }) =>
      expiresOn !== null && expiresOn > '2026-11-22' && expiresOn < '2026-12-22',
    'Windows Server from before 2019-10-01, without Software Assurance': (one) =>
      one.product === 'windows-server' &&
      one.purchasedOn < '2019-10-01' &&
      one.maintainedUntil === null,
    'SQL Server Enterprise from before 2019-10-01, with Software Assurance': (one) =>
      one.edition === 'enterprise' &&
      one.product === 'sql-server' &&
      one.purchasedOn < '2019-10-01' &&
      (one.maintainedUntil ?? '') > '2026-11-22',
    'SQL Server whose Software Assurance ended': (one) =>
      one.product === 'sql-server' && (one.maintainedUntil ?? '') < '2026-11-22',
    'something for one account only': ({ accounts }) => accounts.length === 1,
    'something without a license configuration': ({ pools }) => pools.length === 0,
    'a price in another currency': ({ unitPrice }) => unitPrice?.currency === 'EUR',
    'an answer to a question that contracts settle': ({ switches }) =>
      switches.ibmSubCapacityReported,
  };

  it.each(Object.entries(kinds))('has %s', (_, holds) => {
    expect(entitlements.filter(holds).length).toBeGreaterThan(0);
  });

  it('lists servers that no source sees', () => {
    expect(servers.map(({ name, product }) => [name, product])).toEqual([
      ['lyon-mes-01', 'sql-server'],
      ['lyon-recipes', 'oracle-database'],
    ]);
  });

  it('ends when the estate says so, whenever that is built', () => {
    const later = new Date('2027-11-22T09:30:00Z');

    expect(daysLeft(NOW).sort((one, other) => one - other)).toEqual([-41, -12, 24, 52, 75, 200]);
    expect(daysLeft(later)).toEqual(daysLeft(NOW));
  });
});

/** Days from this one to the end of each term. */
function daysLeft(now: Date): number[] {
  const today = Date.parse(now.toISOString().slice(0, 10));
  return licenseRegister('default', now).entitlements.flatMap(({ expiresOn }) =>
    expiresOn === null ? [] : [(Date.parse(expiresOn) - today) / 86_400_000],
  );
}
