import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '#domain/estate/licensing-settings.ts';
import { PRODUCTS } from '#domain/licenses/product.ts';
import { vendorTerms } from '#domain/vendors/vendor-terms.ts';
import { aDeployment, underTerms } from './deployed.ts';

const terms = vendorTerms(DEFAULT_SETTINGS);

describe('vendorTerms', () => {
  it('has a rule for every product that we know', () => {
    expect([...terms.keys()].toSorted()).toEqual(PRODUCTS.map(({ id }) => id).toSorted());
  });

  it('knows nothing of other products', () => {
    expect(terms.get('vmware-vsphere')).toBeUndefined();
  });

  it.each(PRODUCTS.map(({ id, metrics }) => [id, metrics] as const))(
    '%s asks in a metric that the product is sold in, by a rule with source and day',
    (product, metrics) => {
      const asked = terms.get(product)?.requirement([aDeployment({ product })], underTerms());

      expect(asked).not.toEqual([]);
      for (const { metric, rule } of asked ?? []) {
        expect(metrics).toContain(metric);
        expect(rule.id).toMatch(/^[a-z-]+\/[a-z0-9/-]+$/);
        expect(rule.source).not.toBe('');
        expect(rule.asOf).toMatch(/^\d{4}(-\d{2}(-\d{2})?)?$/);
      }
    },
  );

  it.each`
    product                       | metric            | units      | licenses
    ${'oracle-database'}          | ${'processor'}    | ${7}       | ${7}
    ${'oracle-weblogic'}          | ${'processor'}    | ${7}       | ${7}
    ${'ibm-db2'}                  | ${'pvu'}          | ${560}     | ${560}
    ${'ibm-mq'}                   | ${'vpc'}          | ${2.5}     | ${3}
    ${'ibm-websphere'}            | ${'rvu'}          | ${150_000} | ${72_500}
    ${'sap-hana'}                 | ${'memory-gib'}   | ${130}     | ${192}
    ${'sap-hana'}                 | ${'memory-gib'}   | ${128}     | ${128}
    ${'sap-netweaver'}            | ${'instance'}     | ${3}       | ${3}
    ${'red-hat-enterprise-linux'} | ${'subscription'} | ${3.5}     | ${4}
    ${'suse-linux-enterprise'}    | ${'subscription'} | ${3.5}     | ${4}
    ${'sql-server'}               | ${'core'}         | ${7}       | ${8}
    ${'sql-server'}               | ${'server'}       | ${7}       | ${7}
    ${'windows-server'}           | ${'core'}         | ${17}      | ${18}
  `('$product: $units units are $licenses licenses', ({ product, metric, units, licenses }) => {
    expect(terms.get(product)?.licenses(units, metric)).toBe(licenses);
  });

  it('makes no license of what sums of fractions are off by', () => {
    const units =
      Array.from({ length: 7 }, () => 1 / 7).reduce((sum, part) => sum + part, 0) + 1e-12;

    expect(terms.get('red-hat-enterprise-linux')?.licenses(units, 'subscription')).toBe(1);
  });
});
