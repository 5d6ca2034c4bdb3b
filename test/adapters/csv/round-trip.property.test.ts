import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeCsv } from '#adapters/csv/write-csv.ts';
import type { LicenseRegister } from '#domain/licenses/license-register.ts';
import { exportRows } from '#domain/register/export-register.ts';
import { registerDiff } from '#domain/register/register-diff.ts';
import { registers } from '../../domain/register/register-arbitraries.ts';
import { anEntitlement, aRegister } from '../../register-builders.ts';
import { readFile } from './import-file.ts';

const KINDS = ['entitlements', 'servers'] as const;

/** What an export reads as. */
function reimported(register: LicenseRegister, kind: (typeof KINDS)[number]): LicenseRegister {
  const read = readFile(writeCsv(exportRows(register, kind)));
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return { ...register, ...read.part };
}

describe('an export', () => {
  it.each(KINDS)('of %s comes back as it was', (kind) => {
    fc.assert(
      fc.property(registers, (register) => {
        const again = reimported(register, kind);

        expect(again).toEqual(register);
        expect(registerDiff(register, again).changes).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('has no cell that a spreadsheet runs as a formula (T22)', () => {
    fc.assert(
      fc.property(registers, fc.constantFrom(...KINDS), (register, kind) => {
        expect(
          exportRows(register, kind)
            .flat()
            .filter((cell) => /^[=+\-@\t\r\n]/.test(cell)),
        ).toEqual([]);
      }),
    );
  });

  it('begins with a byte order mark, by which spreadsheets know UTF-8', () => {
    const csv = writeCsv(
      exportRows(aRegister({ entitlements: [anEntitlement()] }), 'entitlements'),
    );

    expect(csv).toMatch(/^\ufeffContract,Product,/);
    expect(csv).toContain(
      'EA-1,sql-server,enterprise,2022,core,40,perpetual,EA,2019-06-30,2027-06-30,,7128,1782,USD,dba@example.com,222233334444,SQL Server Enterprise*,pre-2019-only,no,',
    );
  });
});
