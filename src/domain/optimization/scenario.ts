import * as z from 'zod';
import { CalendarDate } from '#domain/calendar-date.ts';
import { ProductId } from '#domain/licenses/product.ts';
import { RecommendationKind } from '#domain/optimization/recommendation.ts';
import { AccountId } from '#domain/scope.ts';

export const OptimizationGoal = z.enum([
  /** The least money a month. */
  'least-cost',
  /** The fewest licenses of the company's own; money decides between equals. */
  'fewest-licenses',
  /** Only what saves much for each machine that is touched. */
  'least-change',
  /** Nothing is bought. */
  'own-only',
]);
export type OptimizationGoal = z.output<typeof OptimizationGoal>;

/** A question to the optimizer: what to aim for, what to leave alone, and what if. */
export const Scenario = z
  .object({
    goal: OptimizationGoal.default('least-cost'),
    /** The day by which it has to be done; `null`: whenever. */
    by: CalendarDate.nullable().default(null),
    /** Empty: all. */
    accounts: z.array(AccountId).readonly().default([]),
    /** Machines of production stay as they are, and so do those that no tag says anything of. */
    keepProduction: z.boolean().default(false),
    /** Nothing that stands still while it is changed. */
    noDowntime: z.boolean().default(false),
    /** Kinds that are not wanted. */
    without: z.array(RecommendationKind).readonly().default([]),
    /** What if so many more were owned. */
    buy: z
      .array(
        z
          .object({
            product: ProductId,
            edition: z.string().nullable(),
            units: z.int().positive().max(1_000_000),
          })
          .readonly(),
      )
      .readonly()
      .default([]),
    /** What if these products were given up: nothing of them is licensed any more. */
    leave: z.array(ProductId).readonly().default([]),
  })
  .readonly();
export type Scenario = z.output<typeof Scenario>;

export const DEFAULT_SCENARIO: Scenario = Scenario.parse({});
