import * as z from 'zod';
import { Instant } from '#domain/instant.ts';
import { Money } from '#domain/money.ts';
import { AccountId, Region } from '#domain/scope.ts';

/** Percent, of what the instance has switched on. */
const Measured = z
  .object({
    average: z.number().nonnegative(),
    /** The highest of the days' 99.5th percentiles. */
    p995: z.number().nonnegative(),
    maximum: z.number().nonnegative(),
  })
  .readonly();

/** How busy an instance was, by CloudWatch. */
export const Utilization = z
  .object({
    instanceId: z.string(),
    cpu: Measured,
    /** `null` where no CloudWatch agent reports memory. */
    memory: Measured.nullable(),
    /** Days with figures among the `lookBackDays` before `asOf`. */
    days: z.int().nonnegative(),
    lookBackDays: z.int().positive(),
    asOf: Instant,
  })
  .readonly();
export type Utilization = z.output<typeof Utilization>;

/** What Compute Optimizer says of an instance's size. Its word, not ours. */
export const ComputeFinding = z
  .object({
    instanceId: z.string(),
    finding: z.enum(['over-provisioned', 'under-provisioned', 'optimized', 'not-optimized']),
    /** AWS's codes: `CPUOverprovisioned`. */
    reasons: z.array(z.string()).readonly(),
    /** Best first. */
    options: z
      .array(
        z
          .object({
            instanceType: z.string(),
            /** 0 (very low) to 4 (very high). */
            performanceRisk: z.number().min(0).max(4),
            migrationEffort: z.string().nullable(),
            /** A month at list price; and after the discounts that the account has. */
            monthlySavings: Money.nullable(),
            monthlySavingsAfterDiscounts: Money.nullable(),
          })
          .readonly(),
      )
      .readonly(),
    lookBackDays: z.number().positive(),
    asOf: Instant,
  })
  .readonly();
export type ComputeFinding = z.output<typeof ComputeFinding>;

/** What Compute Optimizer says of an instance's SQL Server license. */
export const LicenseFinding = z
  .object({
    instanceId: z.string(),
    finding: z.enum(['insufficient-metrics', 'optimized', 'not-optimized']),
    /** AWS's codes: `LicenseOverprovisioned`, `InvalidCloudWatchApplicationInsightsSetup`. */
    reasons: z.array(z.string()).readonly(),
    edition: z.enum(['enterprise', 'standard', 'free', 'none']),
    model: z.enum(['license-included', 'byol']).nullable(),
    /** The best edition that it recommends; `null`: none other. */
    recommendedEdition: z.enum(['enterprise', 'standard', 'free', 'none']).nullable(),
    monthlySavings: Money.nullable(),
    lookBackDays: z.number().positive(),
    asOf: Instant,
  })
  .readonly();
export type LicenseFinding = z.output<typeof LicenseFinding>;

/** What Cost Explorer recommends for an instance, after the account's discounts. */
export const RightsizingFinding = z
  .object({
    account: AccountId,
    instanceId: z.string(),
    action: z.enum(['terminate', 'modify']),
    /** Best first; empty to terminate. */
    targets: z
      .array(z.object({ instanceType: z.string(), monthlySavings: Money }).readonly())
      .readonly(),
    /** A month, of the best target, or of ending it. */
    monthlySavings: Money,
    lookBackDays: z.int().positive(),
    asOf: Instant,
  })
  .readonly();
export type RightsizingFinding = z.output<typeof RightsizingFinding>;

/** What Cost Optimization Hub recommends for an instance. */
export const HubFinding = z
  .object({
    account: AccountId,
    region: Region,
    resourceId: z.string(),
    /** AWS's word: `Rightsize`, `Stop`, `Upgrade` … */
    action: z.string(),
    recommended: z.string().nullable(),
    monthlySavings: Money.nullable(),
    lookBackDays: z.number().positive().nullable(),
    asOf: Instant,
  })
  .readonly();
export type HubFinding = z.output<typeof HubFinding>;

/** What a month of one usage operation and instance type cost an account, amortized, by Cost Explorer. */
export const CostLine = z
  .object({
    account: AccountId,
    /** `2026-10`. */
    month: z.string().regex(/^\d{4}-\d{2}$/),
    /** AWS's code, without a Spot suffix: `RunInstances:0102`. */
    usageOperation: z.string(),
    /** `null` where the line names none, such as a host's. */
    instanceType: z.string().nullable(),
    cost: Money,
    hours: z.number().nonnegative(),
  })
  .readonly();
export type CostLine = z.output<typeof CostLine>;

/** What EC2 High Availability for SQL Server says of an instance that it looks after. */
export const SqlHaState = z
  .object({
    instanceId: z.string(),
    /** AWS's word: `processing`, `active`, `standby`, `invalid`. */
    state: z.string(),
    /** `waived`: AWS does not charge its SQL Server licenses by the hour. */
    licenseUsage: z.enum(['full', 'waived']).nullable(),
  })
  .readonly();
export type SqlHaState = z.output<typeof SqlHaState>;

/** A reservation that pays for Dedicated Hosts whether or not they are kept. */
export const HostReservation = z
  .object({
    hostReservationId: z.string(),
    hostIds: z.array(z.string()).readonly(),
    instanceFamily: z.string(),
    endsAt: Instant,
  })
  .readonly();
export type HostReservation = z.output<typeof HostReservation>;

/** What AWS lists for an hour of a Dedicated Host in the Region. */
export const HostPrice = z.object({ instanceFamily: z.string(), hourly: Money }).readonly();
export type HostPrice = z.output<typeof HostPrice>;
