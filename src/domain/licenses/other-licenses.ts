import * as z from 'zod';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import { Instant } from '#domain/instant.ts';
import { AccountId, Region } from '#domain/scope.ts';

/** A license from a seller or another account, with what became of it. */
export const GrantedLicense = z
  .object({
    account: AccountId,
    region: Region,
    product: z.string(),
    issuer: z.string().nullable(),
    /** In AWS's words, of the license and of its grant. */
    status: z.string(),
    grantStatus: z.string().nullable(),
    validTo: Instant.nullable(),
    /** Whether it may be used now. */
    usable: z.boolean(),
  })
  .readonly();
export type GrantedLicense = z.output<typeof GrantedLicense>;

/** Monthly user subscriptions of one product in one account and Region. */
export const UserLicenses = z
  .object({
    account: AccountId,
    region: Region,
    /** In AWS's words: `VISUAL_STUDIO_PROFESSIONAL`. */
    product: z.string(),
    subscribed: z.int().nonnegative(),
    /** Users who are billed and use no instance. */
    withoutInstance: z.array(z.string()).readonly(),
  })
  .readonly();
export type UserLicenses = z.output<typeof UserLicenses>;

/** Licenses beside configurations and entitlements: granted ones, and those of users. */
export interface OtherLicenses {
  readonly granted: readonly GrantedLicense[];
  readonly users: readonly UserLicenses[];
}

/** What was granted, and which users are subscribed, in every account and Region. */
export function otherLicenses(shards: Iterable<InventoryShard>, now: Date): OtherLicenses {
  const all = [...shards];
  return {
    granted: all.flatMap((shard) => grantedIn(shard, now)),
    users: all.flatMap(usersIn),
  };
}

function grantedIn(
  { account, region, receivedLicenses }: InventoryShard,
  now: Date,
): readonly GrantedLicense[] {
  return receivedLicenses.map(({ productName, issuer, status, grantStatus, validTo }) => ({
    account,
    region,
    product: productName,
    issuer,
    status,
    grantStatus,
    validTo,
    usable:
      status === 'AVAILABLE' &&
      (grantStatus === null || grantStatus === 'ACTIVE') &&
      (validTo === null || validTo > now),
  }));
}

/** Those whose subscription ended are billed no more. */
function usersIn({ account, region, userSubscriptions }: InventoryShard): readonly UserLicenses[] {
  const current = userSubscriptions.filter(({ status }) => status === 'SUBSCRIBED');
  return [...Map.groupBy(current, ({ product }) => product)].map(([product, users]) => ({
    account,
    region,
    product,
    subscribed: users.length,
    withoutInstance: users
      .filter(({ instanceIds }) => instanceIds.length === 0)
      .map(({ username }) => username),
  }));
}
