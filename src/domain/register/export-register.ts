import type { LicenseRegister } from '#domain/licenses/license-register.ts';
import { harmlessCell } from '#domain/register/cell.ts';
import type { RegisterFile } from '#domain/register/column.ts';
import { ENTITLEMENT_FILE } from '#domain/register/entitlement-file.ts';
import { SERVER_FILE } from '#domain/register/server-file.ts';

/**
 * The cells of an export, the names of the columns first. No cell is one that a spreadsheet runs, and
 * an import of them all changes nothing.
 */
export function exportRows(
  register: LicenseRegister,
  kind: keyof LicenseRegister,
): readonly (readonly string[])[] {
  return kind === 'entitlements'
    ? rowsOf(ENTITLEMENT_FILE, register.entitlements)
    : rowsOf(SERVER_FILE, register.servers);
}

function rowsOf<Item>({ columns }: RegisterFile<Item>, items: readonly Item[]) {
  return [
    columns.map(({ header }) => header),
    ...items.map((item) => columns.map(({ write }) => harmlessCell(write(item)))),
  ];
}
