import * as z from 'zod';

/** The requests of one person that limits count, so that they hold under any concurrency. */
export const PersonQuota = z
  .object({
    personId: z.string(),
    /** Pending requests that hold licenses. */
    heldRequestIds: z.array(z.string()).readonly(),
    /** Requests that were open when they were counted last: some may be over by now. */
    openRequestIds: z.array(z.string()).readonly(),
    version: z.int().nonnegative(),
  })
  .readonly();
export type PersonQuota = z.output<typeof PersonQuota>;

/** The quota of a person of whom nothing was ever written. */
export function newQuota(personId: string): PersonQuota {
  return { personId, heldRequestIds: [], openRequestIds: [], version: 0 };
}

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

/** Count a request among those that are not over; the same value when it is. */
export function addOpen(quota: PersonQuota, requestId: string): PersonQuota {
  if (quota.openRequestIds.includes(requestId)) return quota;
  return { ...quota, openRequestIds: [...quota.openRequestIds, requestId] };
}

/** Count those no longer that turned out to be over; the same value when none is counted. */
export function removeOver(quota: PersonQuota, requestIds: ReadonlySet<string>): PersonQuota {
  const openRequestIds = quota.openRequestIds.filter((id) => !requestIds.has(id));
  return openRequestIds.length === quota.openRequestIds.length
    ? quota
    : { ...quota, openRequestIds };
}
