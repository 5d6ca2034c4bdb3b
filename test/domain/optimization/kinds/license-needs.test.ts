import { describe, expect, it } from 'vitest';
import {
  hasLicensedDatabase,
  leastVcpus,
  licenseNeeds,
  takesLess,
  takesNoMore,
} from '#domain/optimization/kinds/license-needs.ts';
import { aContext, aMachine, installed, SQL_BROUGHT } from './machine-builders.ts';

const FREE = installed('sql-server', { edition: 'express', licensing: 'free' });

describe('licenseNeeds', () => {
  it.each`
    products                                                                 | type             | needs
    ${undefined}                                                             | ${'r6i.4xlarge'} | ${[16, 16]}
    ${undefined}                                                             | ${'r6i.large'}   | ${[2, 4]}
    ${undefined}                                                             | ${'x9.large'}    | ${[null, null]}
    ${SQL_BROUGHT}                                                           | ${'r6i.large'}   | ${[2, 4]}
    ${SQL_BROUGHT}                                                           | ${'x9.large'}    | ${[null, null]}
    ${FREE}                                                                  | ${'r6i.large'}   | ${[2, 0]}
    ${[{ product: 'suse-linux-enterprise', licensing: 'license-included' }]} | ${'r6i.large'}   | ${[0]}
  `('takes $needs on $type', ({ products, type, needs }) => {
    const machine = aMachine({ products });

    expect(licenseNeeds(machine, { ...machine.setup, instanceType: type }, aContext())).toEqual(
      needs,
    );
  });

  it.each`
    needs        | before    | less     | noMore
    ${[4, 4]}    | ${[8, 4]} | ${true}  | ${true}
    ${[8, 4]}    | ${[8, 4]} | ${false} | ${true}
    ${[4, 8]}    | ${[8, 4]} | ${false} | ${false}
    ${[null, 4]} | ${[8, 8]} | ${true}  | ${true}
    ${[null]}    | ${[8]}    | ${false} | ${true}
    ${[8]}       | ${[null]} | ${false} | ${true}
    ${[8]}       | ${[]}     | ${false} | ${true}
    ${[]}        | ${[]}     | ${false} | ${true}
  `('says of $needs after $before: less $less, no more $noMore', (row) => {
    const { needs, before, less, noMore } = row;

    expect(takesLess(needs, before)).toBe(less);
    expect(takesNoMore(needs, before)).toBe(noMore);
  });

  it('has 4 vCPUs at least for SQL Server that is paid for', () => {
    expect(leastVcpus(aMachine().setup)).toBe(4);
    expect(leastVcpus(aMachine({ products: FREE }).setup)).toBe(1);
    expect(hasLicensedDatabase(aMachine().setup)).toBe(true);
    expect(hasLicensedDatabase(aMachine({ products: FREE }).setup)).toBe(false);
  });
});
