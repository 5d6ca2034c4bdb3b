import * as z from 'zod';

/** Somebody in Slack, as Slack answered at the moment of the decision; never from a payload. */
export const Person = z
  .object({
    /** Slack user id: the stable identity. Never joined on name or mail. */
    id: z.string(),
    displayName: z.string(),
    /** Why this person may neither decide nor see: guests, strangers, bots, deactivated users. */
    outsider: z.enum(['stranger', 'guest', 'bot', 'deactivated', 'other-team']).nullable(),
    /** Ids of the Slack user groups that the person is in. */
    userGroups: z.array(z.string()).readonly(),
    timeZone: z.string().nullable(),
  })
  .readonly();
export type Person = z.output<typeof Person>;
