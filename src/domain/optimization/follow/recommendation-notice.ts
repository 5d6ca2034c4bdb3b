import * as z from 'zod';
import {
  RecommendationAction,
  RecommendationRefusal,
} from '#domain/optimization/follow/recommendation-command.ts';

/** Something to tell one person about what they did with a recommendation. */
export const RecommendationNotice = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('done'), action: RecommendationAction }),
  z.object({ kind: z.literal('repeated'), action: RecommendationAction }),
  z.object({
    kind: z.literal('refused'),
    action: RecommendationAction,
    why: RecommendationRefusal,
  }),
  /** No request can ask for what a step does, as things are. */
  z.object({ kind: z.literal('no-request') }),
]);
export type RecommendationNotice = z.output<typeof RecommendationNotice>;
