import * as z from 'zod';

/** What functions/launch does: start what was approved, or find out what became of it. */
export const LaunchJob = z.object({
  kind: z.enum(['launch', 'reconcile']),
  requestId: z.string(),
  generation: z.int().positive(),
});
export type LaunchJob = z.output<typeof LaunchJob>;

/** What functions/launch does for a follow-up: whatever its status says is to be done. */
export const FollowUpJob = z.object({ kind: z.literal('follow-up'), followUpId: z.string() });
export type FollowUpJob = z.output<typeof FollowUpJob>;
