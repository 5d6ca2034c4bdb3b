import * as z from 'zod';
import { DeclaredServer } from '#domain/estate/declared-server.ts';
import { Entitlement } from '#domain/licenses/entitlement.ts';

/** What people told us: what the company owns, and the servers that no source of ours sees. */
export const LicenseRegister = z
  .object({
    entitlements: z.array(Entitlement).readonly(),
    servers: z.array(DeclaredServer).readonly(),
  })
  .readonly();
export type LicenseRegister = z.output<typeof LicenseRegister>;

export const EMPTY_REGISTER: LicenseRegister = { entitlements: [], servers: [] };

/** A register as it was imported, under the hash of its content. */
export interface RegisterVersion {
  /** SHA-256 of the canonical JSON. */
  readonly hash: string;
  readonly register: LicenseRegister;
  /** Slack user id of who confirmed the import, or the ARN of who imported at a terminal. */
  readonly importedBy: string;
  readonly importedAt: Date;
}

/** The register that comes into force; its content is stored before. */
export interface RegisterMove extends Omit<RegisterVersion, 'register'> {
  /** Hash of the register that it replaces; `null` for the first. */
  readonly expected: string | null;
}
