import type { LicenseRegister } from '#domain/license-register.ts';

/** A register as it was imported, under the hash of its content. */
export interface RegisterVersion {
  /** SHA-256 of the canonical JSON. */
  readonly hash: string;
  readonly register: LicenseRegister;
  /** Slack user id of who confirmed the import. */
  readonly importedBy: string;
  readonly importedAt: Date;
}

/** What the company owns, as people imported it. */
export interface LicenseRegisters {
  /** The register in force, or `null` before the first import. */
  current(): Promise<RegisterVersion | null>;
}
