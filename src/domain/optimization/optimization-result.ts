import * as z from 'zod';
import { Instant } from '#domain/instant.ts';
import { LicenseMetric } from '#domain/licenses/product.ts';
import { Money } from '#domain/money.ts';
import { Recommendation, Subject } from '#domain/optimization/recommendation.ts';
import { Scenario } from '#domain/optimization/scenario.ts';
import { AccountId, Region } from '#domain/scope.ts';

/** How full a host is, or would be. */
export const HostFill = z
  .object({
    /** Its id, or what a new one is called until it has one. */
    ref: z.string(),
    isNew: z.boolean(),
    account: AccountId,
    region: Region,
    availabilityZone: z.string(),
    family: z.string(),
    cores: z.int().positive(),
    usedCores: z.int().nonnegative(),
    machines: z.int().nonnegative(),
    /** Kept free for when another one fails. */
    spare: z.boolean(),
  })
  .readonly();
export type HostFill = z.output<typeof HostFill>;

/** How things are, or would be: only of what the program decides on. */
export const EstateFigures = z
  .object({
    /** Machines, hosts and rights together, a month, at list prices. */
    monthly: Money,
    hosts: z.array(HostFill).readonly(),
    /** Licenses of one's own that are drawn, in the metric that they are owned in. */
    licenses: z
      .array(
        z
          .object({
            product: z.string(),
            edition: z.string().nullable(),
            metric: LicenseMetric,
            units: z.int().nonnegative(),
            /** Of these, how many are not owned. */
            missing: z.int().nonnegative(),
          })
          .readonly(),
      )
      .readonly(),
  })
  .readonly();
export type EstateFigures = z.output<typeof EstateFigures>;

/** Why a scenario has no answer, as a code with what it is about. */
export const NoPlan = z
  .object({
    code: z.enum([
      'no-option',
      'too-large',
      'right-short',
      'apart-short',
      'hosts-short',
      'out-of-time',
      /** The plan found did not pass the independent check; `subject` says which. */
      'check-failed',
    ]),
    subject: Subject.nullable(),
    missing: z.number().nullable(),
  })
  .readonly();
export type NoPlan = z.output<typeof NoPlan>;

/** What a scenario came to. */
export const OptimizationResult = z
  .object({
    scenario: Scenario,
    asOf: Instant,
    /** Machines that were compared, and those that stay as they are because they could not be. */
    machines: z.int().nonnegative(),
    fixed: z.array(z.object({ instanceId: z.string(), why: z.string() }).readonly()).readonly(),
    before: EstateFigures,
    /** `null` where there is no plan. */
    after: EstateFigures.nullable(),
    noPlan: NoPlan.nullable(),
    /**
     * Proven: nothing that touches as few machines, and draws as few licenses where that is the goal, can
     * cost less a month.
     */
    lowerBound: Money,
    /** How far the plan may be above the best there is: 0.004 is 0.4 %; 1 without a plan. */
    gap: z.number().min(0).max(1),
    proven: z.boolean(),
    seconds: z.number().nonnegative(),
    /** What one license more would save a month, where it would. */
    unitValues: z
      .array(
        z
          .object({ product: z.string(), edition: z.string().nullable(), monthly: Money })
          .readonly(),
      )
      .readonly(),
    /** Those of the plan, which add up to its saving; the most money first. */
    plan: z.array(Recommendation).readonly(),
    /** Those beside it, of which nothing is counted in the plan. */
    beside: z.array(Recommendation).readonly(),
  })
  .readonly();
export type OptimizationResult = z.output<typeof OptimizationResult>;
