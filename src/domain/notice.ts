import * as z from 'zod';
import { Instant } from '#domain/instant.ts';
import { Reason } from '#domain/launch/launch-reason.ts';
import { ReaskedWhy, RequestStatus } from '#domain/requests/launch-request.ts';

/** Why a click or submission changed nothing. Codes; src/slack/views/refusal.ts words them. */
export const Refusal = z.discriminatedUnion('code', [
  z.object({ code: z.literal('not-found') }),
  z.object({
    code: z.literal('already-decided'),
    status: RequestStatus,
    by: z.string().nullable(),
  }),
  z.object({ code: z.literal('expired') }),
  z.object({ code: z.literal('plan-changed') }),
  z.object({ code: z.literal('own-request') }),
  z.object({ code: z.literal('not-an-approver') }),
  /** They may approve at another level than the one that is open; levels from 0. */
  z.object({ code: z.literal('not-your-level'), open: z.int(), yours: z.int() }),
  /** Somebody of another organization is in the channel that the click came from. */
  z.object({ code: z.literal('shared-channel') }),
  /** Its approvals count only when they are signed with AWS credentials. */
  z.object({ code: z.literal('needs-step-up') }),
  z.object({ code: z.literal('may-not-override') }),
  /** A denial, an override or a note without words. */
  z.object({ code: z.literal('reason-missing') }),
  /** There is no counter-offer (any more) to answer. */
  z.object({ code: z.literal('no-counter-offer') }),
  /** A counter-offer that is what was asked for, or that policy refuses. */
  z.object({ code: z.literal('no-better-offer') }),
  z.object({ code: z.literal('too-many-notes'), maximum: z.int() }),
  /** What it asks for is no form's. */
  z.object({ code: z.literal('no-form') }),
  z.object({ code: z.literal('not-your-request') }),
  z.object({ code: z.literal('outsider') }),
  z.object({ code: z.literal('not-a-viewer') }),
  /** Policy gives the command to roles that the person does not have. */
  z.object({ code: z.literal('command-not-allowed'), command: z.string() }),
  z.object({ code: z.literal('too-late-to-cancel'), status: RequestStatus }),
  z.object({ code: z.literal('does-not-fit'), reasons: z.array(Reason).readonly() }),
  /** No plan can be made of it, or rules or policy that changed since now forbid the plan. */
  z.object({ code: z.literal('cannot-launch'), reasons: z.array(Reason).readonly() }),
  z.object({ code: z.literal('policy-missing') }),
  z.object({ code: z.literal('pool-busy') }),
]);
export type Refusal = z.output<typeof Refusal>;

/** What people do with a request. */
const Action = z.enum([
  'submit',
  'approve',
  'deny',
  'cancel',
  'override',
  'edit',
  'counter',
  'accept',
  'decline',
  'note',
]);

/** Something to tell one person about one request, apart from its card. */
export const Notice = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('refused'),
    action: z.enum([...Action.options, 'look']),
    why: Refusal,
  }),
  z.object({
    kind: z.literal('repeated'),
    action: Action,
    status: RequestStatus,
  }),
  z.object({ kind: z.literal('done'), action: Action.exclude(['submit']) }),
  /** One seat is filled; so many more are to be, at this level or a later one. */
  z.object({ kind: z.literal('seat-filled'), seatsLeft: z.int() }),
  /** To those who are waited for, and to those whom an escalation calls in. */
  z.object({ kind: z.literal('reminder'), reminded: z.int() }),
  z.object({ kind: z.literal('escalation') }),
  /** To those who take part: something about it is no longer as it was, and earlier approvals are void. */
  z.object({
    kind: z.literal('asked-again'),
    why: ReaskedWhy,
  }),
  /** To the requester: an approver offers something else. */
  z.object({ kind: z.literal('counter-offered') }),
  z.object({ kind: z.literal('counter-declined') }),
  /** To whom a launch with an end is for: a warning, what happened, or that AWS would not stop it. */
  z.object({ kind: z.literal('ends-soon'), until: Instant }),
  z.object({ kind: z.literal('ended') }),
  z.object({ kind: z.literal('not-ended') }),
]);
export type Notice = z.output<typeof Notice>;
