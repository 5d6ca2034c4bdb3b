import * as z from 'zod';
import { Instant } from '#domain/instant.ts';
import { OptimizationResult } from '#domain/optimization/optimization-result.ts';

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
    /** In the order of the scenarios that were asked for. */
    results: z.array(OptimizationResult).min(1).max(2).readonly(),
  })
  .readonly();
export type OptimizationRun = z.output<typeof OptimizationRun>;
