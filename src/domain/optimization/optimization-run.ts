import * as z from 'zod';
import { Instant } from '#domain/instant.ts';
import { OptimizationResult } from '#domain/optimization/optimization-result.ts';

/** Why a question was not computed at all. */
export const OptimizationRefusal = z.enum([
  'no-policy',
  /** Nothing was collected yet of what the person may see. */
  'no-inventory',
  /** Nothing licensed runs there. */
  'nothing-licensed',
]);
export type OptimizationRefusal = z.output<typeof OptimizationRefusal>;

/** What one question to the optimizer came to: one scenario, or two to be compared. */
export const OptimizationRun = z
  .object({
    /** `opt-` and ten letters or digits, of the question's key: the same question is the same run. */
    id: z.string().regex(/^opt-[0-9a-z]{10}$/),
    /** Slack id of who asked; `clock` for the nightly run. */
    askedBy: z.string(),
    startedAt: Instant,
    /** False while better answers may come. */
    final: z.boolean(),
    /** In the order of the scenarios that were asked for; while it is not final, those that have one. */
    results: z.array(OptimizationResult).max(2).readonly(),
    /** `null` unless there are no results, and never will be. */
    refusal: OptimizationRefusal.nullable().default(null),
  })
  .readonly();
export type OptimizationRun = z.output<typeof OptimizationRun>;
