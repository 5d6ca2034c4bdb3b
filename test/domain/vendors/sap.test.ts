import { describe, expect, it } from 'vitest';
import { sapHanaRequirement, sapNetweaverRequirement } from '#domain/vendors/sap.ts';
import { aCompute, aDeployment, findingsOf, times, underTerms, unitsOf } from './deployed.ts';

const HANA = { product: 'sap-hana', edition: null };

describe('SAP HANA', () => {
  it.each`
    memoryMib  | units   | found
    ${262_144} | ${256}  | ${['peak-memory-not-measured']}
    ${1_536}   | ${1.5}  | ${['peak-memory-not-measured']}
    ${null}    | ${null} | ${['peak-memory-not-measured', 'size-unknown']}
  `('counts $memoryMib MiB as $units GiB', ({ memoryMib, units, found }) => {
    const asked = sapHanaRequirement(
      [aDeployment({ ...HANA, compute: aCompute({ memoryMib }) })],
      underTerms(),
    );

    expect(unitsOf(asked)).toBe(units);
    expect(findingsOf(asked)).toEqual(found);
    expect(asked[0]?.metric).toBe('memory-gib');
  });
});

describe('SAP NetWeaver', () => {
  it('counts installations, and says that SAP asks for users', () => {
    const asked = sapNetweaverRequirement(
      times(3, { product: 'sap-netweaver', edition: null }),
      underTerms({ metric: null }),
    );

    expect(unitsOf(asked)).toBe(3);
    expect(asked[0]?.metric).toBe('instance');
    expect(findingsOf(asked)).toEqual(['named-users-not-counted']);
  });

  it.each`
    users        | units   | because
    ${undefined} | ${null} | ${'nobody listed them'}
    ${40}        | ${40}   | ${'somebody did'}
  `('asks for $units users where users are owned: $because', ({ users, units }) => {
    const deployment = { ...aDeployment({ product: 'sap-netweaver', edition: null }), users };
    const asked = sapNetweaverRequirement([deployment], underTerms({ metric: 'user' }));

    expect(asked).toMatchObject([{ metric: 'user', units }]);
  });
});
