import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '#domain/estate/licensing-settings.ts';
import { configuredProducts } from '#domain/positioning/configured-products.ts';
import { softwareCatalog } from '#domain/software/software-catalog.ts';

const catalog = softwareCatalog(DEFAULT_SETTINGS);
const windows = { product: 'windows-server', edition: 'datacenter', resources: 5 };
const sql = { product: 'sql-server', edition: 'enterprise', resources: 5 };

describe('configuredProducts', () => {
  it.each`
    discovers                                                  | products
    ${['Engine Edition=oracle-ee']}                            | ${[['oracle-database', 'enterprise']]}
    ${['Engine Edition=oracle-se2, oracle-ee']}                | ${[['oracle-database', 'standard-2'], ['oracle-database', 'enterprise']]}
    ${['engine edition=DB2-AE']}                               | ${[['ibm-db2', 'advanced']]}
    ${['Application Name=Microsoft SQL Server 2019 (64-bit)']} | ${[['sql-server', null]]}
    ${['Application Name=Notepad']}                            | ${[]}
    ${['Engine Edition=postgres']}                             | ${[]}
    ${['Engine Edition!=oracle-ee']}                           | ${[]}
    ${['License Included=false']}                              | ${[]}
  `('is for $products by $discovers', ({ discovers, products }) => {
    const found = configuredProducts({ name: 'Any', discovers }, [], catalog);

    expect(found.map(({ product, edition }) => [product, edition])).toEqual(products);
  });

  it.each`
    name                      | running                                                            | product             | because
    ${'Pool 7'}               | ${[]}                                                              | ${null}             | ${'nothing runs'}
    ${'Pool 7'}               | ${[windows]}                                                       | ${'windows-server'} | ${'it runs there'}
    ${'Windows Server cores'} | ${[sql, windows]}                                                  | ${'windows-server'} | ${'the name says it'}
    ${'Pool 7'}               | ${[{ ...sql, resources: 2 }, windows]}                             | ${'windows-server'} | ${'it is on most'}
    ${'Pool 7'}               | ${[windows, sql]}                                                  | ${'sql-server'}     | ${'the operating system is below it'}
    ${'Pool 7'}               | ${[{ ...sql, product: 'ibm-mq' }, { ...sql, product: 'ibm-db2' }]} | ${'ibm-db2'}        | ${'it comes first'}
    ${'Pool 7'}               | ${[{ ...sql, product: 'ibm-db2' }, { ...sql, product: 'ibm-mq' }]} | ${'ibm-db2'}        | ${'it comes first, in any order'}
  `('is for $product: $because', ({ name, running, product }) => {
    const [found] = configuredProducts({ name, discovers: [] }, running, catalog);

    expect(found?.product ?? null).toBe(product);
  });

  it.each([
    [['enterprise', 'enterprise'], 'enterprise'],
    [['enterprise', null], 'enterprise'],
    [['enterprise', 'standard'], null],
    [[null], null],
  ])('of the editions %j takes %s', (editions, edition) => {
    const running = editions.map((one) => ({ ...sql, edition: one }));

    expect(configuredProducts({ name: 'Pool', discovers: [] }, running, catalog)).toEqual([
      { product: 'sql-server', edition },
    ]);
  });
});
