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
