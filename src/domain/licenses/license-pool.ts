import * as z from 'zod';
import { Instant } from '#domain/instant.ts';
import {
  ConfigurationStatus,
  CountingType,
  type LicenseConfiguration,
} from '#domain/licenses/license-configuration.ts';
import { AccountId, Region } from '#domain/scope.ts';

/**
 * Identifies a pool: all license configurations that draw on the same entitlements. Without
 * entitlements one configuration is a pool, and its id is `account/region/lic-…`: short enough for
 * the value of a Slack option, and it carries account and Region.
 */
export const PoolId = z.string().regex(/^\d{12}\/[a-z0-9-]+\/lic-[0-9a-f]+$/);
export type PoolId = z.output<typeof PoolId>;

/** The pool that a configuration belongs to. */
export function poolIdOf({
  account,
  region,
  id,
}: Pick<LicenseConfiguration, 'account' | 'region' | 'id'>): PoolId {
  return `${account}/${region}/${id}`;
}

/** The pool of a configuration of which only the ARN is known; `null` for any other text. */
export function poolIdOfArn(arn: string): PoolId | null {
  const [, region, account, id] =
    /^arn:aws[a-z-]*:license-manager:([a-z0-9-]+):(\d{12}):license-configuration:(lic-[0-9a-f]+)$/.exec(
      arn,
    ) ?? [];
  return id === undefined ? null : `${account}/${region}/${id}`;
}

/** Licenses set aside for one consumer. A host's hold is shared by its requests and counted once. */
export const Hold = z
  .object({
    /** `request/<id>` for instances, `host/<h-…>` for a Dedicated Host's cores or sockets. */
    consumer: z.string(),
    /** Zero for a host that is licensed by what runs on it: it grows when that ends. */
    licenses: z.int().nonnegative(),
    /** The open requests that need it; it ends with the last. */
    requestIds: z.array(z.string()).readonly(),
    /** True once any of them is approved. */
    firm: z.boolean(),
    placedAt: Instant,
  })
  .readonly();
export type Hold = z.output<typeof Hold>;

/**
 * What is left of a pool, tracked in its configuration's unit: `limit - max(consumed, counted) - held`.
 * Changed only inside a decision's transaction or by the collector, always under `version`.
 */
export const PoolLedger = z
  .object({
    poolId: PoolId,
    account: AccountId,
    region: Region,
    configurationArn: z.string(),
    name: z.string(),
    countingType: CountingType,
    limit: z.int().nonnegative().nullable(),
    hardLimit: z.boolean(),
    /** License Manager's figure. */
    consumed: z.int().nonnegative(),
    /** Our own count by the same rules. */
    counted: z.int().nonnegative(),
    /** Sum of the holds' licenses. */
    held: z.int().nonnegative(),
    holds: z.array(Hold).readonly(),
    /** Open requests that wait for licenses, first come first. */
    waiting: z.array(z.string()).readonly(),
    status: ConfigurationStatus,
    expiresAt: Instant.nullable(),
    /** When `consumed` was true; an older figure never replaces a newer one. */
    asOf: Instant,
    /** Grows by one with every write. */
    version: z.int().nonnegative(),
  })
  .readonly();
export type PoolLedger = z.output<typeof PoolLedger>;
