import {
  EMPTY_REGISTER,
  type LicenseRegister,
  type RegisterVersion,
} from '#domain/licenses/license-register.ts';
import type { ImportProblems } from '#domain/register/import-problem.ts';
import type { ProductCatalog } from '#domain/register/product-catalog.ts';
import { readRegister, type Sheet } from '#domain/register/read-register.ts';
import type { RegisterDiff } from '#domain/register/register-change.ts';
import { registerDiff } from '#domain/register/register-diff.ts';

/** What a file would make of the register in force. */
export type ImportPreview =
  | ({ readonly kind: 'problems' } & ImportProblems)
  | { readonly kind: 'unchanged'; readonly unchanged: number }
  | {
      readonly kind: 'changes';
      /** The whole register as it would be. */
      readonly register: LicenseRegister;
      readonly diff: RegisterDiff;
    };

/** Read a file and compare: it takes the place of all entitlements, or of all servers. */
export function previewImport(
  sheet: Sheet,
  catalog: ProductCatalog,
  inForce: RegisterVersion | null,
): ImportPreview {
  const read = readRegister(sheet, catalog);
  if (!read.ok) return { kind: 'problems', problems: read.problems, more: read.more };
  const before = inForce?.register ?? EMPTY_REGISTER;
  const register = { ...before, ...read.part };
  const diff = registerDiff(before, register);
  return diff.changes.length === 0
    ? { kind: 'unchanged', unchanged: diff.unchanged }
    : { kind: 'changes', register, diff };
}
