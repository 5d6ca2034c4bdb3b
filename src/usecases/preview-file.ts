import { DEFAULT_SETTINGS } from '#domain/estate/licensing-settings.ts';
import { type ImportPreview, previewImport } from '#domain/register/preview-import.ts';
import { productCatalog } from '#domain/register/product-catalog.ts';
import type { LicenseRegisters } from '#ports/license-registers.ts';
import type { Policies } from '#ports/policies.ts';
import type { ReadSheet } from '#ports/read-sheet.ts';

export interface PreviewPorts {
  readonly registers: LicenseRegisters;
  readonly policies: Policies;
  readonly readSheet: ReadSheet;
}

/** What a file would make of the register in force, and the hash of that one; `null` for none. */
export type FilePreview = ImportPreview & { readonly expected: string | null };

/** Read a file and compare it with the register in force. Changes nothing. */
export async function previewFile(
  { registers, policies, readSheet }: PreviewPorts,
  bytes: Uint8Array,
): Promise<FilePreview> {
  const [published, inForce] = await Promise.all([policies.current(), registers.current()]);
  const expected = inForce?.hash ?? null;
  const reading = readSheet(bytes);
  if ('problem' in reading) {
    return { kind: 'problems', problems: [reading.problem], more: 0, expected };
  }
  const catalog = productCatalog(published?.policy.licensing ?? DEFAULT_SETTINGS);
  return { ...previewImport(reading.sheet, catalog, inForce), expected };
}
