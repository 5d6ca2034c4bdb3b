import { describe, expect, it } from 'vitest';
import { DAY_MS, later } from '#domain/instant.ts';
import { developerEdition } from '#domain/optimization/kinds/developer-edition.ts';
import { downgradeEdition } from '#domain/optimization/kinds/downgrade-edition.ts';
import { NOW } from '../../../builders.ts';
import {
  ALL_BROUGHT,
  aContext,
  aLicenseFinding,
  aMachine,
  BYOL_WINDOWS,
  installed,
  LI_ENTERPRISE,
  LI_STANDARD,
  LI_WEB,
  LI_WINDOWS,
  LINUX,
  proposed,
  SQL_BROUGHT,
  SQL_IN_PRICE,
  TYPES,
} from './machine-builders.ts';

const FOUND = { license: aLicenseFinding() };

describe('downgradeEdition', () => {
  it.each`
    products        | operation              | to                     | licensing
    ${SQL_IN_PRICE} | ${LI_ENTERPRISE}       | ${LI_STANDARD}         | ${'license-included'}
    ${SQL_IN_PRICE} | ${'RunInstances:0100'} | ${'RunInstances:0004'} | ${'license-included'}
    ${SQL_IN_PRICE} | ${'RunInstances:1110'} | ${'RunInstances:1014'} | ${'license-included'}
    ${SQL_BROUGHT}  | ${LI_WINDOWS}          | ${LI_WINDOWS}          | ${'byol'}
    ${ALL_BROUGHT}  | ${BYOL_WINDOWS}        | ${BYOL_WINDOWS}        | ${'byol'}
  `('goes from $operation to $to', ({ products, operation, to, licensing }) => {
    const instance = { usageOperation: operation };
    const machine = aMachine({ products, instance, evidence: FOUND });

    const setup = proposed(downgradeEdition, machine);

    expect(setup).toMatchObject({ usageOperation: to, instanceType: 'r6i.4xlarge' });
    expect(setup?.products[0]).toEqual(machine.setup.products[0]);
    expect(setup?.products[1]).toEqual({ product: 'sql-server', edition: 'standard', licensing });
  });

  it('is for somebody who knows the database', () => {
    const machine = aMachine({ evidence: FOUND });

    const [change] = downgradeEdition.changes(machine, machine.setup, aContext());

    expect(change).toMatchObject({
      kind: 'downgrade-edition',
      ownerMustValidate: true,
      risk: 'medium',
      effort: 'project',
      gate: [],
    });
    expect(change?.evidence.map(({ measure, value }) => `${measure} ${value}`).slice(0, 2)).toEqual(
      ['enterprise-features none', 'finding-reason LicenseOverprovisioned'],
    );
  });

  it('changes all replicas together', () => {
    const products = installed('sql-server', { role: 'passive' });
    const machine = aMachine({ products, evidence: FOUND });

    const [change] = downgradeEdition.changes(machine, machine.setup, aContext());

    expect(change?.risk).toBe('high');
    expect(change?.evidence.at(-1)).toMatchObject({
      measure: 'replicas',
      value: 'change-together',
    });
  });

  it.each`
    version   | instanceType      | cores   | may      | why
    ${'2022'} | ${'r6i.4xlarge'}  | ${null} | ${true}  | ${'8 cores and 128 GiB'}
    ${'2016'} | ${'r6i.4xlarge'}  | ${null} | ${true}  | ${'8 cores and 128 GiB'}
    ${'2022'} | ${'r6i.8xlarge'}  | ${null} | ${false} | ${'256 GiB'}
    ${'2025'} | ${'r6i.8xlarge'}  | ${null} | ${true}  | ${'256 GiB are allowed since 2025'}
    ${'2025'} | ${'r6i.16xlarge'} | ${null} | ${false} | ${'512 GiB'}
    ${'2022'} | ${'c6i.16xlarge'} | ${null} | ${false} | ${'32 cores'}
    ${'2022'} | ${'c6i.16xlarge'} | ${24}   | ${true}  | ${'24 of 32 cores are on'}
    ${'2025'} | ${'c6i.16xlarge'} | ${null} | ${true}  | ${'32 cores are allowed since 2025'}
    ${'2014'} | ${'r6i.large'}    | ${null} | ${false} | ${'what older versions allow is not known'}
    ${null}   | ${'r6i.large'}    | ${null} | ${false} | ${'the version is not known'}
  `('says $may to $version on $instanceType: $why', (row) => {
    const { version, instanceType, cores, may } = row;
    const cpuOptions = cores === null ? null : { coreCount: cores, threadsPerCore: 2 };
    const machine = aMachine({
      products: installed('sql-server', { version }),
      instance: { instanceType, cpuOptions },
      evidence: FOUND,
    });

    expect(proposed(downgradeEdition, machine) !== null).toBe(may);
  });

  it('holds the limits of the setup, not of the machine as it is', () => {
    const machine = aMachine({ instance: { instanceType: 'r6i.8xlarge' }, evidence: FOUND });
    const smaller = { ...machine.setup, instanceType: 'r6i.4xlarge' };

    expect(downgradeEdition.changes(machine, machine.setup, aContext())).toEqual([]);
    expect(downgradeEdition.changes(machine, smaller, aContext())).toHaveLength(1);
    expect(downgradeEdition.changes(machine, smaller, aContext({ types: new Map() }))).toEqual([]);
  });

  it.each`
    changes                                                                                                                           | why
    ${{}}                                                                                                                             | ${'nobody looked at its features'}
    ${{ evidence: { license: aLicenseFinding({ finding: 'insufficient-metrics' }) } }}                                                | ${'AWS saw too little'}
    ${{ evidence: { license: aLicenseFinding({ finding: 'optimized' }) } }}                                                           | ${'AWS finds it right'}
    ${{ evidence: { license: aLicenseFinding({ edition: 'standard' }) } }}                                                            | ${'AWS sees Standard'}
    ${{ evidence: { license: aLicenseFinding({ recommendedEdition: 'free' }) } }}                                                     | ${'AWS recommends another edition'}
    ${{ evidence: { license: aLicenseFinding({ recommendedEdition: null }) } }}                                                       | ${'AWS recommends none'}
    ${{ evidence: { license: aLicenseFinding({ asOf: later(NOW, -15 * DAY_MS) }) } }}                                                 | ${'it is old'}
    ${{ evidence: FOUND, products: installed('sql-server', { role: 'readable' }) }}                                                   | ${'its secondaries serve reads'}
    ${{ evidence: FOUND, instance: { usageOperation: LI_STANDARD } }}                                                                 | ${'it is Standard already'}
    ${{ evidence: FOUND, products: installed('sql-server', { licensing: 'marketplace' }), instance: { usageOperation: LI_WINDOWS } }} | ${'a marketplace sells it'}
    ${{ evidence: FOUND, products: SQL_BROUGHT, instance: { usageOperation: 'unheard-of' } }}                                         | ${'its billing is not known'}
  `('proposes nothing where $why', ({ changes }) => {
    expect(proposed(downgradeEdition, aMachine(changes))).toBeNull();
  });
});

describe('developerEdition', () => {
  it.each`
    products                                            | operation        | to
    ${SQL_IN_PRICE}                                     | ${LI_ENTERPRISE} | ${LI_WINDOWS}
    ${installed('sql-server', { edition: 'standard' })} | ${LI_STANDARD}   | ${LI_WINDOWS}
    ${installed('sql-server', { edition: 'web' })}      | ${LI_WEB}        | ${LI_WINDOWS}
    ${SQL_BROUGHT}                                      | ${LI_WINDOWS}    | ${LI_WINDOWS}
    ${[{ product: 'sql-server', edition: 'standard' }]} | ${LINUX}         | ${LINUX}
  `('is free where it is not production: $operation', ({ products, operation, to }) => {
    const machine = aMachine({
      products,
      instance: { usageOperation: operation },
      environment: 'non-production',
    });

    const setup = proposed(developerEdition, machine);

    expect(setup?.usageOperation).toBe(to);
    expect(setup?.products.at(-1)).toEqual({
      product: 'sql-server',
      edition: 'developer',
      licensing: 'free',
    });
  });

  it('is for the owner to say, by the rule that nothing of it is production', () => {
    const machine = aMachine({ environment: 'non-production' });

    expect(developerEdition.changes(machine, machine.setup, aContext())).toMatchObject([
      {
        kind: 'developer-edition',
        ownerMustValidate: true,
        risk: 'low',
        effort: 'migration',
        gate: [{ code: 'non-production', holds: true, rule: 'microsoft/sql-server/developer' }],
      },
    ]);
  });

  it.each`
    changes                                                                                                                       | why
    ${{ environment: 'production' }}                                                                                              | ${'it is production'}
    ${{ environment: null }}                                                                                                      | ${'no tag says what it is'}
    ${{ products: [{ product: 'oracle-database' }], instance: { usageOperation: LINUX } }}                                        | ${'it is no SQL Server'}
    ${{ products: installed('sql-server', { edition: 'express', licensing: 'free' }), instance: { usageOperation: LI_WINDOWS } }} | ${'it is free already'}
    ${{ products: installed('sql-server', { edition: 'developer' }, SQL_BROUGHT), instance: { usageOperation: LI_WINDOWS } }}     | ${'it is Developer already'}
    ${{ products: installed('sql-server', { edition: 'express' }, SQL_BROUGHT), instance: { usageOperation: LI_WINDOWS } }}       | ${'it is Express already'}
    ${{ products: installed('sql-server', { edition: null }, SQL_BROUGHT), instance: { usageOperation: LI_WINDOWS } }}            | ${'the edition is not known'}
    ${{ products: SQL_BROUGHT, instance: { usageOperation: 'unheard-of' } }}                                                      | ${'its billing is not known'}
  `('proposes nothing where $why', ({ changes }) => {
    expect(
      proposed(developerEdition, aMachine({ environment: 'non-production', ...changes })),
    ).toBeNull();
  });

  it('needs no description of the type', () => {
    const machine = aMachine({ environment: 'non-production' });

    expect(TYPES.has('x9.large')).toBe(false);
    expect(
      developerEdition.changes(machine, { ...machine.setup, instanceType: 'x9.large' }, aContext()),
    ).toHaveLength(1);
  });
});
