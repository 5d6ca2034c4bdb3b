import * as z from 'zod';

/** The unapproved holds of one person, so that a cap holds under any concurrency. */
export const PersonQuota = z
  .object({
    personId: z.string(),
    /** Pending requests that hold licenses. */
    heldRequestIds: z.array(z.string()).readonly(),
    version: z.int().nonnegative(),
  })
  .readonly();
export type PersonQuota = z.output<typeof PersonQuota>;
