import * as z from 'zod';
import { Instant } from '#domain/instant.ts';
import { Alternative, Evaluation } from '#domain/launch/launch-evaluation.ts';
import { LaunchFailure } from '#domain/launch/launch-failure.ts';
import { LaunchChoice, LaunchPlan } from '#domain/launch/launch-plan.ts';
import { Money } from '#domain/money.ts';
import { Members } from '#domain/policy/policy-people.ts';

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

/** How a decision came in: as a click or form in Slack, or signed with AWS credentials. */
export const Route = z.enum(['slack', 'api']);
export type Route = z.output<typeof Route>;

/** One recorded decision, under the policy and plan it was made for. */
export const Decision = z
  .object({
    kind: z.enum(['approve', 'deny', 'auto-approve', 'override', 'cancel', 'expire']),
    /** Slack user id; `policy` or `clock` when no person decided. */
    by: z.string(),
    at: Instant,
    generation: z.int().positive(),
    planHash: z.string(),
    policyHash: z.string(),
    reason: z.string().nullable(),
    /** Which of the gate's levels an approval fills a seat of, from 0; `null` for all else. */
    level: z.int().nonnegative().nullable(),
    /** `null` when no person decided. */
    route: Route.nullable(),
    /** ARN of the AWS principal that signed it; `null` for Slack. */
    principal: z.string().nullable(),
    /** The command's key: the same key is the same click, delivered again. */
    key: z.string(),
  })
  .readonly();
export type Decision = z.output<typeof Decision>;

/** One step of a gate: so many different people of these. */
export const GateLevel = z
  .object({ approvers: Members, silent: Members, quorum: z.int().positive() })
  .readonly();
export type GateLevel = z.output<typeof GateLevel>;

/**
 * What a request must pass: its approval rule, as policy said it when the request was judged last.
 * Another gate under a later policy voids the approvals given.
 */
export const Gate = z
  .object({
    /** Name of the rule. */
    rule: z.string(),
    levels: z.array(GateLevel).min(1).readonly(),
    stepUp: z.boolean(),
    channel: z.string(),
    /** Milliseconds: the first reminder, and how each interval grows. */
    reminders: z.object({ after: z.int(), factor: z.int(), most: z.int() }).readonly(),
    /** Who may approve too, at every level, so long after the request began to wait. */
    escalation: z.object({ after: z.int(), to: Members }).readonly().nullable(),
  })
  .readonly();
export type Gate = z.output<typeof Gate>;

/** What an approver offers instead: it is approved by them already, and waits for the requester's yes. */
export const CounterOffer = z
  .object({
    by: z.string(),
    at: Instant,
    /** The author's own words: untrusted text. */
    reason: z.string(),
    choice: LaunchChoice,
    plan: LaunchPlan,
    planHash: z.string(),
    evaluation: Evaluation,
    level: z.int().nonnegative(),
    route: Route,
    principal: z.string().nullable(),
    /** The command's key. */
    key: z.string(),
  })
  .readonly();
export type CounterOffer = z.output<typeof CounterOffer>;

/** Names as they were when asked, for people: untrusted text. */
const Labels = z
  .object({
    account: z.string(),
    pool: z.string(),
    /** The launch template, the instance or the group that it is made from. */
    source: z.string(),
  })
  .readonly();

/** Why a request is decided again, as a new generation. */
export const ReaskedWhy = z.enum([
  'edited',
  'policy-changed',
  'verdict-changed',
  'price-changed',
  'counter-accepted',
]);
export type ReaskedWhy = z.output<typeof ReaskedWhy>;

/** How the present generation came to be, and what the one before asked for: people see what changed. */
export const Reasked = z
  .object({
    why: ReaskedWhy,
    at: Instant,
    choice: LaunchChoice,
    labels: Labels,
    hourlyPrice: Money.nullable(),
    /** Name of the rule whose approvers were asked. */
    rule: z.string().nullable(),
  })
  .readonly();
export type Reasked = z.output<typeof Reasked>;

/** Somebody's words on a request: untrusted text. */
export const Note = z.object({ by: z.string(), at: Instant, text: z.string() }).readonly();
export type Note = z.output<typeof Note>;

/** A launch request: the sealed plan, the verdict it got, and where it stands. */
export const LaunchRequest = z
  .object({
    /** `req-` and ten letters or digits, derived from the submission, so a repeat is the same request. */
    id: z.string().regex(/^req-[0-9a-z]{10}$/),
    /** An edit makes a new one; approvals do not carry over. */
    generation: z.int().positive(),
    /** `null` in the first. */
    reasked: Reasked.nullable(),
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
    labels: Labels,
    plan: LaunchPlan,
    planHash: z.string(),
    evaluation: Evaluation,
    alternatives: z.array(Alternative).readonly(),
    status: RequestStatus,
    /** While pending: whether licenses are set aside, or it waits in line. */
    standing: z.enum(['held', 'waiting']).nullable(),
    /** `null`: nobody has to approve it, or nobody may. */
    gate: Gate.nullable(),
    /** Of all generations; only those of the present one count. */
    decisions: z.array(Decision).readonly(),
    counter: CounterOffer.nullable(),
    notes: z.array(Note).readonly(),
    /** The request that this one tries again, after it expired or failed. */
    retryOf: z.string().nullable(),
    submittedAt: Instant,
    updatedAt: Instant,
    /** When the clock acts on it: expiry while pending or approved, reconciliation while launching. */
    dueAt: Instant.nullable(),
    /** When those who are waited for are asked again, or the escalation begins; always before `dueAt`. */
    remindAt: Instant.nullable(),
    /** Reminders sent in this generation. */
    reminded: z.int().nonnegative(),
    /** When the escalation's people were called in, in this generation. */
    escalatedAt: Instant.nullable(),
    instanceIds: z.array(z.string()).readonly(),
    /** Why it failed or is unknown. */
    failure: LaunchFailure.nullable(),
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
