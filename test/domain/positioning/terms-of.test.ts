import { describe, expect, it } from 'vitest';
import type { Entitlement } from '#domain/licenses/entitlement.ts';
import {
  DEFAULT_SWITCHES,
  type TermSwitches,
  UNKNOWN_TERMS,
} from '#domain/licenses/license-terms.ts';
import { termsOf } from '#domain/positioning/terms-of.ts';
import { NOW } from '../../builders.ts';
import { anEntitlement } from '../../register-builders.ts';

function terms(...entitlements: readonly Partial<Entitlement>[]) {
  return termsOf({ entitlements: entitlements.map(anEntitlement) }, 'sql-server', NOW);
}

const FAVORABLE: TermSwitches = {
  hostLevelVirtualization: 'yes',
  passiveFreeUnderMobility: true,
  windowsAfter2019: true,
  windowsByVm: true,
  oracleHonorsCpuOptions: true,
  ibmVcpusPerCore: 2,
  ibmSubCapacityReported: true,
  ibmHostCoreCap: true,
  linuxUnlimitedOnHost: true,
};

describe('termsOf', () => {
  it.each([
    ['no pool', termsOf(null, 'sql-server', NOW)],
    ['an expired one', terms({ expiresOn: '2026-11-21' })],
    ['one that begins tomorrow', terms({ purchasedOn: '2026-11-23' })],
    ["another product's", terms({ product: 'windows-server' })],
  ])('knows nothing by %s', (_what, found) => {
    expect(found).toBe(UNKNOWN_TERMS);
  });

  it.each`
    entitlements                                                      | field                  | value
    ${[{}]}                                                           | ${'softwareAssurance'} | ${true}
    ${[{}, { maintainedUntil: '2026-11-21' }]}                        | ${'softwareAssurance'} | ${false}
    ${[{}, { maintainedUntil: null }]}                                | ${'softwareAssurance'} | ${false}
    ${[{}, { maintainedUntil: null, kind: 'subscription' }]}          | ${'softwareAssurance'} | ${true}
    ${[{}, { maintainedUntil: null, expiresOn: '2020-01-01' }]}       | ${'softwareAssurance'} | ${true}
    ${[{}]}                                                           | ${'subscription'}      | ${false}
    ${[{}, { kind: 'subscription' }]}                                 | ${'subscription'}      | ${true}
    ${[{ purchasedOn: '2018-01-01' }, { purchasedOn: '2021-01-01' }]} | ${'purchasedOn'}       | ${'2021-01-01'}
    ${[{ program: 'EA' }, { program: 'SPLA' }]}                       | ${'program'}           | ${'SPLA'}
    ${[{ program: null }, { program: 'EA' }]}                         | ${'program'}           | ${'EA'}
    ${[{ program: null }]}                                            | ${'program'}           | ${null}
    ${[{}]}                                                           | ${'metric'}            | ${'core'}
    ${[{}, { metric: 'server' }]}                                     | ${'metric'}            | ${null}
  `('has $value as $field of $entitlements', ({ entitlements, field, value }) => {
    expect(terms(...entitlements)).toHaveProperty(field, value);
  });

  it('answers every question favorably where all entitlements do', () => {
    expect(terms({ switches: FAVORABLE }).switches).toEqual(FAVORABLE);
  });

  it('answers every question as the least favorable entitlement does', () => {
    const never = { ...DEFAULT_SWITCHES, hostLevelVirtualization: 'no' as const };

    expect(terms({ switches: FAVORABLE }, {}).switches).toEqual(DEFAULT_SWITCHES);
    expect(terms({ switches: FAVORABLE }, { switches: never }).switches).toEqual(never);
  });
});
