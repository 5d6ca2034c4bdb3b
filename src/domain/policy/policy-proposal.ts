import * as z from 'zod';
import type { AuditEvent } from '#domain/audit/audit.ts';
import type { Sha256 } from '#domain/audit/audit-chain.ts';
import { DAY_MS, Instant, later } from '#domain/instant.ts';
import type { PublishedPolicy } from '#domain/policy/policy.ts';
import { NO_STEP, type Step } from '#domain/requests/change.ts';

/** `open` until somebody decides; a click finds it expired, or superseded by another policy. */
export const ProposalStatus = z.enum(['open', 'confirmed', 'rejected', 'expired', 'superseded']);
export type ProposalStatus = z.output<typeof ProposalStatus>;

/** A policy document that somebody wants to put in force, in place of the one they knew. */
export const PolicyProposal = z
  .object({
    /** `pol-` and ten hexadecimal digits. */
    id: z.string(),
    /** Of the proposed document. */
    hash: z.string(),
    /** Of the policy that it is to replace; `null` for the first. */
    expected: z.string().nullable(),
    /** Slack user id, as the proposer gave it. */
    proposedBy: z.string(),
    /** ARN of the AWS principal that proposed it: what AWS vouches for. */
    principal: z.string(),
    /** The document was in force before. */
    rollBack: z.boolean(),
    proposedAt: Instant,
    expiresAt: Instant,
    status: ProposalStatus,
    /** Who confirmed or rejected it; the key is the command's. */
    decision: z.object({ by: z.string(), at: Instant, key: z.string() }).readonly().nullable(),
    version: z.int().positive(),
  })
  .readonly();
export type PolicyProposal = z.output<typeof PolicyProposal>;

/** The audit stream of every proposal and decision on policy. */
export const POLICY_STREAM = 'policy';

/** What came of proposing a document. */
export type Proposing =
  | { readonly kind: 'proposed'; readonly proposal: PolicyProposal; readonly step: Step }
  /** The document is in force already. */
  | { readonly kind: 'unchanged' }
  /** Another policy is published than the proposer knew; `null`: none. */
  | { readonly kind: 'stale'; readonly published: string | null };

/** How long a proposal waits for its confirmation. */
const OPEN_MS = DAY_MS;

/** Propose a document in place of the published policy. A second administrator decides it. */
export function proposePolicy(
  published: PublishedPolicy | null,
  proposed: Pick<PolicyProposal, 'hash' | 'expected' | 'proposedBy' | 'principal' | 'rollBack'>,
  now: Date,
  sha256: Sha256,
): Proposing {
  const current = published?.hash ?? null;
  if (proposed.hash === current) return { kind: 'unchanged' };
  if (proposed.expected !== current) return { kind: 'stale', published: current };
  const { hash, proposedBy, principal, rollBack } = proposed;
  const id = `pol-${sha256([hash, proposedBy, now.toISOString()].join('\n')).slice(0, 10)}`;
  const proposal: PolicyProposal = {
    ...proposed,
    id,
    proposedAt: now,
    expiresAt: later(now, OPEN_MS),
    status: 'open',
    decision: null,
    version: 1,
  };
  const event = proposalEvent(
    proposal,
    'policy.proposed',
    proposedBy,
    { principal, rollBack },
    now,
  );
  const message = { kind: 'policy-card', proposalId: id } as const;
  const messages = [{ queue: 'answers', message }] as const;
  return { kind: 'proposed', proposal, step: { ...NO_STEP, proposal, audit: [event], messages } };
}

/** Whether nobody else could confirm the first policy, so that its proposer may. */
export function mayConfirmAlone(
  { expected, proposedBy }: PolicyProposal,
  firstAdministrators: readonly string[],
): boolean {
  return expected === null && firstAdministrators.every((id) => id === proposedBy);
}

/** Whether a document was in force once, by what was confirmed and what that replaced. */
export function wasInForce(trail: readonly AuditEvent[], hash: string): boolean {
  return trail.some(
    ({ event, details }) =>
      event === 'policy.confirmed' && [details['hash'], details['expected']].includes(hash),
  );
}

/** Something that happened to a proposal, for the audit chain of the policy. */
export function proposalEvent(
  { id, hash, expected }: PolicyProposal,
  event: string,
  by: string,
  details: AuditEvent['details'],
  at: Date,
): AuditEvent {
  return {
    stream: POLICY_STREAM,
    at,
    event,
    by,
    details: { proposal: id, hash, expected, ...details },
  };
}
