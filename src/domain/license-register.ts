import * as z from 'zod';
import { DeclaredServer } from '#domain/declared-server.ts';
import { Entitlement } from '#domain/entitlement.ts';

/** What people told us: what the company owns, and the servers that no source of ours sees. */
export const LicenseRegister = z
  .object({
    entitlements: z.array(Entitlement).readonly(),
    servers: z.array(DeclaredServer).readonly(),
  })
  .readonly();
export type LicenseRegister = z.output<typeof LicenseRegister>;

export const EMPTY_REGISTER: LicenseRegister = { entitlements: [], servers: [] };

/** The register that comes into force, in place of the one that was known. */
export interface RegisterMove {
  /** Of the register's canonical JSON; its content is stored before. */
  readonly hash: string;
  /** Of the register that it replaces; `null` for the first. */
  readonly expected: string | null;
  /** Slack user id, or the ARN of the AWS principal at a terminal. */
  readonly importedBy: string;
  readonly importedAt: Date;
}
