import { DEFAULT_SETTINGS } from '#domain/licensing-settings.ts';
import type { ImportProblems } from '#domain/register/import-problem.ts';
import { previewImport } from '#domain/register/preview-import.ts';
import { productCatalog } from '#domain/register/product-catalog.ts';
import type { RegisterDiff } from '#domain/register/register-diff.ts';
import type { LicenseRegisters, RegisterContents } from '#ports/license-registers.ts';
import type { Policies } from '#ports/policies.ts';
import type { ReadSheet } from '#ports/read-sheet.ts';

export interface PreviewPorts {
  readonly registers: LicenseRegisters & Pick<RegisterContents, 'storeDraft'>;
  readonly policies: Policies;
  readonly readSheet: ReadSheet;
}

/** What a file would change in the register in force, kept under `hash` so that it can be confirmed. */
export type FilePreview =
  | ({ readonly kind: 'problems' } & ImportProblems)
  | {
      readonly kind: 'unchanged';
      readonly unchanged: number;
      /** The register in force. */
      readonly expected: string | null;
    }
  | {
      readonly kind: 'changes';
      readonly hash: string;
      /** The register in force that it was compared with. */
      readonly expected: string | null;
      readonly diff: RegisterDiff;
    };

/** Read a file and compare it with the register in force. Changes nothing but what can be confirmed. */
export async function previewFile(
  { registers, policies, readSheet }: PreviewPorts,
  bytes: Uint8Array,
): Promise<FilePreview> {
  const reading = readSheet(bytes);
  if ('problem' in reading) return { kind: 'problems', problems: [reading.problem], more: 0 };
  const [published, inForce] = await Promise.all([policies.current(), registers.current()]);
  const catalog = productCatalog(published?.policy.licensing ?? DEFAULT_SETTINGS);
  const preview = previewImport(reading.sheet, catalog, inForce);
  const expected = inForce?.hash ?? null;
  if (preview.kind === 'problems') return preview;
  if (preview.kind === 'unchanged') return { ...preview, expected };
  const hash = await registers.storeDraft(preview.register);
  return { kind: 'changes', hash, expected, diff: preview.diff };
}
