import * as z from 'zod';

/** Where an answer goes: the response URL while it lives, else an ephemeral message in the channel. */
export const ReplyTo = z
  .object({
    personId: z.string(),
    /** `null`: a direct message. */
    channelId: z.string().nullable(),
    responseUrl: z.string().nullable(),
    /** True when the answer takes the place of the message that was clicked. */
    replaces: z.boolean().optional(),
  })
  .readonly();
export type ReplyTo = z.output<typeof ReplyTo>;
