import * as z from 'zod';
import { PositionSource } from '#domain/estate/inventory.ts';
import { Instant } from '#domain/instant.ts';
import { CountGap } from '#domain/licenses/count-gap.ts';
import { CountingType } from '#domain/licenses/license-configuration.ts';
import { LicenseMetric } from '#domain/licenses/product.ts';
import { Money } from '#domain/money.ts';
import { AccountId, Region } from '#domain/scope.ts';

/** Configurations of one unit together, by License Manager's rules. */
export const TrackedLine = z
  .object({
    unit: CountingType,
    /** `null`: one of them at least has no limit. */
    limit: z.int().nullable(),
    /** License Manager's figure. */
    consumed: z.int(),
    /** Our own count by the same rules. */
    counted: z.int(),
    held: z.int(),
    /** The sum of `limit - max(consumed, counted) - held`, one by one; negative when over. */
    available: z.int().nullable(),
    /** By how much the limits are exceeded, one by one: a full pool does not hide behind an empty one. */
    over: z.int().nonnegative(),
  })
  .readonly();
export type TrackedLine = z.output<typeof TrackedLine>;

/** One product in one metric, by the vendor's terms. Never legal advice. */
export const TermsLine = z
  .object({
    product: z.string(),
    edition: z.string().nullable(),
    metric: LicenseMetric,
    /** `null`: no entitlement says, or it covers more than this slice and cannot be divided. */
    entitled: z.int().nullable(),
    /** `null` when the size of some machine is not known. */
    required: z.int().nullable(),
    /** By the machines whose size is known; the same as `required` when all are. */
    requiredAtLeast: z.int(),
    /** For the open requests that hold licenses. */
    held: z.int(),
    /** `entitled - required - held`; negative when short. */
    available: z.int().nullable(),
    /**
     * By how much pools are short, one by one, counting what is required at least and held. `null`:
     * `entitled` is not known.
     */
    shortfall: z.int().nonnegative().nullable(),
    /** What the missing licenses cost at the newest entitlement's unit price; `null`: no price is known. */
    shortfallCost: Money.nullable(),
    /** What would be required under another answer to one question. */
    alternatives: z
      .array(z.object({ switch: z.string(), setting: z.string(), required: z.int() }).readonly())
      .readonly(),
    /** Rules that were applied, and what they found. */
    rules: z
      .array(z.object({ id: z.string(), source: z.string(), asOf: z.string() }).readonly())
      .readonly(),
    findings: z
      .array(
        z
          .object({
            code: z.string(),
            severity: z.enum(['violation', 'warning', 'note']),
            text: z.string(),
            resources: z.array(z.string()).readonly(),
          })
          .readonly(),
      )
      .readonly(),
  })
  .readonly();
export type TermsLine = z.output<typeof TermsLine>;

export const PositionDimension = z.enum([
  'configuration',
  'pool',
  'product',
  'account',
  'region',
  'owner',
  'organization',
]);
export type PositionDimension = z.output<typeof PositionDimension>;

/** Two lines that are never mixed: what is tracked, and what the terms ask for. */
export const PositionSlice = z
  .object({
    dimension: PositionDimension,
    /** A configuration's ARN, a pool's id, `sql-server/enterprise`, an account id, a Region, a tag's value. */
    key: z.string(),
    name: z.string(),
    /** The oldest of its figures; `null` before they were first collected. */
    asOf: Instant.nullable(),
    /** False when a part of it is missing or failed. */
    complete: z.boolean(),
    /** One for each unit. */
    tracked: z.array(TrackedLine).readonly(),
    /** One for each product, edition and metric. */
    terms: z.array(TermsLine).readonly(),
  })
  .readonly();
export type PositionSlice = z.output<typeof PositionSlice>;

/** A part that is missing or old, and what it would show. */
export const MissingSource = z
  .object({
    account: AccountId,
    region: Region,
    source: PositionSource.nullable(),
    state: z.enum(['off', 'refused', 'failed', 'never', 'old']),
    /** What went wrong, in AWS's word. */
    error: z.string().nullable(),
    asOf: Instant.nullable(),
  })
  .readonly();
export type MissingSource = z.output<typeof MissingSource>;

/** Where the company stands: every slice, why counts differ, and what is not in it. */
export const PositionReport = z
  .object({
    /** The oldest figure's; `null` before the first collection. */
    asOf: Instant.nullable(),
    /** False when something that totals need is missing or failed: they are partial then. */
    complete: z.boolean(),
    missing: z.array(MissingSource).readonly(),
    slices: z.array(PositionSlice).readonly(),
    gaps: z.array(CountGap).readonly(),
  })
  .readonly();
export type PositionReport = z.output<typeof PositionReport>;
