import * as z from 'zod';
import { SourceNote } from '#domain/estate/inventory.ts';
import { AccountId, Region } from '#domain/scope.ts';

/** A license configuration that License Manager shows for the organization and nobody collects. */
export const UncollectedConfiguration = z
  .object({
    arn: z.string(),
    account: AccountId,
    region: Region,
    /** Untrusted text; `null` where only its ARN is seen. */
    name: z.string().nullable(),
  })
  .readonly();
export type UncollectedConfiguration = z.output<typeof UncollectedConfiguration>;

/**
 * What was last seen of the organization as a whole: which accounts there are to collect, and what
 * License Manager knows of places where nobody looks.
 */
export const OrganizationView = z
  .object({
    /** Active accounts, without those that the policy leaves out. Names are untrusted text. */
    accounts: z.array(z.object({ account: AccountId, name: z.string() }).readonly()).readonly(),
    uncollected: z.array(UncollectedConfiguration).readonly(),
    /** How listing the accounts went, and reading License Manager's views of the organization. */
    notes: z.object({ accounts: SourceNote, licenses: SourceNote }).readonly(),
  })
  .readonly();
export type OrganizationView = z.output<typeof OrganizationView>;
