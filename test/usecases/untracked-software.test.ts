import { describe, expect, it } from 'vitest';
import type { CountGap } from '#domain/licenses/count-gap.ts';
import type { LicensedProduct } from '#domain/positioning/licensed-product.ts';
import { untrackedByPool } from '#usecases/untracked-software.ts';
import { ACCOUNT, REGION } from '../builders.ts';

const ELSEWHERE = 'eu-central-1';

function aGap(changes: Partial<CountGap> = {}): CountGap {
  return {
    cause: 'untracked',
    account: ACCOUNT,
    region: REGION,
    configurationArns: [],
    product: 'sql-server',
    edition: 'standard',
    resources: [],
    ...changes,
  };
}

function aPool(poolId: string, region: string, edition: string | null, product = 'sql-server') {
  const products: readonly LicensedProduct[] = [{ product, edition }];
  return { pool: { poolId, account: ACCOUNT, region }, products };
}

const POOLS = [
  aPool('standard', REGION, 'standard'),
  aPool('enterprise', REGION, 'enterprise'),
  aPool('any edition', REGION, null),
  aPool('elsewhere', ELSEWHERE, 'standard'),
  aPool('oracle', REGION, 'standard', 'oracle-database'),
];

describe('software that no license configuration counts', () => {
  it.each<[string, Partial<CountGap>, readonly string[]]>([
    ['is shown with the pools of its product beside it', {}, ['standard', 'any edition']],
    ['of any edition', { edition: null }, ['standard', 'enterprise', 'any edition']],
    [
      'with all pools of its product where none is beside it',
      { region: 'eu-west-3' },
      ['standard', 'any edition', 'elsewhere'],
    ],
    ['with none where no pool is of its product', { product: 'ibm-db2' }, []],
    ['with none where the product is not known', { product: null }, []],
    ['only where no configuration counts it', { configurationArns: ['arn:aws:x'] }, []],
  ])('%s', (_fact, changes, expected) => {
    const gap = aGap(changes);
    const shown = untrackedByPool([gap], POOLS);

    expect([...shown.keys()]).toEqual(expected);
    expect([...shown.values()]).toEqual(expected.map(() => [gap]));
  });
});
