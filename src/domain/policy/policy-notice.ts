import * as z from 'zod';
import { ProposalStatus } from '#domain/policy/policy-proposal.ts';

/** Why a click on a policy proposal changed nothing in the policy. */
export const PolicyRefusal = z.discriminatedUnion('code', [
  z.object({ code: z.literal('not-found') }),
  z.object({ code: z.literal('outsider') }),
  z.object({ code: z.literal('shared-channel') }),
  z.object({ code: z.literal('not-an-administrator') }),
  z.object({ code: z.literal('own-proposal') }),
  z.object({ code: z.literal('document-missing') }),
  z.object({
    code: z.literal('already-decided'),
    status: ProposalStatus,
    by: z.string().nullable(),
  }),
  z.object({ code: z.literal('expired') }),
  z.object({ code: z.literal('superseded') }),
]);
export type PolicyRefusal = z.output<typeof PolicyRefusal>;

const PolicyAction = z.enum(['confirm-policy', 'reject-policy']);
export type PolicyAction = z.output<typeof PolicyAction>;

/** Something to tell one person about one policy proposal, apart from its card. */
export const PolicyNotice = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('refused'), action: PolicyAction, why: PolicyRefusal }),
  z.object({ kind: z.literal('repeated'), action: PolicyAction }),
  z.object({ kind: z.literal('done'), action: PolicyAction }),
]);
export type PolicyNotice = z.output<typeof PolicyNotice>;
