import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countsOf } from '#domain/register/register-change.ts';
import { registerDiff } from '#domain/register/register-diff.ts';
import { anEntitlement, aRegister, aServer } from '../../register-builders.ts';
import { registers } from './register-arbitraries.ts';

const BEFORE = aRegister({ entitlements: [anEntitlement()], servers: [aServer()] });

describe('the difference of two registers', () => {
  it('is a line that is new', () => {
    const after = {
      ...BEFORE,
      servers: [aServer(), aServer({ name: 'vm-7', site: '', vcpus: 8 })],
    };

    expect(registerDiff(BEFORE, after)).toEqual({
      changes: [
        {
          kind: 'added',
          what: 'Oracle Database Enterprise Edition 19c',
          which: 'vm-7',
          amount: '8 vCPUs',
          fields: [],
        },
      ],
      unchanged: 2,
    });
  });

  it('is a line that is gone, in words of a product that no rule knows', () => {
    const unknown = aServer({ product: 'tableau-server', edition: 'gold', version: null });
    const before = { ...BEFORE, servers: [aServer(), unknown] };

    expect(registerDiff(before, BEFORE).changes).toEqual([
      {
        kind: 'removed',
        what: 'tableau-server gold',
        which: 'ora-db-01, Frankfurt 2',
        amount: '2 × 16 cores',
        fields: [],
      },
    ]);
  });

  it('is a line with other values, field by field', () => {
    const changed = anEntitlement({
      quantity: 60,
      expiresOn: '2030-01-31',
      unitPrice: null,
      maintenancePrice: null,
      edition: 'enterprise',
    });

    expect(registerDiff(BEFORE, { ...BEFORE, entitlements: [changed] })).toEqual({
      changes: [
        {
          kind: 'changed',
          what: 'SQL Server Enterprise 2022',
          which: 'EA-1 of 2019-06-30',
          amount: '60 core licenses',
          fields: [
            { field: 'Quantity', before: '40', after: '60' },
            { field: 'Expiry', before: '', after: '2030-01-31' },
            { field: 'Unit price', before: '7128', after: '' },
            { field: 'Maintenance price', before: '1782', after: '' },
            { field: 'Currency', before: 'USD', after: '' },
          ],
        },
      ],
      unchanged: 1,
    });
  });

  it('is another line when what identifies it is other', () => {
    const renamed = anEntitlement({ contract: 'EA-2' });
    const diff = registerDiff(BEFORE, { ...BEFORE, entitlements: [renamed] });

    expect(countsOf(diff)).toEqual({ added: 1, changed: 0, removed: 1, unchanged: 1 });
  });

  it('accounts for every line of both', () => {
    fc.assert(
      fc.property(registers, registers, (before, after) => {
        const { added, changed, removed, unchanged } = countsOf(registerDiff(before, after));

        expect(added + changed + unchanged).toBe(after.entitlements.length + after.servers.length);
        expect(removed + changed + unchanged).toBe(
          before.entitlements.length + before.servers.length,
        );
        expect(registerDiff(after, after).changes).toEqual([]);
      }),
    );
  });
});
