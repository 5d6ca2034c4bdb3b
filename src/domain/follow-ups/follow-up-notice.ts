import * as z from 'zod';
import { FollowUpAction } from '#domain/follow-ups/follow-up.ts';

/** Why a click on a follow-up changed nothing. Codes; src/slack/views/follow-up-notice.ts words them. */
export const FollowUpRefusal = z.discriminatedUnion('code', [
  z.object({ code: z.literal('not-found') }),
  z.object({ code: z.literal('outsider') }),
  z.object({ code: z.literal('shared-channel') }),
  z.object({ code: z.literal('policy-missing') }),
  z.object({ code: z.literal('not-an-approver') }),
  /** They may agree at another level than the one that is open; levels from 0. */
  z.object({ code: z.literal('not-your-level'), open: z.int(), yours: z.int() }),
  /** Approvals of such a launch count only when they are signed with AWS credentials. */
  z.object({ code: z.literal('needs-step-up') }),
  /** They did it themselves, or it is done for them. */
  z.object({ code: z.literal('own') }),
  z.object({ code: z.literal('already-decided'), status: z.string(), by: z.string().nullable() }),
  /** Not for this kind of follow-up or resource. */
  z.object({ code: z.literal('not-offered') }),
  /** A date that is over, or too far away. */
  z.object({ code: z.literal('bad-date') }),
  z.object({ code: z.literal('reason-missing') }),
]);
export type FollowUpRefusal = z.output<typeof FollowUpRefusal>;

/** Something to tell one person about one follow-up, apart from its card. */
export const FollowUpNotice = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('refused'), action: FollowUpAction, why: FollowUpRefusal }),
  z.object({ kind: z.literal('repeated'), action: FollowUpAction }),
  z.object({ kind: z.literal('done'), action: FollowUpAction }),
  /** A later end takes so many more approvals. */
  z.object({ kind: z.literal('agreed'), seatsLeft: z.int() }),
]);
export type FollowUpNotice = z.output<typeof FollowUpNotice>;
