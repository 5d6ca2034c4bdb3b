import * as z from 'zod';
import { Instant } from '#domain/instant.ts';

/** An instance that License Manager found to run a commercial Linux subscription. */
export const LinuxSubscription = z
  .object({
    instanceId: z.string(),
    ownerAccount: z.string(),
    region: z.string(),
    /** `RHEL for SAP with HA and US`, `SUSE Linux Enterprise Server` … AWS's words. */
    subscriptionName: z.string(),
    usageOperation: z.string().nullable(),
    osVersion: z.string().nullable(),
    /** Registered twice: once with AWS, once with the vendor. */
    registeredTwice: z.boolean(),
  })
  .readonly();
export type LinuxSubscription = z.output<typeof LinuxSubscription>;

/** A user whom License Manager bills a monthly subscription for, such as Visual Studio. */
export const UserSubscription = z
  .object({
    username: z.string(),
    domain: z.string().nullable(),
    /** `VISUAL_STUDIO_PROFESSIONAL`, `OFFICE_PROFESSIONAL_PLUS` … AWS's words. */
    product: z.string(),
    status: z.string(),
    startedAt: Instant.nullable(),
    endsAt: Instant.nullable(),
    /** Instances that the user may use it on; a subscription without any is waste. */
    instanceIds: z.array(z.string()).readonly(),
  })
  .readonly();
export type UserSubscription = z.output<typeof UserSubscription>;

/** A license that a seller or another account granted: Marketplace and partners. */
export const ReceivedLicense = z
  .object({
    arn: z.string(),
    name: z.string(),
    productName: z.string(),
    productSku: z.string().nullable(),
    issuer: z.string().nullable(),
    /** `AVAILABLE`, `EXPIRED`, `DEACTIVATED` … AWS's words. */
    status: z.string(),
    /** `ACTIVE`, `PENDING_ACCEPT`, `REJECTED` … of the grant that brought it here. */
    grantStatus: z.string().nullable(),
    validFrom: Instant.nullable(),
    validTo: Instant.nullable(),
    entitlements: z
      .array(
        z.object({ name: z.string(), unit: z.string(), maximum: z.int().nullable() }).readonly(),
      )
      .readonly(),
  })
  .readonly();
export type ReceivedLicense = z.output<typeof ReceivedLicense>;
