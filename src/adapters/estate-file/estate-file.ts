import * as z from 'zod';
import { EstateScope } from '#adapters/estate-file/estate-scope.ts';
import { Duration } from '#domain/duration.ts';
import { DeclaredServer } from '#domain/estate/declared-server.ts';
import { LicensingSettings } from '#domain/estate/licensing-settings.ts';
import { Instant } from '#domain/instant.ts';
import { Entitlement } from '#domain/licenses/entitlement.ts';
import { PoolLedger } from '#domain/licenses/license-pool.ts';
import { TermSwitches } from '#domain/licenses/license-terms.ts';
import { LaunchRequest } from '#domain/requests/launch-request.ts';
import { AccountId, Region } from '#domain/scope.ts';

/** The version of the format that is read and written. */
export const SCHEMA_VERSION = 1;

const text = z.string().nullable().default(null);

const EstateEntitlement = z
  .strictObject({
    ...Entitlement.unwrap().shape,
    edition: text,
    version: text,
    kind: Entitlement.unwrap().shape.kind.default('perpetual'),
    program: Entitlement.unwrap().shape.program.default(null),
    maintainedUntil: Entitlement.unwrap().shape.maintainedUntil.default(null),
    expiresOn: Entitlement.unwrap().shape.expiresOn.default(null),
    unitPrice: Entitlement.unwrap().shape.unitPrice.default(null),
    maintenancePrice: Entitlement.unwrap().shape.maintenancePrice.default(null),
    owner: text,
    accounts: z.array(AccountId).readonly().default([]),
    pools: z.array(z.string()).readonly().default([]),
    switches: TermSwitches.prefault({}),
  })
  .readonly();

/** A whole company in one file: what `--estate` reads. docs/estate.md says it in words. */
export const EstateFile = z
  .strictObject({
    schemaVersion: z.literal(SCHEMA_VERSION, `Write ${SCHEMA_VERSION}`),
    /** When all of it was true; the position is as of then. */
    asOf: Instant,
    /** Accounts and Regions that belong to the company: those without a scope below are named as missing. */
    accounts: z
      .array(
        z
          .strictObject({
            id: AccountId,
            name: z.string().min(1),
            regions: z.array(Region).readonly(),
          })
          .readonly(),
      )
      .readonly(),
    licensing: LicensingSettings.prefault({}),
    /** Figures that were older at `asOf` are called old. */
    figuresOldAfter: Duration.prefault('PT1H'),
    entitlements: z.array(EstateEntitlement).readonly().default([]),
    servers: z.array(DeclaredServer).readonly().default([]),
    scopes: z.array(EstateScope).readonly(),
    /** Written by Quartermaster, with the holds of open requests; leave them out by hand. */
    pools: z.array(PoolLedger).readonly().default([]),
    openRequests: z.array(LaunchRequest).readonly().default([]),
  })
  .readonly();
export type EstateFile = z.output<typeof EstateFile>;
