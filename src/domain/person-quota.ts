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

/** Count a request among those that hold licenses unapproved; the same value when it is. */
export function addHeld(quota: PersonQuota, requestId: string): PersonQuota {
  if (quota.heldRequestIds.includes(requestId)) return quota;
  return { ...quota, heldRequestIds: [...quota.heldRequestIds, requestId] };
}

/** Count it no longer; the same value when it was not counted. */
export function removeHeld(quota: PersonQuota, requestId: string): PersonQuota {
  if (!quota.heldRequestIds.includes(requestId)) return quota;
  return { ...quota, heldRequestIds: quota.heldRequestIds.filter((id) => id !== requestId) };
}
