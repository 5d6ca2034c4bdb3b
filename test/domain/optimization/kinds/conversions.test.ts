import { describe, expect, it } from 'vitest';
import type { MachineKind } from '#domain/optimization/kind.ts';
import { conversionChecks, eligibilityChecks } from '#domain/optimization/kinds/byol-gate.ts';
import { byolToIncluded } from '#domain/optimization/kinds/byol-to-included.ts';
import { paidAs, paymentOf } from '#domain/optimization/kinds/conversions.ts';
import { includedOnHost } from '#domain/optimization/kinds/included-on-host.ts';
import { includedToByol } from '#domain/optimization/kinds/included-to-byol.ts';
import type { Machine } from '#domain/optimization/machine.ts';
import { passesGate } from '#domain/optimization/recommendation.ts';
import { ACCOUNT, anImage } from '../../../builders.ts';
import { underTerms } from '../../vendors/deployed.ts';
import {
  ALL_BROUGHT,
  aContext,
  aMachine,
  BYOL_WINDOWS,
  installed,
  LI_ENTERPRISE,
  LI_STANDARD,
  LI_WEB,
  LI_WINDOWS,
  LINUX,
  SQL_BROUGHT,
  SQL_IN_PRICE,
  TYPES,
  typeNamed,
} from './machine-builders.ts';

const OLD = { subscription: false, purchasedOn: '2019-09-30', softwareAssurance: true };
const RIGHTS = aContext({ terms: underTerms(OLD) });
const NO_SQL = [SQL_IN_PRICE[0] ?? {}];
const NO_SQL_BROUGHT = installed('windows-server', { licensing: 'byol' }, NO_SQL);
const WITH_EXPRESS = installed('sql-server', { edition: 'express', licensing: 'free' });

/** `tenancy usage-operation licensing-of-each-product` of every change. */
function found(kind: MachineKind, machine: Machine, context = RIGHTS): readonly string[] {
  return kind.changes(machine, machine.setup, context).map(({ to }) => {
    const paid = to.products.map(({ licensing }) => licensing);
    return [to.tenancy, to.usageOperation, ...paid].join(' ');
  });
}

describe('includedToByol', () => {
  it.each`
    products        | operation              | tenancy        | to
    ${SQL_IN_PRICE} | ${LI_ENTERPRISE}       | ${'default'}   | ${[`default ${LI_WINDOWS} license-included byol`, `host ${BYOL_WINDOWS} byol byol`]}
    ${SQL_IN_PRICE} | ${LI_ENTERPRISE}       | ${'dedicated'} | ${[`dedicated ${LI_WINDOWS} license-included byol`, `host ${BYOL_WINDOWS} byol byol`]}
    ${SQL_BROUGHT}  | ${LI_WINDOWS}          | ${'default'}   | ${[`host ${BYOL_WINDOWS} byol byol`]}
    ${NO_SQL}       | ${LI_WINDOWS}          | ${'default'}   | ${[`host ${BYOL_WINDOWS} byol`]}
    ${WITH_EXPRESS} | ${LI_WINDOWS}          | ${'default'}   | ${[`host ${BYOL_WINDOWS} byol free`]}
    ${SQL_IN_PRICE} | ${LI_WEB}              | ${'default'}   | ${[`default ${LI_WINDOWS} license-included byol`, `host ${BYOL_WINDOWS} byol byol`]}
    ${SQL_IN_PRICE} | ${LI_ENTERPRISE}       | ${'host'}      | ${[]}
    ${ALL_BROUGHT}  | ${BYOL_WINDOWS}        | ${'default'}   | ${[]}
    ${SQL_IN_PRICE} | ${'RunInstances:0100'} | ${'default'}   | ${[]}
    ${SQL_IN_PRICE} | ${'unheard-of'}        | ${'default'}   | ${[]}
  `('goes from $tenancy $operation to $to', ({ products, operation, tenancy, to }) => {
    const machine = aMachine({ products, instance: { usageOperation: operation, tenancy } });

    expect(found(includedToByol, machine)).toEqual(to);
  });

  it('never brings SQL Server Web', () => {
    const products = installed('sql-server', { edition: 'web' });

    expect(
      found(includedToByol, aMachine({ products, instance: { usageOperation: LI_WEB } })),
    ).toEqual([]);
  });

  it.each`
    terms                                    | changes | why
    ${{ ...OLD, program: 'CSP' }}            | ${0}    | ${'a program is barred'}
    ${{ ...OLD, program: 'SPLA' }}           | ${0}    | ${'a program is barred'}
    ${{ ...OLD, softwareAssurance: false }}  | ${0}    | ${'SQL Server 2019 needs Software Assurance'}
    ${{ ...OLD, purchasedOn: '2019-10-01' }} | ${1}    | ${'Windows was bought too late'}
    ${{ ...OLD, subscription: true }}        | ${1}    | ${'Windows has to be perpetual'}
    ${{}}                                    | ${2}    | ${'nobody knows the rights'}
  `('proposes $changes changes where $why', ({ terms, changes }) => {
    expect(found(includedToByol, aMachine(), aContext({ terms: underTerms(terms) }))).toHaveLength(
      changes,
    );
  });

  it.each`
    instanceType     | hosts    | why
    ${'t3.2xlarge'}  | ${true}  | ${'a burstable instance goes to no host later'}
    ${'r6i.4xlarge'} | ${false} | ${'hosts do not take the type'}
  `('leaves Windows in the price where $why', ({ instanceType, hosts }) => {
    const types = new Map(TYPES);
    types.set(instanceType, { ...typeNamed(instanceType), dedicatedHostsSupported: hosts });
    const context = aContext({ terms: underTerms(OLD), types });

    expect(found(includedToByol, aMachine({ instance: { instanceType } }), context)).toEqual([
      `default ${LI_WINDOWS} license-included byol`,
    ]);
  });

  it('proposes nothing to a stopped machine, which costs nothing', () => {
    expect(found(includedToByol, aMachine({ instance: { state: 'stopped' } }))).toEqual([]);
  });

  it('passes its gate only where everything is known to hold', () => {
    const machine = aMachine();
    const [sql, all] = includedToByol.changes(machine, machine.setup, RIGHTS);
    const [unsure] = includedToByol.changes(
      machine,
      machine.setup,
      aContext({ terms: underTerms() }),
    );

    expect(sql).toMatchObject({ risk: 'low', effort: 'migration', ownerMustValidate: false });
    expect(all).toMatchObject({ risk: 'medium', effort: 'migration' });
    expect(sql && passesGate(sql.gate)).toBe(true);
    expect(unsure && passesGate(unsure.gate)).toBe(false);
    expect(all?.gate.map(({ code, holds }) => `${code} ${holds}`)).toEqual([
      'bought-before-cut true',
      'license-mobility true',
      'own-image true',
      'managed-by-ssm true',
    ]);
  });

  it('takes a restart for Windows alone, on a host where it is', () => {
    const machine = aMachine({
      products: NO_SQL,
      instance: { usageOperation: LI_WINDOWS, tenancy: 'host' },
    });

    expect(includedOnHost.changes(machine, machine.setup, RIGHTS)[1]).toMatchObject({
      effort: 'restart',
      risk: 'low',
    });
  });
});

describe('the gate', () => {
  it.each`
    image                                               | holds
    ${anImage({ owner: ACCOUNT })}                      | ${true}
    ${anImage({ owner: ACCOUNT, copiedFrom: 'ami-1' })} | ${null}
    ${anImage({ owner: '999988887777' })}               | ${null}
    ${anImage()}                                        | ${null}
    ${null}                                             | ${null}
    ${anImage({ owner: '801119661308' })}               | ${false}
    ${anImage({ owner: 'amazon' })}                     | ${false}
    ${anImage({ owner: '679593333241' })}               | ${false}
  `('holds $holds by the image $image.owner, copied from $image.copiedFrom', ({ image, holds }) => {
    const machine = aMachine({ image });
    const [check] = conversionChecks(machine);

    expect(check).toMatchObject({ code: 'own-image', holds });
    expect(check?.source).toContain('License Manager');
    expect(found(includedToByol, machine)).toHaveLength(holds === false ? 0 : 2);
  });

  it('leaves open whether Systems Manager has inventory that nobody saw', () => {
    const products = installed('sql-server', { evidence: [] });

    expect(conversionChecks(aMachine({ products }))[1]).toMatchObject({
      code: 'managed-by-ssm',
      holds: null,
    });
  });

  it('names each rule once, whatever is installed twice', () => {
    const [, sql = {}] = SQL_BROUGHT;
    const machine = aMachine({ products: [...SQL_BROUGHT, sql] });

    const checks = eligibilityChecks(machine, machine.setup, ['sql-server'], RIGHTS);

    expect(checks).toMatchObject([
      { code: 'license-mobility', holds: true, rule: 'microsoft/sql-server/license-mobility' },
    ]);
  });
});

describe('byolToIncluded', () => {
  it.each`
    products                                                         | operation        | tenancy        | to
    ${ALL_BROUGHT}                                                   | ${BYOL_WINDOWS}  | ${'host'}      | ${[`default ${LI_WINDOWS} license-included byol`, `default ${LI_ENTERPRISE} license-included license-included`]}
    ${NO_SQL_BROUGHT}                                                | ${BYOL_WINDOWS}  | ${'host'}      | ${[`default ${LI_WINDOWS} license-included`]}
    ${SQL_BROUGHT}                                                   | ${LI_WINDOWS}    | ${'default'}   | ${[`default ${LI_ENTERPRISE} license-included license-included`]}
    ${SQL_BROUGHT}                                                   | ${LI_WINDOWS}    | ${'host'}      | ${[`default ${LI_ENTERPRISE} license-included license-included`]}
    ${SQL_BROUGHT}                                                   | ${LI_WINDOWS}    | ${'dedicated'} | ${[`dedicated ${LI_ENTERPRISE} license-included license-included`]}
    ${installed('sql-server', { edition: 'standard' }, SQL_BROUGHT)} | ${LI_WINDOWS}    | ${'default'}   | ${[`default ${LI_STANDARD} license-included license-included`]}
    ${installed('sql-server', { edition: 'web' }, SQL_BROUGHT)}      | ${LI_WINDOWS}    | ${'default'}   | ${[`default ${LI_WEB} license-included license-included`]}
    ${installed('sql-server', { edition: null }, SQL_BROUGHT)}       | ${LI_WINDOWS}    | ${'default'}   | ${[]}
    ${installed('sql-server', { licensing: 'marketplace' })}         | ${LI_WINDOWS}    | ${'default'}   | ${[]}
    ${SQL_IN_PRICE}                                                  | ${LI_ENTERPRISE} | ${'default'}   | ${[]}
    ${WITH_EXPRESS}                                                  | ${LI_WINDOWS}    | ${'default'}   | ${[]}
    ${[{ product: 'sql-server', edition: 'standard' }]}              | ${LINUX}         | ${'default'}   | ${[]}
  `('goes from $tenancy $operation to $to', ({ products, operation, tenancy, to }) => {
    const machine = aMachine({ products, instance: { usageOperation: operation, tenancy } });

    expect(found(byolToIncluded, machine)).toEqual(to);
  });

  it('counts as brought what nobody is known to pay for', () => {
    const products = installed('sql-server', { licensing: 'unknown' });
    const machine = aMachine({ products, instance: { usageOperation: LI_WINDOWS } });

    expect(found(byolToIncluded, machine)).toHaveLength(1);
  });

  it('leaves SQL Server on fewer than 4 vCPUs as it is', () => {
    const instance = { usageOperation: LI_WINDOWS, instanceType: 'r6i.large' };
    const machine = aMachine({ products: SQL_BROUGHT, instance });
    const unknown = { ...machine.setup, instanceType: 'x9.large' };

    expect(found(byolToIncluded, machine)).toEqual([]);
    expect(byolToIncluded.changes(machine, unknown, RIGHTS)).toEqual([]);
  });

  it('asks whether SQL Server may be brought off its host', () => {
    const machine = aMachine({
      products: installed('sql-server', { version: '2017' }, ALL_BROUGHT),
      instance: { usageOperation: BYOL_WINDOWS, tenancy: 'host' },
    });
    const terms = underTerms({ ...OLD, softwareAssurance: false });

    expect(found(byolToIncluded, machine, aContext({ terms }))).toEqual([
      `default ${LI_ENTERPRISE} license-included license-included`,
    ]);
  });

  it('leaves burstable instances on their host', () => {
    const instance = {
      usageOperation: BYOL_WINDOWS,
      tenancy: 'host',
      instanceType: 't3.2xlarge',
    } as const;

    expect(found(byolToIncluded, aMachine({ products: ALL_BROUGHT, instance }))).toEqual([]);
  });

  it('says what it takes', () => {
    const machine = aMachine({
      products: ALL_BROUGHT,
      instance: { usageOperation: BYOL_WINDOWS, tenancy: 'host' },
    });

    const [windows, all] = byolToIncluded.changes(machine, machine.setup, RIGHTS);

    expect(windows).toMatchObject({ effort: 'restart', risk: 'low', ownerMustValidate: false });
    expect(windows?.gate).toMatchObject([{ code: 'license-mobility', holds: true }]);
    expect(all).toMatchObject({ effort: 'migration', gate: [] });
    expect(all?.evidence.map(({ measure }) => measure)).toEqual([
      'usage-operation',
      'conversion',
      'placement',
    ]);
  });
});

describe('includedOnHost', () => {
  it.each`
    products        | operation              | to
    ${SQL_IN_PRICE} | ${LI_ENTERPRISE}       | ${[`default ${LI_ENTERPRISE} license-included license-included`, `host ${BYOL_WINDOWS} byol byol`]}
    ${NO_SQL}       | ${LI_WINDOWS}          | ${[`default ${LI_WINDOWS} license-included`, `host ${BYOL_WINDOWS} byol`]}
    ${SQL_BROUGHT}  | ${LI_WINDOWS}          | ${[`default ${LI_WINDOWS} license-included byol`, `host ${BYOL_WINDOWS} byol byol`]}
    ${SQL_IN_PRICE} | ${'RunInstances:0100'} | ${['default RunInstances:0100 license-included license-included']}
    ${ALL_BROUGHT}  | ${BYOL_WINDOWS}        | ${[]}
    ${SQL_BROUGHT}  | ${LINUX}               | ${[]}
  `('takes $operation off its host or brings licenses: $to', ({ products, operation, to }) => {
    const instance = { usageOperation: operation, tenancy: 'host' } as const;

    expect(found(includedOnHost, aMachine({ products, instance }))).toEqual(to);
  });

  it('finds nothing on shared hardware', () => {
    expect(found(includedOnHost, aMachine())).toEqual([]);
  });

  it.each`
    instanceType     | owner             | terms                                   | to
    ${'t3.2xlarge'}  | ${ACCOUNT}        | ${OLD}                                  | ${[`host ${BYOL_WINDOWS} byol byol`]}
    ${'r6i.4xlarge'} | ${'801119661308'} | ${OLD}                                  | ${[`default ${LI_WINDOWS} license-included byol`]}
    ${'r6i.4xlarge'} | ${ACCOUNT}        | ${{ ...OLD, softwareAssurance: false }} | ${[]}
  `('of $instanceType from $owner leaves $to', ({ instanceType, owner, terms, to }) => {
    const machine = aMachine({
      products: SQL_BROUGHT,
      image: anImage({ owner }),
      instance: { usageOperation: LI_WINDOWS, tenancy: 'host', instanceType },
    });

    expect(found(includedOnHost, machine, aContext({ terms: underTerms(terms) }))).toEqual(to);
  });
});

describe('payment', () => {
  it('is read from the usage operation first', () => {
    const { setup } = aMachine({ products: SQL_BROUGHT });

    expect(paymentOf(setup)).toEqual({
      windows: 'license-included',
      sqlServer: 'license-included',
      edition: 'enterprise',
    });
  });

  it('is nothing that AWS does not sell', () => {
    const { setup } = aMachine();
    const sold = { windows: 'license-included', sqlServer: 'license-included' } as const;

    expect(paidAs(setup, { ...sold, edition: 'developer' }, 'default')).toBeNull();
    expect(paidAs(setup, { ...sold, windows: 'byol', edition: 'standard' }, 'default')).toBeNull();
  });
});
