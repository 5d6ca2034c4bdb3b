import * as z from 'zod';
import { Reason } from '#domain/launch-evaluation.ts';
import { RequestStatus } from '#domain/launch-request.ts';

/** Why a click or submission changed nothing. Codes; src/slack/views/notice.ts words them. */
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
  z.object({ code: z.literal('not-your-request') }),
  z.object({ code: z.literal('outsider') }),
  z.object({ code: z.literal('not-a-viewer') }),
  z.object({ code: z.literal('too-late-to-cancel'), status: RequestStatus }),
  z.object({ code: z.literal('does-not-fit'), reasons: z.array(Reason).readonly() }),
  /** No plan can be made of it, or rules or policy that changed since now forbid the plan. */
  z.object({ code: z.literal('cannot-launch'), reasons: z.array(Reason).readonly() }),
  z.object({ code: z.literal('policy-missing') }),
  z.object({ code: z.literal('pool-busy') }),
]);
export type Refusal = z.output<typeof Refusal>;

/** Something to tell one person about one request, apart from its card. */
export const Notice = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('refused'),
    action: z.enum(['submit', 'approve', 'deny', 'cancel', 'look']),
    why: Refusal,
  }),
  z.object({
    kind: z.literal('repeated'),
    action: z.enum(['submit', 'approve', 'deny', 'cancel']),
    status: RequestStatus,
  }),
  z.object({ kind: z.literal('done'), action: z.enum(['approve', 'deny', 'cancel']) }),
]);
export type Notice = z.output<typeof Notice>;
