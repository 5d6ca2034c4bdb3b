import * as z from 'zod';
import { Instant } from '#domain/instant.ts';
import { Alternative, Evaluation } from '#domain/launch-evaluation.ts';
import { LaunchChoice, LaunchPlan } from '#domain/launch-plan.ts';

/** The life of a request. Terminal: confirmed, denied, cancelled, expired, failed; they never change. */
export const RequestStatus = z.enum([
  'draft',
  'pending',
  'approved',
  'launching',
  'launched',
  'unknown',
  'confirmed',
  'denied',
  'cancelled',
  'expired',
  'failed',
]);
export type RequestStatus = z.output<typeof RequestStatus>;

/** One recorded decision, under the policy and plan it was made for. */
export const Decision = z
  .object({
    kind: z.enum(['approve', 'deny', 'auto-approve', 'cancel', 'expire']),
    /** Slack user id; `policy` or `clock` when no person decided. */
    by: z.string(),
    at: Instant,
    generation: z.int().positive(),
    planHash: z.string(),
    policyHash: z.string(),
    reason: z.string().nullable(),
    /** The command's key: the same key is the same click, delivered again. */
    key: z.string(),
  })
  .readonly();
export type Decision = z.output<typeof Decision>;

/** A launch request: the sealed plan, the verdict it got, and where it stands. */
export const LaunchRequest = z
  .object({
    /** `req-` and ten letters or digits, derived from the submission, so a repeat is the same request. */
    id: z.string().regex(/^req-[0-9a-z]{10}$/),
    /** An edit makes a new one; approvals do not carry over. */
    generation: z.int().positive(),
    /** Grows by one with every write: the condition of every write. */
    version: z.int().positive(),
    requestedBy: z.string(),
    /** Whom the launch is for; by default the requester. */
    for: z.string(),
    /** Everybody who created or edited it: none of them may approve. */
    editors: z.array(z.string()).readonly(),
    /** The person's own words: untrusted text. */
    reason: z.string(),
    choice: LaunchChoice,
    /** Names as they were when asked, for people: untrusted text. */
    labels: z
      .object({ account: z.string(), pool: z.string(), launchTemplate: z.string() })
      .readonly(),
    plan: LaunchPlan,
    planHash: z.string(),
    evaluation: Evaluation,
    alternatives: z.array(Alternative).readonly(),
    status: RequestStatus,
    /** While pending: whether licenses are set aside, or it waits in line. */
    standing: z.enum(['held', 'waiting']).nullable(),
    decisions: z.array(Decision).readonly(),
    submittedAt: Instant,
    updatedAt: Instant,
    /** When the clock acts on it: expiry while pending or approved, reconciliation while launching. */
    dueAt: Instant.nullable(),
    instanceIds: z.array(z.string()).readonly(),
    /** Why it failed or is unknown, in AWS's code and our words. */
    failure: z.object({ code: z.string(), message: z.string() }).readonly().nullable(),
  })
  .readonly();
export type LaunchRequest = z.output<typeof LaunchRequest>;

const TERMINAL: ReadonlySet<RequestStatus> = new Set([
  'confirmed',
  'denied',
  'cancelled',
  'expired',
  'failed',
]);

/** True when nothing can change the request any more. */
export function isTerminal({ status }: Pick<LaunchRequest, 'status'>): boolean {
  return TERMINAL.has(status);
}
